-- What became of variants that were known before: another price, sold out, or back.
select v.id as variant_id, v.product_id, v.price_minor, v.old_price_minor,
  (v.price_minor, v.old_price_minor) is distinct from (b.price_minor, b.old_price_minor)
    and v.withdrawn_at is null as is_repriced,
  b.is_sold as was_sold,
  v.withdrawn_at is null and p.withdrawn_at is null and coalesce(s.on_hand, 0) > 0 as is_sold
from feed_before b
join svoi_variant v on v.id = b.variant_id
join svoi_product p on p.id = v.product_id
left join svoi_stock s on s.variant_id = v.id
where (v.price_minor, v.old_price_minor) is distinct from (b.price_minor, b.old_price_minor)
   or b.is_sold <> (v.withdrawn_at is null and p.withdrawn_at is null and coalesce(s.on_hand, 0) > 0)
order by v.id
