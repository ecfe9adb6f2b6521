-- Products whose words the worker has to read anew. Parameters: community_id, at.
update svoi_producttext t
set stale_since = %(at)s
where t.community_id = %(community_id)s and t.product_id in (
  select v.product_id from feed_touched f join svoi_variant v on v.id = f.variant_id
  union
  select v.product_id from svoi_variant v where v.community_id = %(community_id)s and v.withdrawn_at = %(at)s
  union
  select p.id from feed_renamed r join svoi_product p on p.category_id = r.category_id
)
