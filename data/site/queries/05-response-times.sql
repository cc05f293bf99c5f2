-- title: How long authorities take, and how often they are late
-- description: For each authority, how many of its requests were answered by the due day and how many were not, with the
-- working days that its answers took. A request counts as late when its answer came after the due day, or when none
-- had come by the last look and the due day had passed; not known are those of which neither can be said. Due days take
-- in the extensions that the law permits and the time of questions to the requester. The first row is all
-- authorities together; in archive and known are the authority's coverage.

-- :min_requests Leave out authorities with fewer requests that are known to be in time or late. Empty for 5.
-- :year The year in which requests were sent. Empty for all.
with timed as (
  select authority_id, id, answered_on, late, working_days_taken as days
  from requests
  where :year = '' or year = cast(:year as integer)
), alone as (
  select authority_id, count(*) as requests, count(answered_on) as answered,
    count(late) - coalesce(sum(late), 0) as in_time, coalesce(sum(late), 0) as late,
    count(*) - count(late) as not_known, max(days) as slowest
  from timed group by authority_id
), summed as (
  select * from alone
  union all
  select null, sum(requests), sum(answered), sum(in_time), sum(late), sum(not_known), max(slowest) from alone
), answers as (
  select authority_id, days, count(*) as answers from timed where days is not null group by authority_id, days
), spread as (
  select * from answers
  union all
  select null, days, sum(answers) from answers group by days
), ranked as (
  select authority_id, days,
    sum(answers) over (partition by authority_id order by days) as up_to,
    sum(answers) over (partition by authority_id order by days) - answers as before,
    sum(answers) over (partition by authority_id) as answers
  from spread
), middle as (
  select authority_id, avg(days) as median
  from (
    select authority_id, days from ranked where (answers + 1) / 2 > before and (answers + 1) / 2 <= up_to
    union all
    select authority_id, days from ranked where (answers + 2) / 2 > before and (answers + 2) / 2 <= up_to
  )
  group by authority_id
)
select coalesce(a.name, 'all authorities') as authority,
  coalesce(nullif(:year, ''), 'all years') as year,
  s.requests,
  s.answered,
  s.in_time,
  s.late,
  s.not_known,
  round(100.0 * s.late / nullif(s.in_time + s.late, 0), 1) as percent_late,
  middle.median as median_working_days,
  s.slowest as slowest_working_days,
  coalesce(v.fetched, (select sum(fetched) from coverage)) as in_archive,
  case when a.id is null then (select case when count(known) = count(*) then sum(known) end from coverage where fetched > 0) else v.known end as known,
  a.id as authority_id
from summed as s
left join authorities as a on a.id = s.authority_id
left join middle on middle.authority_id is s.authority_id
left join coverage as v on v.authority_id = s.authority_id
where a.id is null or s.in_time + s.late >= coalesce(cast(nullif(:min_requests, '') as integer), 5)
order by a.id is not null, percent_late desc, s.requests desc, authority
