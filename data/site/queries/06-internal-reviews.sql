-- title: Internal reviews, and what they changed
-- description: For each authority, the internal reviews of its answers: how many were asked for in the threads, how many
-- came to an end, and what became of the first decision. Upheld: nothing changed. Changed in part: more is given, and a
-- ground still stands. Overturned: the whole decision changed. Unclear: the letter does not say, or is the first answer
-- at all. The share changed is of the reviews whose letter says which. Open had no outcome by the last look. The first
-- row is all that are asked for together; in archive and known are the authority's coverage. The example leads to the
-- letter of one review; the view single_reviews lists them one by one.

-- :authority An authority's name or part of it. Empty for all.
-- :min_reviews Leave out authorities with fewer reviews decided. Empty for 1.
-- :year The year in which requests were sent. Empty for all.
with chosen as (
  select id from authorities
  where :authority <> '' and (name = :authority collate nocase
    or (name like '%' || substr(:authority, 1, 24) || '%' and instr(lower(name), lower(:authority)) > 0
        and not exists (select 1 from authorities where name = :authority collate nocase)))
), alone as (
  select authority_id, sum(asked) as asked, sum(reviews) filter (where outcome <> 'open') as decided,
    sum(reviews) filter (where outcome = 'upheld') as upheld,
    sum(reviews) filter (where outcome = 'upheld_in_part') as in_part,
    sum(reviews) filter (where outcome = 'overturned') as overturned,
    sum(reviews) filter (where outcome = 'open') as open,
    sum(reviews) filter (where timing = 'late' or timing = 'overdue') as late,
    coalesce(min(example) filter (where outcome <> 'open'), min(example)) as review
  from authority_reviews
  where (:year = '' or year = cast(:year as integer)) and (:authority = '' or authority_id in (select id from chosen))
  group by authority_id
), summed as (
  select * from alone
  union all
  select null, sum(asked), sum(decided), sum(upheld), sum(in_part), sum(overturned), sum(open), sum(late), min(review)
  from alone having count(*) > 0
), counted as (
  select authority_id, asked, coalesce(decided, 0) as decided, coalesce(upheld, 0) as upheld,
    coalesce(in_part, 0) as in_part, coalesce(overturned, 0) as overturned, coalesce(open, 0) as open,
    coalesce(late, 0) as late, review
  from summed
)
select coalesce(a.name, iif(:authority = '', 'all authorities', 'all of these')) as authority,
  coalesce(nullif(:year, ''), 'all years') as year,
  s.asked as reviews_asked_for,
  s.decided,
  s.upheld,
  s.in_part as changed_in_part,
  s.overturned,
  s.in_part + s.overturned as changed,
  s.decided - s.upheld - s.in_part - s.overturned as unclear,
  s.open,
  s.late as late_reviews,
  round(100.0 * (s.in_part + s.overturned) / nullif(s.upheld + s.in_part + s.overturned, 0), 1) as percent_changed,
  coalesce(v.fetched, (select sum(fetched) from coverage where :authority = '' or authority_id in (select id from chosen)))
    as in_archive,
  case when a.id is null then (select case when count(known) = count(*) then sum(known) end from coverage
    where fetched > 0 and (:authority = '' or authority_id in (select id from chosen))) else v.known end as known,
  (select coalesce(r.decided_source, r.decided_message, r.asked_message) from reviews as r where r.id = s.review)
    as example,
  a.id as authority_id
from counted as s
left join authorities as a on a.id = s.authority_id
left join coverage as v on v.authority_id = s.authority_id
where a.id is null or s.decided >= coalesce(cast(nullif(:min_reviews, '') as integer), 1)
order by a.id is not null, s.decided desc, percent_changed desc, authority
limit 2001
