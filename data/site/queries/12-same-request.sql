-- title: What different authorities answered to the same request
-- description: Requests sent in nearly the same words to several authorities, with what each of them answered and the
-- grounds it relied on; those sent to most authorities first. Of requests is how many of that round robin are here; the
-- site may have more. Differing is how many different outcomes there are among them.

-- :words Words of the request's title. Empty for all.
-- :family The id of a family, such as round-robin-100426. Empty for all.
-- :differing Anything, such as yes, for round robins with more than one outcome alone. Empty for all.
with named as (
  select id from families
  where kind = 'round_robin' and (:family = '' or id = :family)
    and (:words = '' or instr(lower(title), lower(:words)) > 0)
  order by authorities desc, id limit 200
), counted as (
  select id, (select count(distinct r.outcome_class) from family_members as m join requests as r on r.id = m.request_id
              where m.family_id = named.id) as differing
  from named
), answers as (
  select s.*, c.differing
  from counted as c cross join same_request_answers as s on s.family_id = c.id
  where :differing = '' or c.differing > 1
  order by s.family_authorities desc, s.family_id, s.asked_on, s.authority
  limit 2001
)
select a.request_title as request, a.authority, a.asked_on, a.outcome_class as outcome, a.grounds, a.timing,
  a.working_days_taken, a.differing, a.family_requests as of_requests, a.example, a.family_id, a.request_id,
  a.authority_id
from answers as a
order by a.family_authorities desc, a.family_id, a.asked_on, a.authority
