-- title: Section 36, and whose opinion it rests on
-- description: Section 36 (effective conduct of public affairs) needs the reasonable opinion of a qualified person,
-- such as a minister or a chief executive. Here is each request refused on it, newest first, whether a letter speaks of
-- that opinion, and in what words. Section 30 of the Scottish Act needs no such opinion and is not here. Saying so is
-- how many of the requests refused on section 36 have such words, of how many, and as a percentage; in archive and
-- known are the authority's coverage.

-- :authority An authority's name or part of it. Empty for all.
-- :year The year in which requests were sent. Empty for all.
with named as (
  select id from authorities
  where :authority <> '' and (name = :authority collate nocase
      or (name like '%' || substr(:authority, 1, 24) || '%' and instr(lower(name), lower(:authority)) > 0
          and not exists (select 1 from authorities where name = :authority collate nocase)))
), chosen as (
  select * from opinion_requests
  where (:authority = '' or authority_id in (select id from named))
    and (:year = '' or year = cast(:year as integer))
), picked as (
  select request_id, authority_id from chosen order by year desc, request_id desc limit 2001
), counted as (
  select count(signal_id) as saying_so, count(*) as of_requests from chosen
)
select o.authority, o.year, o.provisions as parts_of_36, o.says_opinion, o.qualified_person, o.quote,
  n.saying_so, n.of_requests, round(100.0 * n.saying_so / n.of_requests, 1) as percent_saying_so,
  v.fetched as in_archive, v.known, o.request_title as request, o.example, o.request_id, o.authority_id
from picked as p
cross join qualified_person_opinions as o on o.request_id = p.request_id
cross join counted as n
left join coverage as v on v.authority_id = p.authority_id
order by o.year desc, o.request_id desc
