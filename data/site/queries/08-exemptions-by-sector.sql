-- title: Who relies on what, by sector, nation and law
-- description: For each sector and nation, the sections of the Acts and exceptions of the environmental regulations
-- relied on, most used first. A request counts once for each. The share is of the sector's requests that had a letter
-- which could be read. Relying is how many authorities rely on it, of those of the sector that were asked. In archive
-- are the sector's requests here of that year or of all years; coverage is how many of all its requests that the site
-- knows of are here.

-- :provision Law and section, such as FOIA 40, EIR 12(5)(e) or FOISA 38. Empty for all.
-- :law FOIA, EIR, FOISA or EISR. Empty for all four.
-- :sector A sector, such as health or central_government. Empty for all.
-- :nation A nation: england, scotland, wales, northern_ireland or uk. Empty for all.
-- :year The year in which requests were sent. Empty for all.
with asked as (
  select sector, nation, sum(requests_read) as requests_read, sum(requests) as in_archive
  from sector_years where :year = '' or year = cast(:year as integer) group by sector, nation
), bodies as (
  select sector, nation, authorities from sector_years where :year <> '' and year = cast(:year as integer)
  union all
  select a.sector, a.nation, count(*)
  from coverage as v join authorities as a on a.id = v.authority_id
  where :year = '' and v.fetched > 0 group by a.sector, a.nation
), covered as (
  select a.sector, a.nation, round(100.0 * sum(v.fetched) / sum(v.known), 1) as percent
  from coverage as v join authorities as a on a.id = v.authority_id
  where v.known > 0 group by a.sector, a.nation
), relying as (
  select sector, nation, regime, section, authorities, requests, example from sector_section_totals where :year = ''
  union all
  select sector, nation, regime, section, authorities, requests, example from sector_sections
  where :year <> '' and year = cast(:year as integer)
)
select u.sector, u.nation, coalesce(nullif(:year, ''), 'all years') as year,
  u.regime || ' ' || u.section as provision,
  (select short_title from provisions as t where t.regime = u.regime and t.provision = u.section
   order by in_force_from desc limit 1) as about,
  u.requests, k.requests_read,
  round(100.0 * u.requests / nullif(k.requests_read, 0), 1) as percent_of_read,
  u.authorities as relying_authorities, b.authorities as asked_authorities, k.in_archive, c.percent as coverage_percent, u.example
from relying as u
join asked as k on k.sector = u.sector and k.nation = u.nation
left join bodies as b on b.sector = u.sector and b.nation = u.nation
left join covered as c on c.sector = u.sector and c.nation = u.nation
where (:sector = '' or u.sector = lower(:sector)) and (:nation = '' or u.nation = lower(:nation))
  and (:law = '' or u.regime = upper(:law))
  and (:provision = '' or upper(u.regime || ' ' || u.section) = upper(trim(:provision)))
order by u.requests desc, percent_of_read desc, u.sector, u.nation, provision
