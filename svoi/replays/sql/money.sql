-- What was ordered from each show up to some days after its end, what of it was paid, and what was given back since.
-- A paid line is worth its share of the money: points are a discount over the whole order, exact to a kopeck.
-- Parameters: show_ids (bigint[]), after_days, point_minor. Index expected: order_lines_of_origin.
with line as (
  select s.id as show_id, o.id as order_id, o.buyer_id, o.paid_at, o.withdrawn_at, l.quantity,
    l.price_minor * l.quantity as sum_minor,
    l.price_minor * l.quantity
      - l.price_minor * l.quantity * o.points_spent * %(point_minor)s / o.total_minor as paid_minor,
    case when o.withdrawn_at is null then coalesce(back.pieces, 0) else l.quantity end as pieces_back
  from svoi_orderline l
  join svoi_order o on o.id = l.order_id
  join svoi_show s on s.id = l.origin_id
  left join lateral (
    select sum(rl.quantity) as pieces
    from svoi_returnline rl
    join svoi_return r on r.id = rl.returning_id
    where rl.order_line_id = l.id and r.received_at is not null
  ) back on true
  where l.origin_kind = 'show' and l.origin_id = any(%(show_ids)s)
    and (s.ended_at is null or o.placed_at <= s.ended_at + make_interval(days => %(after_days)s))
)
select show_id,
  count(distinct order_id) as orders,
  count(distinct order_id) filter (where paid_at is not null) as paid_orders,
  count(distinct buyer_id) filter (where paid_at is not null) as buyers,
  count(distinct buyer_id) as creators,
  sum(sum_minor)::bigint as gmv_minor,
  coalesce(sum(paid_minor) filter (where paid_at is not null), 0)::bigint as paid_minor,
  coalesce(sum(paid_minor * pieces_back / quantity) filter (where paid_at is not null), 0)::bigint as returned_minor,
  count(distinct order_id) filter (where paid_at is not null and pieces_back > 0) as returned_orders
from line
group by show_id
