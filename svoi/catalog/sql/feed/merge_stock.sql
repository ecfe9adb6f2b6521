-- A count said again changes nothing, since pieces were sold meanwhile; another count moves what is left by the
-- difference, never below zero. A row that no feed has counted yet takes the count as it is.
-- Parameters: community_id.
with changed as (
  update svoi_stock s
  set on_hand = case when s.feed_count is null then o.count else greatest(0, s.on_hand + o.count - s.feed_count) end,
    feed_count = o.count
  from svoi_variant v
  join feed_offer o on o.offer_id = v.external_id
  where v.community_id = %(community_id)s and s.variant_id = v.id and s.feed_count is distinct from o.count
  returning s.variant_id
)
insert into feed_touched select variant_id, false from changed;
insert into svoi_stock (variant_id, on_hand, feed_count)
select v.id, o.count, o.count
from svoi_variant v
join feed_offer o on o.offer_id = v.external_id
where v.community_id = %(community_id)s and not exists (select from svoi_stock s where s.variant_id = v.id)
order by v.id;
