-- title: Which grounds are relied on together
-- description: The sections of the Acts and exceptions of the environmental regulations that are relied on in one and
-- the same request, most frequent first. Each request with a ground is in one row. The share is of the requests with
-- any ground; in archive and known are the coverage of all authorities together. The example is one of the requests.

-- :provision Law and section, such as FOIA 36, that must be among them. Empty for all.
-- :year The year in which requests were sent. Empty for all.
-- :alone Anything, such as yes, to show also grounds that are relied on alone. Empty for two or more.
with chosen as (
  select * from combinations where :year = '' or year = cast(:year as integer)
), together as (
  select grounds, sections, sum(requests) as requests, min(example) as request_id from chosen
  where (:provision = ''
      or instr('+ ' || upper(grounds) || ' +', '+ ' || upper(trim(:provision)) || ' +') > 0)
    and (:alone <> '' or sections > 1)
  group by grounds, sections
)
select t.grounds, t.sections, t.requests, (select sum(requests) from chosen) as of_requests,
  round(100.0 * t.requests / (select sum(requests) from chosen), 1) as percent,
  coalesce(nullif(:year, ''), 'all years') as year,
  (select sum(fetched) from coverage) as in_archive,
  (select case when count(known) = count(*) then sum(known) end from coverage where fetched > 0) as known,
  r.title as request, t.request_id
from together as t join requests as r on r.id = t.request_id
order by t.requests desc, t.sections, t.grounds
