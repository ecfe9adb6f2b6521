-- The face of each product: its cheapest variant that can be bought now, else the cheapest sold out, else a withdrawn one.
-- Parameters: product_ids (bigint[]). Indexes expected: svoi_variant(product_id), svoi_picture(variant_id, position).
with offered as (
  select v.product_id, v.id, v.title, v.price_minor, v.old_price_minor, v.currency, v.position,
    (v.withdrawn_at is not null or p.withdrawn_at is not null) as withdrawn,
    coalesce(s.on_hand, 0) = 0 as empty,
    p.name, p.name_en
  from svoi_variant v
  join svoi_product p on p.id = v.product_id
  left join svoi_stock s on s.variant_id = v.id
  where v.product_id = any(%(product_ids)s)
),
ranked as (
  select o.*,
    -- "from" compares only what stands on the same rung: what can be bought, or else what could be once.
    max(price_minor) over rung > min(price_minor) over rung as price_from,
    row_number() over (partition by product_id order by withdrawn, empty, price_minor, position, id) as place
  from offered o
  window rung as (partition by product_id, withdrawn, empty)
)
select r.product_id, r.id as variant_id, r.name, r.name_en, r.price_minor, r.old_price_minor, r.currency,
  r.price_from, r.withdrawn or r.empty as sold_out, r.withdrawn,
  coalesce(picture.file, '') as file, coalesce(picture.source, '') as source
from ranked r
left join lateral (
  select c.file, c.source
  from svoi_variant v join svoi_picture c on c.variant_id = v.id
  where v.product_id = r.product_id
  order by v.id <> r.id, v.position, c.position limit 1
) picture on true
where r.place = 1
