-- The lowest price of a variant within some days up to a moment, the one in force when they began included.
-- Parameters: variant_id, at, days. Index expected: price_history (variant_id, began_at, id).
with since as (select %(at)s::timestamptz - make_interval(days => %(days)s) as began)
select min(asked.price_minor) as lowest_minor from (
  select r.price_minor from svoi_pricerecord r, since
  where r.variant_id = %(variant_id)s and r.began_at > since.began and r.began_at <= %(at)s
  union all
  (select r.price_minor from svoi_pricerecord r, since
   where r.variant_id = %(variant_id)s and r.began_at <= since.began
   order by r.began_at desc, r.id desc limit 1)
) asked
