-- title: Internal reviews, and what they changed
-- description: For each authority, the requests in which a review of the refusal was asked for, those with a letter read
-- as its outcome, and what became of the refusal. The share changed is of the reviews whose letter says which. The
-- first row is all authorities together; in archive and known are the authority's coverage. The example leads to the
-- letter of one review.

-- :min_reviews Leave out authorities with fewer reviews decided. Empty for 1.
-- :year The year in which requests were sent. Empty for all.
with asked as (
  select distinct request_id from messages where kind = 'internal_review_request'
), decided as (
  select request_id, max(outcome = 'review_overturned') as changed, max(outcome = 'review_upheld') as upheld,
    min(source) as example
  from readings where kind = 'internal_review_outcome' group by request_id
), each_request as (
  select r.authority_id, r.id in (select request_id from asked) as was_asked, d.request_id is not null as was_decided,
    coalesce(d.changed, 0) as changed, coalesce(d.upheld and not d.changed, 0) as upheld, d.example
  from (select request_id from asked union select request_id from decided) as reviewed
  cross join requests as r on r.id = reviewed.request_id
  left join decided as d on d.request_id = r.id
  where :year = '' or r.year = cast(:year as integer)
), every as (
  select * from each_request
  union all
  select null, was_asked, was_decided, changed, upheld, example from each_request
), summed as (
  select authority_id, sum(was_asked) as reviews_asked_for, sum(was_decided) as decided, sum(changed) as changed,
    sum(upheld) as upheld, min(example) as example
  from every group by authority_id
)
select coalesce(a.name, 'all authorities') as authority,
  coalesce(nullif(:year, ''), 'all years') as year,
  s.reviews_asked_for,
  s.decided,
  s.upheld,
  s.changed,
  s.decided - s.upheld - s.changed as unclear,
  round(100.0 * s.changed / nullif(s.upheld + s.changed, 0), 1) as percent_changed,
  coalesce(v.fetched, (select sum(fetched) from coverage)) as in_archive,
  case when a.id is null then (select case when count(known) = count(*) then sum(known) end from coverage where fetched > 0) else v.known end as known,
  s.example,
  a.id as authority_id
from summed as s
left join authorities as a on a.id = s.authority_id
left join coverage as v on v.authority_id = s.authority_id
where (a.id is null and s.reviews_asked_for + s.decided > 0)
  or (a.id is not null and s.decided >= coalesce(cast(nullif(:min_reviews, '') as integer), 1))
order by a.id is not null, s.decided desc, percent_changed desc, authority
