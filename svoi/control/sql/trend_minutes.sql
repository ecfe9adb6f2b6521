-- What happened in each minute of some shows, counted from going on air. Only minutes in which anything did.
-- Viewers are counted ones, weighed by how long each sample stood (at most longest_s); people and buyers are counted in
-- the minute they came first; a paid line is worth its share of the money, as in an order with points.
-- Parameters: show_ids (bigint[]), at (the moment that ends the shows still on air), longest_s, point_minor.
-- Indexes expected: watch_sample_once, watch_beats_of_show, chat_message_place_once, order_lines_of_origin.
with show as (
  select id, went_live_at as began, coalesce(ended_at, %(at)s) as until
  from svoi_show where id = any(%(show_ids)s) and went_live_at is not null
),
sample as (
  select w.show_id, w.counted, w.at, s.began,
    least(extract(epoch from lead(w.at, 1, s.until) over (partition by w.show_id order by w.at) - w.at),
      %(longest_s)s) as stood_s
  from svoi_watchsample w join show s on s.id = w.show_id
  where w.at >= s.began and w.at < s.until
),
arrival as (
  select b.show_id, min(b.at) as at
  from svoi_watchbeat b join show s on s.id = b.show_id
  where b.counted and b.at < s.until
  group by b.show_id, b.viewer
),
line as (
  select l.origin_id as show_id, o.id as order_id, o.buyer_id, o.paid_at as at,
    l.price_minor * l.quantity
      - l.price_minor * l.quantity * o.points_spent * %(point_minor)s / o.total_minor as paid_minor
  from svoi_orderline l join svoi_order o on o.id = l.order_id
  join show s on s.id = l.origin_id
  where l.origin_kind = 'show' and l.origin_id = any(%(show_ids)s) and o.paid_at < s.until
),
purchase as (
  select show_id, order_id, min(at) as at, sum(paid_minor) as paid_minor,
    row_number() over (partition by show_id, buyer_id order by min(at), order_id) = 1 as is_first
  from line group by show_id, order_id, buyer_id
),
told as (
  select show_id, at, 'arrived' as what, 1 as number from arrival
  union all
  select m.show_id, m.said_at, 'messages', 1
  from svoi_chatmessage m join show s on s.id = m.show_id
  left join svoi_messagehiding h on h.message_id = m.id
  where h.message_id is null and m.said_at < s.until
  union all
  select show_id, at, 'orders', 1 from purchase
  union all
  select show_id, at, 'buyers', 1 from purchase where is_first
  union all
  select show_id, at, 'paid_minor', paid_minor from purchase
),
counted as (
  select t.show_id, greatest(0, floor(extract(epoch from t.at - s.began) / 60))::int as minute, t.what,
    sum(t.number)::bigint as number
  from told t join show s on s.id = t.show_id
  group by 1, 2, 3
),
watched as (
  select show_id, floor(extract(epoch from at - began) / 60)::int as minute,
    (sum(counted * stood_s) / nullif(sum(stood_s), 0))::float8 as number
  from sample group by 1, 2
)
select show_id, minute, 'viewers' as what, number from watched where number is not null
union all
select show_id, minute, what, number::float8 from counted
