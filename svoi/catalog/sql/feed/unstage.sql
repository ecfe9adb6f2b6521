-- A pooled connection outlives the import, so its tables are dropped by hand and its time limit is set back.
drop table if exists pg_temp.feed_offer, pg_temp.feed_picture, pg_temp.feed_category, pg_temp.feed_kept,
  pg_temp.feed_name, pg_temp.feed_file, pg_temp.feed_before, pg_temp.feed_touched, pg_temp.feed_product,
  pg_temp.feed_shown, pg_temp.feed_renamed;
reset statement_timeout;
