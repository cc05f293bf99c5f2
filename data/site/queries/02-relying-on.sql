-- title: Every reply that relies on a provision, with its words
-- description: The replies in which an authority relies on the provision you name to refuse, newest first, each with
-- the words that say so: a sentence, or a heading where the reply has no more. Parts of the provision, and conditions
-- that count as it, are included.
-- A request can have several such replies. At most the newest 1,000 are listed; name a year or an authority to see others.

-- :provision Law and provision, such as FOIA 36(2)(b), EIR 12(5)(e) or FOISA 38. Empty for FOIA 40(2).
-- :authority An authority's name or part of it. Empty for all.
-- :year The year in which requests were sent. Empty for all.
-- :exactly Write yes to leave out its parts: 36(2)(b) without 36(2)(b)(i). Empty for all of them.
with typed as (
  select replace(replace(replace(trim(coalesce(nullif(:provision, ''), 'FOIA 40(2)')),
    ' s.', ' '), ' reg.', ' '), ' art.', ' ') as words
), named as (
  select case when words glob '[0-9]*' then 'FOIA ' || words else words end as words from typed
), split as (
  select upper(substr(words, 1, instr(words, ' ') - 1)) as regime, trim(substr(words, instr(words, ' ') + 1)) as provision
  from named
), chosen as (
  select id from authorities
  where :authority <> '' and (name = :authority collate nocase
    or (name like '%' || substr(:authority, 1, 24) || '%' and instr(lower(name), lower(:authority)) > 0
        and not exists (select 1 from authorities where name = :authority collate nocase)))
), of_all as (
  select q.citation_id, q.sent_on, q.mentions
  from provision_replies as q
  where q.regime = (select regime from split) and q.provision = (select provision from split)
    and :authority = '' and :year = '' and :exactly = ''
  order by q.sent_on desc, q.citation_id desc limit 1000
), of_a_year as (
  select q.citation_id, q.sent_on, q.mentions
  from provision_replies as q
  where q.regime = (select regime from split) and q.provision = (select provision from split)
    and q.year = cast(:year as integer) and :authority = '' and :year <> '' and :exactly = ''
  order by q.sent_on desc, q.citation_id desc limit 1000
), of_an_authority as (
  select q.citation_id, q.sent_on, q.mentions
  from chosen as a cross join provision_replies as q on q.authority_id = a.id
  where q.regime = (select regime from split) and q.provision = (select provision from split)
    and (:year = '' or q.year = cast(:year as integer)) and :exactly = ''
  order by q.sent_on desc, q.citation_id desc limit 1000
), counted_so as (
  -- Of a message that relies on a part of it too, the sentence that counts as this very provision.
  select (select k.id from citations as k
          where k.message_id = c.message_id and k.relied_on = 1 and k.counted_regime = q.regime
            and k.counted_provision = q.provision
          order by length(k.quote) < 60, k.page, k.start, k.id limit 1) as citation_id,
    q.sent_on,
    (select count(*) from citations as k
     where k.message_id = c.message_id and k.relied_on = 1 and k.counted_regime = q.regime
       and k.counted_provision = q.provision) as mentions
  from provision_replies as q cross join citations as c on c.id = q.citation_id
  where q.regime = (select regime from split) and q.provision = (select provision from split) and :exactly <> ''
    and exists (select 1 from citations as f where f.counted = 1 and f.counted_regime = (select regime from split)
                and f.counted_provision = (select provision from split))
    and (:authority = '' or q.authority_id in (select id from chosen))
    and (:year = '' or q.year = cast(:year as integer))
    and exists (select 1 from citations as k
                where k.message_id = c.message_id and k.relied_on = 1 and k.counted_regime = q.regime
                  and k.counted_provision = q.provision)
  order by q.sent_on desc, q.citation_id desc limit 1000
), newest as (
  select * from of_all union all select * from of_a_year union all select * from of_an_authority
  union all select * from counted_so
), quoted as (
  select c.*, n.mentions, coalesce(p.text, m.text) as text, date(m.sent_at) as sent_on, m.url as message_url
  from newest as n
  join citations as c on c.id = n.citation_id
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
