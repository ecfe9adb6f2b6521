-- Each offer is a variant of its product. Rows that would stay the same are not written.
-- Parameters: community_id.
with changed as (
  update svoi_variant v
  set product_id = p.id, title = o.title, title_en = o.title_en, price_minor = o.price_minor,
    old_price_minor = o.old_price_minor, currency = 'RUB', vendor_code = o.vendor_code, barcode = o.barcode,
    params = o.params, position = o.position, withdrawn_at = null
  from feed_offer o
  join svoi_product p on p.community_id = %(community_id)s and p.external_id = o.product_key
  where v.community_id = %(community_id)s and v.external_id = o.offer_id
    and (v.product_id, v.title, v.title_en, v.price_minor, v.old_price_minor, v.currency, v.vendor_code, v.barcode,
         v.params, v.position, v.withdrawn_at)
      is distinct from (p.id, o.title, o.title_en, o.price_minor, o.old_price_minor, 'RUB', o.vendor_code, o.barcode,
         o.params, o.position, null)
  returning v.id
)
insert into feed_touched select id, false from changed;
with created as (
  insert into svoi_variant (community_id, product_id, external_id, title, title_en, price_minor, old_price_minor,
    currency, vendor_code, barcode, params, position)
  select %(community_id)s, p.id, o.offer_id, o.title, o.title_en, o.price_minor, o.old_price_minor,
    'RUB', o.vendor_code, o.barcode, o.params, o.position
  from feed_offer o
  join svoi_product p on p.community_id = %(community_id)s and p.external_id = o.product_key
  where not exists (
    select from svoi_variant v where v.community_id = %(community_id)s and v.external_id = o.offer_id
  )
  order by o.place
  returning id
)
insert into feed_touched select id, true from created;
