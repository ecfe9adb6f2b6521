-- For each variant: since when it costs what it costs, and the lowest price asked in the days before that.
-- Parameters: variant_ids (bigint[]), days. Index expected: price_history (variant_id, began_at, id).
with told as (
  select variant_id, price_minor, began_at,
    lead(began_at) over (partition by variant_id order by began_at, id) as ended_at
  from svoi_pricerecord
  where variant_id = any(%(variant_ids)s)
),
present as (select variant_id, began_at as since from told where ended_at is null)
select p.variant_id, p.since, min(t.price_minor) as lowest_minor
from present p
left join told t on t.variant_id = p.variant_id
  and t.ended_at > p.since - make_interval(days => %(days)s) and t.began_at < t.ended_at
group by p.variant_id, p.since
