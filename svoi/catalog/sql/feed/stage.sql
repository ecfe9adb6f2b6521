-- Where a feed is laid out before it is merged: tables of this session alone, gone with it whatever happens.
create temp table feed_category (place integer, external_id text, parent_id text, name text, name_en text);
create temp table feed_offer (
  place integer, offer_id text, product_key text, is_grouped boolean, category_id text,
  name text, name_en text, title text, title_en text, vendor text, description text, description_en text,
  price_minor bigint, old_price_minor bigint, vendor_code text, barcode text, count integer, params jsonb,
  position integer
);
create temp table feed_picture (offer_id text, position integer, source text, file text default '');
-- Ids that are in the feed but could not be read: what is known of them stays as it is.
create temp table feed_kept (offer_id text);
create temp table feed_name (offer_id text, name text, name_en text, title text, title_en text, position integer);
create temp table feed_file (source text, file text);
-- A large feed is moved by sets that take longer than a page's query ever may.
set statement_timeout = '300s';
