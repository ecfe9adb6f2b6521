-- Transfers that are not sound. Parameters: first, last (ids of transfers). Index expected: entry_once.
with legs as (
  select t.id, t.key, t.kind, t.hold_id, count(e.id) as entries, count(distinct a.currency) as currencies,
         sum(e.amount_minor) filter (where e.layer = 'posted') as posted,
         sum(e.amount_minor) filter (where e.layer = 'held') as held,
         sum(e.amount_minor) filter (where e.layer = 'released') as released,
         coalesce(array_agg(distinct e.layer::text) filter (where e.id is not null), '{}') as layers
  from svoi_transfer t
  left join svoi_entry e on e.transfer_id = t.id
  left join svoi_account a on a.id = e.account_id
  where t.id between %(first)s and %(last)s
  group by t.id),
endings as (
  select l.id from legs l cross join lateral (
    select from (select account_id, amount_minor as held from svoi_entry
                 where transfer_id = l.hold_id and layer = 'held') h
    full join (select account_id, sum(amount_minor) filter (where layer = 'released') as released,
                      sum(amount_minor) filter (where layer = 'posted') as posted
               from svoi_entry where transfer_id = l.id group by account_id) e using (account_id)
    where h.held is distinct from -e.released or abs(e.posted) > abs(h.held) or sign(e.posted) <> sign(h.held)
    limit 1) differs
  where l.hold_id is not null)
select 'sum_not_zero' as code, key as about from legs where posted <> 0 or held <> 0 or released <> 0
union all select 'too_few_entries', key from legs where entries < 2
union all select 'currencies_mixed', key from legs where currencies > 1
union all select 'wrong_layers', key from legs
  where layers <> case kind when 'transfer' then array['posted'] when 'hold' then array['held']
                            when 'voiding' then array['released'] else array['posted', 'released'] end and entries > 0
union all select 'ending_differs', l.key from legs l join endings using (id)
union all select 'ending_differs', t.key from svoi_transfer t
  where t.id between %(first)s and %(last)s and t.hold_id is not null
    and not exists (select from svoi_transfer h where h.id = t.hold_id and h.kind = 'hold')
order by 1, 2
