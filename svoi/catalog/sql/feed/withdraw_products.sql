-- A product is sold as long as one of its variants is.
-- Parameters: community_id, at.
update svoi_product p
set withdrawn_at = %(at)s
where p.community_id = %(community_id)s and p.withdrawn_at is null
  and not exists (select from svoi_variant v where v.product_id = p.id and v.withdrawn_at is null)
