-- What the feed no longer names is no longer sold; old orders still point to it, so it stays. Returns how many.
-- Parameters: community_id, at.
with withdrawn as (
  update svoi_variant v
  set withdrawn_at = %(at)s
  where v.community_id = %(community_id)s and v.withdrawn_at is null
    and not exists (select from feed_offer o where o.offer_id = v.external_id)
    and not exists (select from feed_kept k where k.offer_id = v.external_id)
  returning v.id
)
select count(*) from withdrawn
