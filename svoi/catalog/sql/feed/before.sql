-- What the merge will be compared with. Stock rows it may change or announce are locked first, in the order in
-- which orders lock them, so that neither waits for the other in a circle.
-- Parameters: community_id. Indexes expected: variant_once (community_id, external_id).
select count(*) from (
  select s.variant_id
  from svoi_stock s
  join svoi_variant v on v.id = s.variant_id
  left join feed_offer o on o.offer_id = v.external_id
  where v.community_id = %(community_id)s and (v.withdrawn_at is not null) <> (o.offer_id is null)
     or v.community_id = %(community_id)s and s.feed_count is distinct from o.count
  order by s.variant_id
  for update of s
) locked;
create temp table feed_before as
select v.id as variant_id, v.product_id, v.price_minor, v.old_price_minor,
  v.withdrawn_at is null and p.withdrawn_at is null and coalesce(s.on_hand, 0) > 0 as is_sold
from svoi_variant v
join svoi_product p on p.id = v.product_id
left join svoi_stock s on s.variant_id = v.id
where v.community_id = %(community_id)s;
create temp table feed_touched (variant_id bigint, is_new boolean);
create temp table feed_renamed (category_id bigint);
