-- title: Who relies on what, by sector and nation
-- description: For each sector and nation, the sections of the Acts and exceptions of the environmental regulations
-- relied on, most used first. A request counts once for each. The share is of the sector's requests that had a letter
-- which could be read. Relying is how many authorities rely on it, of those of the sector that were asked.

-- :provision Law and section, such as FOIA 40, EIR 12(5)(e) or FOISA 38. Empty for all.
-- :sector A sector, such as health or central_government. Empty for all.
-- :year The year in which requests were sent. Empty for all.
with asked as (
  select sector, nation, sum(requests_read) as requests_read, sum(requests) as in_archive
  from sector_years where :year = '' or year = cast(:year as integer) group by sector, nation
), bodies as (
  select a.sector, a.nation, count(distinct y.authority_id) as authorities
  from authorities as a join refusal_years as y on y.authority_id = a.id
  where :year = '' or y.year = cast(:year as integer) group by a.sector, a.nation
), relying as (
  select a.sector, a.nation, u.regime, u.section, count(distinct u.authority_id) as authorities,
    sum(u.requests) as requests, min(u.example) as example
  from section_years as u join authorities as a on a.id = u.authority_id
  where (:year = '' or u.year = cast(:year as integer)) and (:sector = '' or a.sector = lower(:sector))
    and (:provision = '' or upper(u.regime || ' ' || u.section) = upper(trim(:provision)))
  group by a.sector, a.nation, u.regime, u.section
)
select u.sector, u.nation, coalesce(nullif(:year, ''), 'all years') as year,
  u.regime || ' ' || u.section as provision,
  (select short_title from provisions as t where t.regime = u.regime and t.provision = u.section
   order by in_force_from desc limit 1) as about,
  u.requests, k.requests_read,
  round(100.0 * u.requests / nullif(k.requests_read, 0), 1) as percent_of_read,
  u.authorities as relying_authorities, b.authorities as asked_authorities, k.in_archive, u.example
from relying as u
join asked as k on k.sector = u.sector and k.nation = u.nation
join bodies as b on b.sector = u.sector and b.nation = u.nation
order by u.requests desc, percent_of_read desc, u.sector, u.nation, provision
