-- Shelves as the feed names them. One that is gone stays: products may still stand on it.
-- Parameters: community_id.
insert into svoi_category (community_id, external_id, name, name_en)
select %(community_id)s, f.external_id, f.name, f.name_en
from feed_category f
where not exists (
  select from svoi_category c where c.community_id = %(community_id)s and c.external_id = f.external_id
)
order by f.place;
with renamed as (
  update svoi_category c
  set name = f.name, name_en = f.name_en, parent_id = parent.id
  from feed_category f
  left join svoi_category parent on parent.community_id = %(community_id)s and parent.external_id = f.parent_id
  where c.community_id = %(community_id)s and c.external_id = f.external_id
    and (c.name, c.name_en, c.parent_id) is distinct from (f.name, f.name_en, parent.id)
  returning c.id
)
insert into feed_renamed select id from renamed;
