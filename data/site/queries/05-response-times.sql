-- title: How long authorities take, and how often they are late
-- description: For each authority, how many of its requests were answered by the due day and how many were not, with the
-- working days that the law counts up to its answers. A request counts as late when its answer came after the due day,
-- or when none had come by the last look and the due day had passed: never answered is how many of the late are of the
-- second kind. Not known are those of which neither can be said, or that are not due. Due days take in the extensions
-- that the law permits and the time of questions to the requester; with extension is how many of those in time needed
-- one. Authorities with few requests that are known to be in time or late are left out unless they are asked for. The
-- first row is all authorities together; in archive and known are the authority's coverage.

-- :authority An authority's name or part of it. Empty for all.
-- :min_requests Leave out authorities with fewer requests that are known to be in time or late. Empty for 5.
-- :year The year in which requests were sent. Empty for all.
with chosen as (
  select id from authorities
  where :authority <> '' and (name = :authority collate nocase
    or (name like '%' || substr(:authority, 1, 24) || '%' and instr(lower(name), lower(:authority)) > 0
        and not exists (select 1 from authorities where name = :authority collate nocase)))
), timed as (
  select authority_id, requests, answered, in_time, permitted_extension, late, overdue, median_working_days,
    slowest_working_days
  from time_totals where :year = '' and period = 'all'
  union all
  select null, requests, answered, in_time, permitted_extension, late, overdue, median_working_days,
    slowest_working_days
  from time_totals where :year <> '' and period = cast(cast(:year as integer) as text) and authority_id is null
  union all
  select authority_id, requests, answered, in_time, permitted_extension, late, overdue, median_working_days,
    slowest_working_days
  from authority_times where :year <> '' and year = cast(:year as integer)
), known_of as (
  select *, in_time + permitted_extension as met, late + overdue as missed,
    round(100.0 * (late + overdue) / nullif(in_time + permitted_extension + late + overdue, 0), 1) as percent_late
  from timed
), listed as (
  select * from known_of
  where authority_id is null or (:authority <> '' and authority_id in (select id from chosen))
    or (:authority = '' and met + missed >= coalesce(cast(nullif(:min_requests, '') as integer), 5))
  order by authority_id is not null, percent_late desc, requests desc, authority_id limit 2001
)
select coalesce(a.name, 'all authorities') as authority,
  coalesce(nullif(:year, ''), 'all years') as year,
  s.requests,
  s.answered,
  s.met as in_time,
  s.permitted_extension as with_extension,
  s.missed as late,
  s.overdue as never_answered,
  s.requests - s.met - s.missed as not_known,
  s.percent_late,
  s.median_working_days,
  s.slowest_working_days,
  coalesce(v.fetched, (select sum(fetched) from coverage)) as in_archive,
  case when a.id is null then (select case when count(known) = count(*) then sum(known) end from coverage where fetched > 0) else v.known end as known,
  a.id as authority_id
from listed as s
left join authorities as a on a.id = s.authority_id
left join coverage as v on v.authority_id = s.authority_id
order by a.id is not null, s.percent_late desc, s.requests desc, authority
