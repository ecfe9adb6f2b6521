-- For each word somebody wrote: whether products here have it, whether they have what the other keyboard layout makes
-- of it, and the known words most like it. Each question is asked only when those before it were answered by no: to
-- count through a common word's products takes longer than the whole search. So the words known by heart come first;
-- the index knows more than they do: other forms of a word, codes and params.
-- Parameters: community_id, place (its mark as a tsquery), words and others (text[], the layouts), most.
-- Indexes expected: search_word_once, product_words, search_word_alike (trigrams).
with said as (
  select * from unnest(%(words)s::text[], %(others)s::text[]) with ordinality as s(word, other, place)
)
select s.place, s.word, s.other, known.is_known, other.is_other_known, coalesce(alike.words, '{}') as alike
from said s
cross join lateral (
  select exists (select from svoi_searchword w where w.community_id = %(community_id)s and w.word = s.word)
    or exists (select from svoi_producttext t
               where t.words @@ (%(place)s::tsquery && plainto_tsquery('russian', s.word))) as is_known
  offset 0  -- asked once, not once for each use
) known
cross join lateral (
  select not known.is_known and s.other <> ''
    and (exists (select from svoi_searchword w where w.community_id = %(community_id)s and w.word = s.other)
      or exists (select from svoi_producttext t
                 where t.words @@ (%(place)s::tsquery && plainto_tsquery('russian', s.other)))) as is_other_known
  offset 0
) other
left join lateral (
  select array_agg(near.word) as words from (
    select w.word from svoi_searchword w
    where not known.is_known and not other.is_other_known
      and w.community_id = %(community_id)s and w.word %% s.word
    order by similarity(w.word, s.word) desc, w.spread desc, w.word limit %(most)s
  ) near
) alike on true
order by s.place
