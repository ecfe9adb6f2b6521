-- Pictures in the feed's order; those of offers that could not be read stay as they are.
-- Parameters: community_id. Indexes expected: picture_place_once (variant_id, position).
create temp table feed_shown as
select v.id as variant_id, f.position, f.source, f.file
from feed_picture f
join feed_offer o on o.offer_id = f.offer_id
join svoi_variant v on v.community_id = %(community_id)s and v.external_id = f.offer_id;
analyze feed_shown;
with gone as (
  delete from svoi_picture c
  using svoi_variant v, feed_offer o
  where v.community_id = %(community_id)s and c.variant_id = v.id and o.offer_id = v.external_id
    and not exists (select from feed_shown f where f.variant_id = c.variant_id and f.position = c.position)
  returning c.variant_id
),
changed as (
  update svoi_picture c
  set source = f.source, file = f.file
  from feed_shown f
  where c.variant_id = f.variant_id and c.position = f.position
    and (c.source <> f.source or f.file <> '' and c.file <> f.file)
  returning c.variant_id
),
added as (
  insert into svoi_picture (variant_id, position, source, file)
  select f.variant_id, f.position, f.source, f.file
  from feed_shown f
  where not exists (select from svoi_picture c where c.variant_id = f.variant_id and c.position = f.position)
  order by f.variant_id, f.position
  returning variant_id
)
insert into feed_touched
select variant_id, false from gone union select variant_id, false from changed union select variant_id, false from added;
