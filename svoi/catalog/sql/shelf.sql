-- The next products of a shelf in the feed's order: those of the category and all below it, or of the whole shop.
-- Parameters: community_id, category_id (or null), after (product id), most.
-- Index expected: product_shelf (community_id, category_id), or the primary key for the whole shop.
with recursive below as (
  select c.id from svoi_category c where c.id = %(category_id)s and c.community_id = %(community_id)s
  union -- not union all: a feed may name categories that are each other's parents
  select c.id from svoi_category c join below b on c.parent_id = b.id
)
select p.id
from svoi_product p
where p.community_id = %(community_id)s and p.withdrawn_at is null and p.id > %(after)s
  and (%(category_id)s::bigint is null or p.category_id in (select id from below))
order by p.id
limit %(most)s
