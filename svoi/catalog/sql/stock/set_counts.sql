-- A count said again changes nothing, since pieces were sold meanwhile; another count moves what is left by the
-- difference, never below zero, as a feed's count does. Returns what changed. Rows are locked in the order orders lock them.
-- Parameters: variant_ids (bigint[]), counts (integer[]).
with said as (select * from unnest(%(variant_ids)s::bigint[], %(counts)s::integer[]) as s(variant_id, count)),
locked as (
  select s.variant_id, s.on_hand, s.feed_count from svoi_stock s
  where s.variant_id = any(%(variant_ids)s::bigint[]) order by s.variant_id for update
),
changed as (
  update svoi_stock s
  set on_hand = case when l.feed_count is null then c.count else greatest(0, l.on_hand + c.count - l.feed_count) end,
    feed_count = c.count
  from locked l join said c on c.variant_id = l.variant_id
  where s.variant_id = l.variant_id and l.feed_count is distinct from c.count
  returning s.variant_id, l.on_hand as was, s.on_hand as left_now
)
select c.variant_id, v.product_id, c.was, c.left_now,
  v.withdrawn_at is null and p.withdrawn_at is null as is_sold
from changed c join svoi_variant v on v.id = c.variant_id join svoi_product p on p.id = v.product_id
order by c.variant_id
