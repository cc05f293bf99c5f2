-- title: Who neither confirms nor denies, and on what ground
-- description: Requests in which an authority would not say whether it holds the information, by authority and by the
-- ground it relies on for that, beside the authority's requests that had a letter which could be read. Where a letter
-- refuses to say but names no provision for it, the ground is empty. No official series counts these for the whole of
-- the UK. In archive and known are the authority's coverage.

-- :authority An authority's name or part of it. Empty for all.
-- :year The year in which requests were sent. Empty for all.
with chosen as (
  select id from authorities
  where :authority = '' or name = :authority collate nocase
    or (instr(lower(name), lower(:authority)) > 0
        and not exists (select 1 from authorities where name = :authority collate nocase))
), named as (
  select c.request_id, c.counted_regime || ' ' || c.counted_provision as provision, c.id as said
  from citations as c
  where c.role = 'relied_on_ncnd' and c.relied_on = 1
), unnamed as (
  select distinct g.request_id, null as provision, g.source as said
  from signals as s
  join readings as g on g.source = s.source
  join messages as m on m.id = g.message_id and m.direction = 'incoming'
  where s.name = 'ncnd' and g.request_id not in (select request_id from named)
), found as (
  select * from named union all select * from unnamed
), asked as (
  select authority_id, sum(requests_read) as requests_read
  from refusal_years
  where :year = '' or year = cast(:year as integer)
  group by authority_id
)
select a.name as authority,
  coalesce(nullif(:year, ''), 'all years') as year,
  f.provision,
  count(distinct f.request_id) as requests,
  k.requests_read,
  round(100.0 * count(distinct f.request_id) / nullif(k.requests_read, 0), 1) as percent_of_read,
  v.fetched as in_archive,
  v.known,
  min(f.said) as example,
  a.id as authority_id
from found as f
join requests as r on r.id = f.request_id
join authorities as a on a.id = r.authority_id
join asked as k on k.authority_id = a.id
left join coverage as v on v.authority_id = a.id
where (:authority = '' or a.id in (select id from chosen)) and (:year = '' or r.year = cast(:year as integer))
group by a.id, f.provision
order by requests desc, percent_of_read desc, authority, f.provision
