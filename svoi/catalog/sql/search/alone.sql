-- Whether nobody but this community sells anything: two looks at the ends of an index.
-- Parameters: community_id. Index expected: product_shelf.
select min(community_id) = %(community_id)s and max(community_id) = %(community_id)s as is_alone from svoi_product
