-- Tells the planner how much was laid out, since nobody else looks after tables of a session, and orders the groups.
create index on feed_offer (product_key, place) where is_grouped;
analyze feed_offer, feed_picture, feed_category, feed_kept;
