-- Products as the first offer of each tells them. Rows that would stay the same are not written.
-- Parameters: community_id.
create temp table feed_product as
select distinct on (o.product_key) o.place, o.product_key as external_id, c.id as category_id,
  o.name, o.name_en, o.vendor, o.description, o.description_en
from feed_offer o
left join svoi_category c on c.community_id = %(community_id)s and c.external_id = o.category_id
order by o.product_key, o.place;
analyze feed_product;
with changed as (
  update svoi_product p
  set category_id = f.category_id, name = f.name, name_en = f.name_en, vendor = f.vendor,
    description = f.description, description_en = f.description_en, withdrawn_at = null
  from feed_product f
  where p.community_id = %(community_id)s and p.external_id = f.external_id
    and (p.category_id, p.name, p.name_en, p.vendor, p.description, p.description_en, p.withdrawn_at)
      is distinct from (f.category_id, f.name, f.name_en, f.vendor, f.description, f.description_en, null)
  returning p.id
)
insert into feed_touched
select v.id, false from changed join svoi_variant v on v.product_id = changed.id and v.withdrawn_at is null;
insert into svoi_product (community_id, external_id, category_id, name, name_en, vendor, description, description_en)
select %(community_id)s, f.external_id, f.category_id, f.name, f.name_en, f.vendor, f.description, f.description_en
from feed_product f
where not exists (
  select from svoi_product p where p.community_id = %(community_id)s and p.external_id = f.external_id
)
order by f.place;
