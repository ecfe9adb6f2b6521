-- The offers of the next groups, whole groups only, in the feed's order.
-- Parameters: after (product_key), most (groups).
select product_key, offer_id, name, name_en, title, title_en, vendor_code, params
from feed_offer
where is_grouped and product_key in (
  select distinct product_key from feed_offer where is_grouped and product_key > %(after)s order by 1 limit %(most)s
)
order by product_key, place
