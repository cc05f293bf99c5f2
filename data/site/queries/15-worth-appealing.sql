-- title: Which refusals fare worst on appeal
-- description: For each section, how often it is relied on here, what internal reviews of those requests changed, and
-- how many complaints about it the Information Commissioner upheld, as others have published it: who worked it out, of
-- which years, and where. Changed on review is of the reviews with a known outcome. Those who complain choose what to
-- complain of, so a rate is no forecast for a refusal of your own. In archive and known are the coverage of all
-- authorities together.

-- :law FOIA, EIR, FOISA or EISR. Empty for all four.
-- :published Anything, such as yes, for sections with a published rate alone. Empty for all.
select regime || ' ' || section as provision, title as about, requests, requests_read, percent_of_read,
  reviewed as reviews_decided, changed as changed_on_review,
  round(100.0 * changed / nullif(reviewed, 0), 1) as percent_changed_on_review,
  percent_upheld as upheld_by_commissioner_percent, period, published_by, source_url as source_page,
  (select sum(fetched) from coverage) as in_archive,
  (select case when count(known) = count(*) then sum(known) end from coverage where fetched > 0) as known,
  example
from use_and_appeals
where (:law = '' or regime = upper(:law)) and (:published = '' or percent_upheld is not null)
order by percent_upheld desc nulls last, requests desc, provision
