-- title: How authorities refuse: exemptions, cost, vexatious, neither confirm nor deny, not held
-- description: For each authority and year, the requests in which it relies on an exemption or exception, refuses on
-- cost, calls a request vexatious or repeated, neither confirms nor denies, or holds nothing: each kind by itself, so
-- that one request may be in several columns. The share is of the requests that had a letter which could be read.
-- In archive and known are the authority's coverage, of all years: its requests here, of those that the site says it
-- has. The first row is all that are asked for together.

-- :authority An authority's name or part of it. Empty for all.
-- :sector A sector, such as health or central_government. Empty for all.
-- :year The year in which requests were sent. Empty for all.
-- :min_requests Leave out rows with fewer requests read than this. Empty for 1.
with chosen as (
  select * from refusal_grounds
  where (:authority = '' or instr(lower(authority), lower(:authority)) > 0)
    and (:sector = '' or sector = lower(:sector)) and (:year = '' or year = cast(:year as integer))
), covered as (
  select sum(fetched) as fetched, case when count(known) = count(*) then sum(known) end as known
  from coverage where fetched > 0 and authority_id in (select authority_id from chosen)
), together as (
  select 0 as place, null as authority_id, 'all authorities' as authority, coalesce(nullif(:sector, ''), 'all sectors')
    as sector, 'all years' as year, sum(exemption) as exemption, sum(cost_limit) as cost_limit,
    sum(vexatious) as vexatious, sum(repeated) as repeated, sum(ncnd) as ncnd, sum(not_held) as not_held,
    sum(any_ground) as any_ground, sum(requests_read) as requests_read,
    round(100.0 * sum(any_ground) / nullif(sum(requests_read), 0), 1) as percent_refused,
    (select fetched from covered) as in_archive, (select known from covered) as known
  from chosen
  union all
  select 1, authority_id, authority, sector, year, exemption, cost_limit, vexatious, repeated, ncnd, not_held,
    any_ground, requests_read, percent_refused, fetched, known
  from chosen where requests_read >= coalesce(cast(nullif(:min_requests, '') as integer), 1)
)
select authority, sector, year, exemption, cost_limit, vexatious, repeated, ncnd, not_held, any_ground, requests_read,
  percent_refused, in_archive, known, authority_id
from together
where requests_read > 0
order by place, any_ground desc, requests_read desc, authority, year
