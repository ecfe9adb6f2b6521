-- Products that match, the best, cheapest, dearest or newest first. Only the first `most` matches are ranked: to rank
-- all of a common word's takes seven times as long, and nobody turns that many pages.
-- A community that sells alone is found without its mark (place is null): the mark stands in every product, and to meet
-- it at each of a common word's takes as long as the words themselves.
-- Parameters: community_id, place (its mark as a tsquery, or null), text ('' for all), category_id (or null),
-- from_minor and to_minor (or null), sort, most, after (how many to skip), page. Index expected: product_words.
with recursive below as (
  select c.id from svoi_category c where c.id = %(category_id)s and c.community_id = %(community_id)s
  union
  select c.id from svoi_category c join below b on c.parent_id = b.id
),
matched as materialized (
  select t.product_id, t.lowest_minor, t.words
  from svoi_producttext t
  where t.words @@ coalesce(%(place)s::tsquery && websearch_to_tsquery('russian', %(text)s),
                            websearch_to_tsquery('russian', %(text)s))
    and (%(text)s = '' or numnode(websearch_to_tsquery('russian', %(text)s)) > 0)
    and t.community_id = %(community_id)s
    and (%(category_id)s::bigint is null or t.category_id in (select id from below))
    and (%(from_minor)s::bigint is null or t.highest_minor >= %(from_minor)s)
    and (%(to_minor)s::bigint is null or t.lowest_minor <= %(to_minor)s)
    and (%(from_minor)s::bigint is null or %(to_minor)s::bigint is null or exists (
      select from svoi_variant v where v.product_id = t.product_id and v.withdrawn_at is null
        and v.price_minor between %(from_minor)s and %(to_minor)s))
  limit %(most)s
)
select product_id, count(*) over () as total
from matched
order by
  case when %(sort)s = 'cheap' then lowest_minor end,
  case when %(sort)s = 'dear' then lowest_minor end desc,
  case when %(sort)s = 'new' then product_id end desc,
  case when %(sort)s = 'best' then ts_rank(words, websearch_to_tsquery('russian', %(text)s)) end desc,
  product_id
limit %(page)s offset %(after)s
