-- title: Who takes more time to weigh the public interest, and how much
-- description: Each request for which an authority took more time than the law first gives: to weigh the public
-- interest (FOIA section 10(3)), for complex and voluminous information (regulation 7), or without a law that permits
-- it. Extra working days are those from the first day due to the answer; guidance says 20 should do. Beside it stands
-- how many of the authority's requests were extended, of those here; in archive and known are its coverage. The
-- example leads to the letter that takes more time.

-- :authority An authority's name or part of it. Empty for all.
-- :year The year in which requests were sent. Empty for all.
-- :extension public_interest, complex_and_voluminous or not_permitted. Empty for all three.
with named as (
  select id from authorities
  where :authority <> '' and (name = :authority collate nocase
      or (name like '%' || substr(:authority, 1, 24) || '%' and instr(lower(name), lower(:authority)) > 0
          and not exists (select 1 from authorities where name = :authority collate nocase)))
), picked as materialized (
  select request_id, authority_id from extended_requests
  where (:authority = '' or authority_id in (select id from named))
    and (:year = '' or year = cast(:year as integer)) and (:extension = '' or extension = lower(:extension))
  order by extension_working_days desc, request_id desc limit 2001
), of_each as materialized (
  select p.authority_id,
    (select count(*) from extended_requests as e
     where e.authority_id = p.authority_id and (:year = '' or e.year = cast(:year as integer))
       and (:extension = '' or e.extension = lower(:extension))) as extended,
    (select sum(requests) from refusal_years as y
     where y.authority_id = p.authority_id and (:year = '' or y.year = cast(:year as integer))) as of_requests
  from (select distinct authority_id from picked) as p
)
select d.authority, d.year, d.extension, d.why_not_permitted, d.provision, d.first_due_on, d.until, d.answered_on,
  d.extra_working_days, d.timing,
  o.extended, o.of_requests,
  v.fetched as in_archive, v.known, d.request_title as request, d.said_in as example, d.request_id, d.authority_id
from picked as p
cross join public_interest_delays as d on d.request_id = p.request_id
join of_each as o on o.authority_id = p.authority_id
left join coverage as v on v.authority_id = p.authority_id
order by d.extra_working_days desc, d.first_due_on desc, d.request_id
