-- Products in orders, when they were placed.
select orders.buyer_id as actor, variant.product_id * 16 + 2 as target,
       extract(epoch from orders.placed_at)::float8 as at_s
from svoi_order as orders
join svoi_orderline as line on line.order_id = orders.id
join svoi_variant as variant on variant.id = line.variant_id
where orders.community_id = %(community)s and orders.placed_at >= %(since)s and orders.placed_at < %(until)s
