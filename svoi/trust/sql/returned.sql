-- Products that members asked to give back.
select orders.buyer_id as actor, variant.product_id * 16 + 2 as target,
       extract(epoch from giving.asked_at)::float8 as at_s
from svoi_order as orders
join svoi_return as giving on giving.order_id = orders.id
join svoi_returnline as back on back.returning_id = giving.id
join svoi_orderline as line on line.id = back.order_line_id
join svoi_variant as variant on variant.id = line.variant_id
where orders.community_id = %(community)s and giving.asked_at >= %(since)s and giving.asked_at < %(until)s
