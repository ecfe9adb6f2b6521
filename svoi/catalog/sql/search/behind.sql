-- The next products whose words are missing or older than the product; all products when `whole` is said.
-- Parameters: community_id, whole, after (product id), most. Index expected: the primary keys of both.
select p.id
from svoi_product p
left join svoi_producttext t on t.product_id = p.id
where p.community_id = %(community_id)s and p.id > %(after)s
  and (%(whole)s or t.stale_since is not null or t.product_id is null and p.withdrawn_at is null)
order by p.id
limit %(most)s
