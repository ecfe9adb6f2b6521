-- Makes the known words those that were found, writing only what differs.
-- Parameters: community_id, words (text[]), spreads (integer[]). Index expected: search_word_once.
with told as (select * from unnest(%(words)s::text[], %(spreads)s::integer[]) as t(word, spread)),
gone as (
  delete from svoi_searchword w
  where w.community_id = %(community_id)s and not exists (select from told t where t.word = w.word)
)
insert into svoi_searchword as kept (community_id, word, spread)
select %(community_id)s, word, spread from told
on conflict (community_id, word) do update set spread = excluded.spread where kept.spread <> excluded.spread
