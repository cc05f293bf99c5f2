-- title: Most relied-on exemptions, by year
-- description: For each year in which requests were sent, the grounds on which authorities refused, most used first: by
-- section of the Acts, and by exception of the environmental regulations. A request counts once for each ground. The share is of the requests of that year, to
-- bodies under the same country's law, that had a letter which could be read; coverage is how many of all the requests
-- that the site knows of are in the archive. Each ground leads to the replies behind its figure, with the sentence.

-- :authority An authority's name or part of it. Empty for all.
-- :law FOIA, EIR, FOISA or EISR. Empty for all four.
-- :year The year in which requests were sent. Empty for all.
with chosen as (
  select id, nation from authorities
  where :authority <> '' and (name = :authority collate nocase
    or (name like '%' || substr(:authority, 1, 24) || '%' and instr(lower(name), lower(:authority)) > 0
        and not exists (select 1 from authorities where name = :authority collate nocase)))
), common as materialized (
  -- Of a word that thousands of names have, all is added up already.
  select lower(:authority) as word
  where exists (select 1 from name_word_years where word = lower(:authority))
    and not exists (select 1 from authorities where name = :authority collate nocase)
), summed as materialized (
  select id, nation from chosen where not exists (select 1 from common)
), asked as (
  select year, nation = 'scotland' as scottish, sum(requests) as in_archive, sum(requests_read) as read
  from sector_years
  where :authority = '' and (:year = '' or year = cast(:year as integer))
  group by year, scottish
  union all
  select y.year, c.nation = 'scotland' as scottish, sum(y.requests), sum(y.requests_read)
  from summed as c cross join refusal_years as y on y.authority_id = c.id
  where :year = '' or y.year = cast(:year as integer)
  group by y.year, scottish
  union all
  select y.year, y.nation = 'scotland' as scottish, sum(y.requests), sum(y.requests_read)
  from common as c cross join name_word_years as y on y.word = c.word
  where :year = '' or y.year = cast(:year as integer)
  group by y.year, scottish
), used as (
  select year, regime, section, sum(requests) as requests, min(example) as example
  from sector_sections
  where :authority = '' and (:law = '' or regime = upper(:law)) and (:year = '' or year = cast(:year as integer))
  group by year, regime, section
  union all
  select y.year, y.regime, y.section, sum(y.requests), min(y.example)
  from summed as c cross join section_years as y on y.authority_id = c.id
  where (:law = '' or y.regime = upper(:law)) and (:year = '' or y.year = cast(:year as integer))
  group by y.year, y.regime, y.section
  union all
  select y.year, y.regime, y.section, y.requests, y.example
  from common as c cross join name_word_sections as y on y.word = c.word
  where (:law = '' or y.regime = upper(:law)) and (:year = '' or y.year = cast(:year as integer))
), covered as (
  select round(100.0 * sum(fetched) / sum(known), 1) as percent
  from (
    select fetched, known from coverage where :authority = ''
    union all select v.fetched, v.known from chosen as c cross join coverage as v on v.authority_id = c.id
  ) where known > 0
)
select u.year,
  coalesce(nullif(:authority, ''), 'all authorities') as authority,
  u.regime || ' ' || u.section as provision,
  (select short_title from provisions as t where t.regime = u.regime and t.provision = u.section
   order by in_force_from desc limit 1) as title,
  u.requests,
  a.read as requests_read,
  round(100.0 * u.requests / a.read, 1) as percent_of_read,
  a.in_archive,
  (select percent from covered) as coverage_percent,
  u.example
from used as u
left join asked as a on a.year is u.year and a.scottish = (u.regime in ('FOISA', 'EISR'))
order by u.year desc, u.requests desc, u.regime, cast(u.section as integer), u.section
