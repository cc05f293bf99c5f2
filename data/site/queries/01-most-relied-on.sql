-- title: Most relied-on exemptions, by year
-- description: For each year in which requests were sent, the grounds on which authorities refused, most used first: by
-- section of the Acts, and by exception of the environmental regulations. A request counts once for each ground. The share is of the requests of that year, to
-- bodies under the same country's law, that had a letter which could be read; coverage is how many of all the requests
-- that the site knows of are in the archive. Each ground leads to the replies behind its figure, with the sentence.

-- :authority An authority's name or part of it. Empty for all.
-- :law FOIA, EIR, FOISA or EISR. Empty for all four.
-- :year The year in which requests were sent. Empty for all.
with chosen as (
  select id from authorities
  where :authority = '' or name = :authority collate nocase
    or (instr(lower(name), lower(:authority)) > 0
        and not exists (select 1 from authorities where name = :authority collate nocase))
), asked as (
  select y.year, a.nation = 'scotland' as scottish, sum(y.requests) as in_archive, sum(y.requests_read) as read
  from refusal_years as y join authorities as a on a.id = y.authority_id
  where (:authority = '' or a.id in (select id from chosen)) and (:year = '' or y.year = cast(:year as integer))
  group by y.year, scottish
), used as (
  select r.year, c.counted_regime as regime,
    case when c.counted_regime in ('EIR', 'EISR') then c.counted_provision else p.section end as ground,
    count(distinct r.id) as requests, min(c.id) as example
  from citations as c
  join requests as r on r.id = c.request_id
  join provisions as p on p.id = c.provision_id
  where c.counted = 1
    and (:law = '' or c.counted_regime = upper(:law))
    and (:year = '' or r.year = cast(:year as integer))
    and (:authority = '' or r.authority_id in (select id from chosen))
  group by r.year, c.counted_regime, ground
), covered as (
  select round(100.0 * sum(fetched) / sum(known), 1) as percent
  from coverage where known > 0 and authority_id in (select id from chosen)
)
select u.year,
  coalesce(nullif(:authority, ''), 'all authorities') as authority,
  u.regime || ' ' || u.ground as provision,
  (select short_title from provisions as t where t.regime = u.regime and t.provision = u.ground
   order by in_force_from desc limit 1) as title,
  u.requests,
  a.read as requests_read,
  round(100.0 * u.requests / a.read, 1) as percent_of_read,
  a.in_archive,
  (select percent from covered) as coverage_percent,
  u.example
from used as u
left join asked as a on a.year is u.year and a.scottish = (u.regime in ('FOISA', 'EISR'))
order by u.year desc, u.requests desc, u.regime, cast(u.ground as integer), u.ground
