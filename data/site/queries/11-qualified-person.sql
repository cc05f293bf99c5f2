-- title: Section 36, and whose opinion it rests on
-- description: Section 36 (effective conduct of public affairs) needs the reasonable opinion of a qualified person,
-- such as a minister or a chief executive. Here is each request refused on it, whether a letter speaks of that
-- opinion, and in what words. Section 30 of the Scottish Act needs no such opinion and is not here. The share is of
-- the requests refused on section 36; in archive and known are the authority's coverage.

-- :authority An authority's name or part of it. Empty for all.
-- :year The year in which requests were sent. Empty for all.
with chosen as (
  select * from qualified_person_opinions
  where (:authority = '' or instr(lower(authority), lower(:authority)) > 0)
    and (:year = '' or year = cast(:year as integer))
)
select o.authority, o.year, o.provisions as parts_of_36, o.says_opinion, o.qualified_person, o.quote,
  (select sum(says_opinion) from chosen) as saying_so, (select count(*) from chosen) as of_requests,
  v.fetched as in_archive, v.known, o.request_title as request, o.example, o.request_id, o.authority_id
from chosen as o
join coverage as v on v.authority_id = o.authority_id
order by o.year desc, o.request_id
