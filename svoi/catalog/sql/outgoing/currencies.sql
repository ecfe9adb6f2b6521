-- How many variants are on sale in each currency. Parameters: community_id.
select v.currency, count(*) as offers
from svoi_product p
join svoi_variant v on v.product_id = p.id and v.withdrawn_at is null
where p.community_id = %(community_id)s and p.withdrawn_at is null
group by v.currency order by v.currency
