-- Every variant on sale with its product, what is left of it and where its pictures are, product by product.
-- Parameters: community_id, kept_at (where our own copies of pictures are found).
-- Indexes expected: the products' primary key, svoi_variant(product_id), picture_place_once (variant_id, position).
select p.id as product_id, p.external_id as product_key, c.external_id as category_id, p.name as product_name, p.name_en,
  p.vendor, p.description, p.description_en,
  v.id as variant_id, v.external_id as offer_id, v.title, v.title_en, v.price_minor, v.old_price_minor, v.currency,
  v.vendor_code, v.barcode, v.params::text as params, coalesce(s.on_hand, 0) as on_hand,
  array(
    select case when i.file = '' then i.source else %(kept_at)s || i.file end
    from svoi_picture i where i.variant_id = v.id order by i.position
  ) as pictures
from svoi_product p
join svoi_variant v on v.product_id = p.id and v.withdrawn_at is null
left join svoi_category c on c.id = p.category_id
left join svoi_stock s on s.variant_id = v.id
where p.community_id = %(community_id)s and p.withdrawn_at is null
order by p.id, v.position, v.id
