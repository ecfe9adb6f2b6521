-- Takes offers of categories the feed never names out again, since categories may follow the offers. Returns their ids.
with refused as (
  delete from feed_offer o
  where o.category_id <> '' and not exists (select from feed_category c where c.external_id = o.category_id)
  returning o.place, o.offer_id, o.category_id
),
kept as (insert into feed_kept select offer_id from refused)
select offer_id, category_id from refused order by place
