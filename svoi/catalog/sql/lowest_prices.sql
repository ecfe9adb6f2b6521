-- For each variant: the lowest price asked within some days up to a moment, the one in force when they began included.
-- Parameters: variant_ids (bigint[]), at, days. Index expected: price_history (variant_id, began_at, id).
with since as (select %(at)s::timestamptz - make_interval(days => %(days)s) as began),
told as (
  select variant_id, price_minor, began_at,
    lead(began_at) over (partition by variant_id order by began_at, id) as ended_at
  from svoi_pricerecord
  where variant_id = any(%(variant_ids)s) and began_at <= %(at)s
)
select t.variant_id, min(t.price_minor) as lowest_minor
from told t, since s
where t.ended_at is null or t.ended_at > s.began
group by t.variant_id
