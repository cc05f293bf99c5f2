-- title: The Cabinet Office return, from the letters in this archive
-- description: What government bodies report each quarter, worked out from the letters here, with the names of the
-- columns of the published file. Requests refused only under section 21 stand in their own columns and nowhere else;
-- sections 12 and 14 are outcomes. The last columns are coverage: how many requests are behind the row, how many could
-- be read, and how many the site knows of. The archive holds the public requests of one site, so lay shares and not
-- numbers beside the official ones.

-- :authority An authority's name or part of it. Empty for all.
-- :sector A sector, or the word all. Empty for central_government, which has official figures.
-- :year The year in which requests were received. Empty for all.
select * from official_return
where (:authority = '' or instr(lower("Government body"), lower(:authority)) > 0)
  and (lower(:sector) = 'all' or :authority <> '' or sector = coalesce(nullif(lower(:sector), ''), 'central_government'))
  and (:year = '' or year = cast(:year as integer))
order by year desc, "Quarter" desc, "Government body"
