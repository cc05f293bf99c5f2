-- title: Who refuses on cost, and how often
-- description: For each authority, the requests refused because answering would cost more than the limit (section 12 of
-- either Act), beside the requests that had a letter which could be read. Authorities with few requests read are left
-- out unless they are asked for, since a share of few says little; the first row is all authorities together. In
-- archive and known are the authority's coverage: its requests here, of those that the site says it has.

-- :authority An authority's name or part of it. Empty for all.
-- :min_requests Leave out authorities with fewer requests read than this. Empty for 5.
-- :year The year in which requests were sent. Empty for all.
with chosen as (
  select id from authorities
  where :authority <> '' and (name = :authority collate nocase
    or (name like '%' || substr(:authority, 1, 24) || '%' and instr(lower(name), lower(:authority)) > 0
        and not exists (select 1 from authorities where name = :authority collate nocase)))
), asked as (
  select authority_id, requests_read from coverage where :year = '' and requests_read > 0
  union all
  select authority_id, sum(requests_read) from refusal_years
  where :year = '' and requests_read > 0 and not exists (select 1 from coverage) group by authority_id
  union all
  select authority_id, requests_read from refusal_years
  where :year <> '' and year = cast(:year as integer) and requests_read > 0
), refused as (
  select authority_id, regime || ' 12' as provision, sum(requests) as requests, min(example) as example
  from section_years
  where regime in ('FOIA', 'FOISA') and section = '12' and (:year = '' or year = cast(:year as integer))
  group by authority_id, regime
), listed as (
  select k.authority_id, k.requests_read, f.provision, coalesce(f.requests, 0) as requests, f.example,
    100.0 * coalesce(f.requests, 0) / k.requests_read as percent
  from asked as k
  left join refused as f on f.authority_id = k.authority_id
  where (:authority <> '' and k.authority_id in (select id from chosen))
    or (:authority = '' and k.requests_read >= coalesce(cast(nullif(:min_requests, '') as integer), 5))
  order by percent desc, k.requests_read desc, k.authority_id limit 2001
), together as (
  select 0 as place, null as authority_id, 'all authorities' as authority, null as provision,
    (select sum(cost_limit) from sector_years where :year = '' or year = cast(:year as integer)) as refused_on_cost,
    (select sum(requests_read) from sector_years where :year = '' or year = cast(:year as integer)) as requests_read,
    (select sum(fetched) from coverage) as in_archive,
    (select case when count(known) = count(*) then sum(known) end from coverage where fetched > 0) as known,
    (select min(example) from refused) as example
  union all
  select 1, a.id, a.name, l.provision, l.requests, l.requests_read, v.fetched, v.known, l.example
  from listed as l
  join authorities as a on a.id = l.authority_id
  left join coverage as v on v.authority_id = l.authority_id
)
select authority,
  coalesce(nullif(:year, ''), 'all years') as year,
  provision,
  refused_on_cost,
  requests_read,
  round(100.0 * refused_on_cost / requests_read, 1) as percent_of_read,
  in_archive,
  known,
  example,
  authority_id
from together
where requests_read > 0
order by place, percent_of_read desc, requests_read desc, authority
