-- title: The Scottish return, from the letters in this archive
-- description: What Scottish authorities report each quarter to the Scottish Information Commissioner, worked out from
-- the letters here, with the names of the columns of the published file and each ground by its provision. The last
-- columns are coverage: how many requests are behind the row, how many could be read, and how many the site knows of.

-- :authority An authority's name or part of it. Empty for all.
-- :sector A sector, such as local_government. Empty for all.
-- :year The year in which requests were received. Empty for all.
select * from scottish_return
where (:authority = '' or instr(lower("Government body"), lower(:authority)) > 0)
  and (:sector = '' or sector = lower(:sector)) and (:year = '' or year = cast(:year as integer))
order by year desc, "Quarter" desc, "Government body"
