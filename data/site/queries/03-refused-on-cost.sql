-- title: Who refuses on cost, and how often
-- description: For each authority, the requests refused because answering would cost more than the limit (section 12 of
-- either Act), beside the requests that had a letter which could be read. Authorities with few requests read are left
-- out, since a share of few says little; the first row is all authorities together. In archive and known are the
-- authority's coverage: its requests here, of those that the site says it has.

-- :min_requests Leave out authorities with fewer requests read than this. Empty for 5.
-- :year The year in which requests were sent. Empty for all.
with asked as (
  select authority_id, sum(requests_read) as requests_read
  from refusal_years
  where requests_read > 0 and (:year = '' or year = cast(:year as integer))
  group by authority_id
), refused as (
  select r.authority_id, c.counted_regime || ' 12' as provision, count(distinct r.id) as requests, min(c.id) as example
  from provisions as p
  join citations as c on c.counted = 1 and c.counted_regime = p.regime and c.counted_provision = p.provision
    and c.provision_id = p.id
  join requests as r on r.id = c.request_id
  where p.kind = 'cost_limit' and (:year = '' or r.year = cast(:year as integer))
  group by r.authority_id, c.counted_regime
), together as (
  select 0 as place, null as authority_id, 'all authorities' as authority, null as provision,
    (select count(distinct c.request_id)
     from provisions as p
     join citations as c on c.counted = 1 and c.counted_regime = p.regime and c.counted_provision = p.provision
       and c.provision_id = p.id
     join requests as r on r.id = c.request_id
     where p.kind = 'cost_limit' and (:year = '' or r.year = cast(:year as integer))) as refused_on_cost,
    (select sum(requests_read) from asked) as requests_read,
    (select sum(fetched) from coverage) as in_archive,
    (select case when count(known) = count(*) then sum(known) end from coverage where fetched > 0) as known,
    (select min(example) from refused) as example
  union all
  select 1, a.id, a.name, f.provision, coalesce(f.requests, 0), k.requests_read, v.fetched, v.known, f.example
  from asked as k
  join authorities as a on a.id = k.authority_id
  left join coverage as v on v.authority_id = a.id
  left join refused as f on f.authority_id = a.id
  where k.requests_read >= coalesce(cast(nullif(:min_requests, '') as integer), 5)
)
select authority,
  coalesce(nullif(:year, ''), 'all years') as year,
  provision,
  refused_on_cost,
  requests_read,
  round(100.0 * refused_on_cost / requests_read, 1) as percent_of_read,
  in_archive,
  known,
  example,
  authority_id
from together
where requests_read > 0
order by place, percent_of_read desc, requests_read desc, authority
