-- title: What different authorities answered to the same request
-- description: Requests sent in nearly the same words to several authorities, with what each of them answered and the
-- grounds it relied on; those sent to most authorities first. Of requests is how many of that round robin are here; the
-- site may have more. Differing is how many different outcomes there are among them.

-- :words Words of the request's title. Empty for all.
-- :family The id of a family, such as round-robin-100426. Empty for all.
-- :differing Anything, such as yes, for round robins with more than one outcome alone. Empty for all.
with named as (
  select id, authorities, requests from families
  where kind = 'round_robin' and (:family = '' or id = :family)
    and (:words = '' or instr(lower(title), lower(:words)) > 0)
  order by authorities desc, id limit 200
), kept as (
  select id, authorities, requests,
    sum(requests) over (order by authorities desc, id rows unbounded preceding) - requests as before
  from named
  where :differing = '' or exists (
    select 1 from family_members as m join requests as r on r.id = m.request_id
    where m.family_id = named.id and r.outcome_class <> (
      select r.outcome_class from family_members as m join requests as r on r.id = m.request_id
      where m.family_id = named.id and r.outcome_class is not null limit 1))
), counted as materialized (
  -- The first families fill the answer, and no others need be looked into.
  select id, authorities, requests,
    (select count(distinct r.outcome_class) from family_members as m join requests as r on r.id = m.request_id
     where m.family_id = kept.id) as differing
  from kept where before <= 2001
), picked as materialized (
  select k.id as family_id, k.authorities, k.requests, k.differing, m.request_id, m.authority_id, r.asked_on,
    a.name as authority
  from counted as k cross join family_members as m on m.family_id = k.id
  join requests as r on r.id = m.request_id
  join authorities as a on a.id = m.authority_id
  order by k.authorities desc, k.id, r.asked_on, a.name, m.request_id
  limit 2001
)
select r.title as request, p.authority, p.asked_on, r.outcome_class as outcome,
  (select group_concat(c.counted_regime || ' ' || c.counted_provision, ', ') from citations as c
   where c.request_id = p.request_id and c.counted = 1) as grounds,
  r.timing, r.working_days_taken, p.differing, p.requests as of_requests,
  (select min(c.id) from citations as c where c.request_id = p.request_id and c.counted = 1) as example,
  p.family_id, p.request_id, p.authority_id
from picked as p
join requests as r on r.id = p.request_id
order by p.authorities desc, p.family_id, p.asked_on, p.authority, p.request_id
