-- title: Who neither confirms nor denies, and on what ground
-- description: Requests in which an authority would not say whether it holds the information, by authority and by the
-- ground it relies on for that, beside the authority's requests that had a letter which could be read. Where a letter
-- refuses to say but names no provision for it, the ground is empty. No official series counts these for the whole of
-- the UK. The first row is all that are asked for together: there a request with two grounds counts once. In archive
-- and known are the authority's coverage.

-- :authority An authority's name or part of it. Empty for all.
-- :year The year in which requests were sent. Empty for all.
with chosen as (
  select id from authorities
  where :authority <> '' and (name = :authority collate nocase
    or (name like '%' || substr(:authority, 1, 24) || '%' and instr(lower(name), lower(:authority)) > 0
        and not exists (select 1 from authorities where name = :authority collate nocase)))
), found as (
  select authority_id, regime || ' ' || provision as provision, sum(requests) as requests, min(example) as example
  from ncnd_years
  where (:authority = '' or authority_id in (select id from chosen)) and (:year = '' or year = cast(:year as integer))
  group by authority_id, regime, provision
), all_asked as (
  select sum(ncnd) as requests, sum(requests_read) as requests_read from sector_years
  where :authority = '' and (:year = '' or year = cast(:year as integer))
  having count(*) > 0
  union all
  select sum(y.ncnd), sum(y.requests_read) from chosen as c cross join refusal_years as y on y.authority_id = c.id
  where :year = '' or y.year = cast(:year as integer)
  having count(*) > 0
), covered as (
  select sum(fetched) as fetched,
    case when count(known) filter (where fetched > 0) = count(*) filter (where fetched > 0)
      then sum(known) filter (where fetched > 0) end as known
  from (
    select fetched, known from coverage where :authority = ''
    union all select v.fetched, v.known from chosen as c cross join coverage as v on v.authority_id = c.id
  )
), listed as (
  select 1 as place, a.name as authority, f.provision, f.requests,
    case when :year = '' then coalesce(v.requests_read, (
      select sum(y.requests_read) from refusal_years as y where y.authority_id = f.authority_id
    )) else (
      select y.requests_read from refusal_years as y
      where y.authority_id = f.authority_id and y.year = cast(:year as integer)
    ) end as requests_read,
    v.fetched, v.known, f.example, f.authority_id
  from found as f
  join authorities as a on a.id = f.authority_id
  left join coverage as v on v.authority_id = f.authority_id
  union all
  select 0, iif(:authority = '', 'all authorities', 'all of these'), null, requests, requests_read,
    (select fetched from covered), (select known from covered),
    (select min(example) from found), null
  from all_asked where requests > 0
)
select authority,
  coalesce(nullif(:year, ''), 'all years') as year,
  provision,
  requests,
  requests_read,
  round(100.0 * requests / nullif(requests_read, 0), 1) as percent_of_read,
  fetched as in_archive,
  known,
  example,
  authority_id
from listed
order by place, requests desc, percent_of_read desc, authority, provision
