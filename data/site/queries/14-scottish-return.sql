-- title: The Scottish return, from the letters in this archive
-- description: What Scottish authorities report each quarter to the Scottish Information Commissioner, worked out from
-- the letters here, with the names of the columns of the published file and each ground by its provision. A column that
-- no public letter can fill, such as fees paid, is there and empty: the data dictionary says why. The last columns are
-- coverage: how many requests are behind the row, how many could be read, and how many the site knows of.

-- :authority An authority's name or part of it. Empty for all.
-- :sector A sector, such as local_government. Empty for all.
-- :year The year in which requests were received. Empty for all.
with of_authorities as (
  select r.id from authorities as a cross join scottish_return as r on r.authority_id = a.id
  where :authority <> '' and (a.name = :authority collate nocase
      or (a.name like '%' || substr(:authority, 1, 24) || '%' and instr(lower(a.name), lower(:authority)) > 0
          and not exists (select 1 from authorities where name = :authority collate nocase)))
    and (:sector = '' or r.sector = lower(:sector)) and (:year = '' or r.year = cast(:year as integer))
  order by r.year desc, r."Quarter" desc, r.id limit 2001
), of_all as (
  select id from scottish_return
  where :authority = '' and :sector = '' and (:year = '' or year = cast(:year as integer))
  order by year desc, "Quarter" desc, id desc limit 2001
), of_a_sector as (
  select id from scottish_return
  where :authority = '' and :sector <> '' and sector = lower(:sector)
    and (:year = '' or year = cast(:year as integer))
  order by year desc, "Quarter" desc, id desc limit 2001
), picked as (
  select id from of_authorities union all select id from of_all union all select id from of_a_sector
)
select r.* from picked as p cross join scottish_return as r on r.id = p.id
order by r.year desc, r."Quarter" desc, r."Government body"
