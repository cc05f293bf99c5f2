-- title: Every reply that relies on a provision, with its words
-- description: The replies in which an authority relies on the provision you name to refuse, newest first, each with
-- the words that say so. Parts of the provision, and conditions that count as it, are included.
-- A request can have several such replies. At most the newest 1,000 are listed; name a year or an authority to see others.

-- :provision Law and provision, such as FOIA 36(2)(b), EIR 12(5)(e) or FOISA 38. Empty for FOIA 40(2).
-- :authority An authority's name or part of it. Empty for all.
-- :year The year in which requests were sent. Empty for all.
-- :exactly Anything, such as yes, for the provision as it is counted, without its parts. Empty for both.
with typed as (
  select replace(replace(replace(trim(coalesce(nullif(:provision, ''), 'FOIA 40(2)')),
    ' s.', ' '), ' reg.', ' '), ' art.', ' ') as words
), named as (
  select case when words glob '[0-9]*' then 'FOIA ' || words else words end as words from typed
), split as (
  select upper(substr(words, 1, instr(words, ' ') - 1)) as regime, trim(substr(words, instr(words, ' ') + 1)) as provision
  from named
), wanted as (
  select regime, provision, provision || '(' as below,
    case when instr(provision, '(') then substr(provision, 1, instr(provision, '(') - 1) else provision end as section
  from split
), chosen as (
  select id from authorities
  where :authority = '' or name = :authority collate nocase
    or (instr(lower(name), lower(:authority)) > 0
        and not exists (select 1 from authorities where name = :authority collate nocase))
), grounds as (
  select distinct p.regime, p.provision from provisions as p
  where p.regime = (select regime from wanted) and p.section = (select section from wanted)
    and (p.provision = (select provision from wanted)
         or (:exactly = '' and instr(p.provision, (select below from wanted)) = 1))
), hits as (
  select c.id from grounds as g
  cross join citations as f on f.counted = 1 and f.counted_regime = g.regime and f.counted_provision = g.provision
  cross join citations as c on c.request_id = f.request_id and c.counted_regime = f.counted_regime
    and c.counted_provision = f.counted_provision and c.relied_on = 1
  union
  select c.id from citations as c
  where c.regime = (select regime from wanted) and c.section = (select section from wanted)
    and c.role in ('relied_on', 'relied_on_ncnd') and c.relied_on = 1 and :exactly = ''
    and (c.provision = (select provision from wanted)
         or instr(c.provision, (select below from wanted)) = 1)
), replies as (
  select c.id, m.sent_at, count(*) over (partition by c.message_id) as mentions,
    row_number() over (
      partition by c.message_id order by length(c.quote) < 60, c.page, c.start, c.id
    ) as place
  from hits
  cross join citations as c on c.id = hits.id
  join messages as m on m.id = c.message_id
  join requests as r on r.id = c.request_id
  where (:authority = '' or r.authority_id in (select id from chosen)) and (:year = '' or r.year = cast(:year as integer))
), newest as (
  select id, mentions from replies where place = 1 order by sent_at desc, id limit 1000
), quoted as (
  select c.*, n.mentions, coalesce(p.text, m.text) as text, date(m.sent_at) as sent_on, m.url as message_url
  from newest as n
  join citations as c on c.id = n.id
  join messages as m on m.id = c.message_id
  left join pages as p on p.attachment_id = c.attachment_id and p.number = c.page
), cut as (
  select *,
    -- A quote that is a sentence stands alone; a short one is shown with the words around it.
    case when length(quote) >= 60 then '' else substr(text, max(1, start - 159), min(start, 160)) end as before,
    case when length(quote) >= 60 then '' else substr(text, "end" + 1, 240) end as after,
    length(text) - "end" > 240 as is_cut
  from quoted
)
select k.sent_on,
  a.name as authority,
  k.regime || ' ' || k.provision as provision,
  trim(replace(replace(replace(replace(replace(
    case when k.start > 160 and k.before <> '' then '… ' || substr(k.before, instr(k.before, ' ') + 1) else k.before end
    || k.quote
    || case when k.is_cut and k.after <> '' then rtrim(k.after, replace(k.after, ' ', '')) || '…' else k.after end,
    char(10), ' '), char(9), ' '), '    ', ' '), '  ', ' '), '  ', ' ')) as sentence,
  k.id as citation,
  k.quote,
  k.role,
  k.mentions,
  r.title as request,
  k.request_id,
  r.authority_id,
  k.message_url as source_page
from cut as k
join requests as r on r.id = k.request_id
join authorities as a on a.id = r.authority_id
order by k.sent_on desc, k.id
