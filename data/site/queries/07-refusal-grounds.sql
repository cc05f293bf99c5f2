-- title: How authorities refuse: exemptions, cost, vexatious, neither confirm nor deny, not held
-- description: For each authority and year, the requests in which it relies on an exemption or exception, refuses on
-- cost, calls a request vexatious or repeated, neither confirms nor denies, or holds nothing: each kind by itself, so
-- that one request may be in several columns. The share is of the requests that had a letter which could be read.
-- In archive and known are the authority's coverage, of all years: its requests here, of those that the site says it
-- has. The first row is all that are asked for together.

-- :authority An authority's name or part of it. Empty for all.
-- :sector A sector, such as health or central_government. Empty for all.
-- :nation A nation: england, scotland, wales, northern_ireland or uk. Empty for all.
-- :year The year in which requests were sent. Empty for all.
-- :min_requests Leave out rows with fewer requests read than this. Empty for 1.
with chosen as (
  select id from authorities
  where (:authority = '' or name = :authority collate nocase
      or (name like '%' || substr(:authority, 1, 24) || '%' and instr(lower(name), lower(:authority)) > 0
          and not exists (select 1 from authorities where name = :authority collate nocase)))
    and (:sector = '' or sector = lower(:sector)) and (:nation = '' or nation = lower(:nation))
), listed as (
  select * from refusal_years
  where requests_read >= max(1, coalesce(cast(nullif(:min_requests, '') as integer), 1))
    and (:year = '' or year = cast(:year as integer))
    and ((:authority = '' and :sector = '' and :nation = '') or authority_id in (select id from chosen))
  order by any_ground desc, requests_read desc, id limit 2001
), added as (
  select sum(exemption) as exemption, sum(cost_limit) as cost_limit, sum(vexatious) as vexatious,
    sum(repeated) as repeated, sum(ncnd) as ncnd, sum(not_held) as not_held, sum(any_ground) as any_ground,
    sum(requests_read) as requests_read
  from sector_years
  where :authority = '' and (:sector = '' or sector = lower(:sector)) and (:nation = '' or nation = lower(:nation))
    and (:year = '' or year = cast(:year as integer))
  union all
  select sum(y.exemption), sum(y.cost_limit), sum(y.vexatious), sum(y.repeated), sum(y.ncnd), sum(y.not_held),
    sum(y.any_ground), sum(y.requests_read)
  from refusal_years as y
  where :authority <> '' and y.authority_id in (select id from chosen)
    and (:year = '' or y.year = cast(:year as integer))
), together as (
  select 0 as place, iif(:authority = '', 'all authorities', 'all of these') as authority,
    coalesce(nullif(:sector, ''), 'all sectors') as sector, coalesce(nullif(:nation, ''), 'all nations') as nation, coalesce(nullif(:year, ''), 'all years') as year,
    exemption, cost_limit, vexatious, repeated, ncnd, not_held, any_ground, requests_read,
    (select sum(fetched) from coverage where authority_id in (select id from chosen)) as in_archive,
    (select case when count(known) = count(*) then sum(known) end from coverage
     where fetched > 0 and authority_id in (select id from chosen)) as known,
    null as authority_id
  from added where requests_read > 0
  union all
  select 1, a.name, a.sector, a.nation, y.year, y.exemption, y.cost_limit, y.vexatious, y.repeated, y.ncnd,
    y.not_held, y.any_ground, y.requests_read, v.fetched, v.known, y.authority_id
  from listed as y
  join authorities as a on a.id = y.authority_id
  left join coverage as v on v.authority_id = y.authority_id
)
select authority, sector, nation, year, exemption, cost_limit, vexatious, repeated, ncnd, not_held, any_ground,
  requests_read, round(100.0 * any_ground / requests_read, 1) as percent_refused, in_archive, known, authority_id
from together
order by place, any_ground desc, requests_read desc, authority, year
