-- Pieces of a product a show has taken: orders that began in it and did not fall away, and what its flash deals set aside
-- and nobody ordered or gave back yet. One statement, so that a claim becoming an order is counted once.
-- Parameters: show_id, product_id. Indexes expected: order_lines_of_origin, flash_of_show.
select (
  select coalesce(sum(l.quantity), 0)
  from svoi_orderline l
  join svoi_order o on o.id = l.order_id
  join svoi_variant v on v.id = l.variant_id
  where l.origin_kind = 'show' and l.origin_id = %(show_id)s and v.product_id = %(product_id)s
    and o.restocked_at is null
) + (
  select coalesce(sum(d.quantity - coalesce(c.returned, 0) - placed.pieces), 0)
  from svoi_flashdeal d
  join svoi_flashfiring f on f.deal_id = d.id
  join svoi_variant v on v.id = d.variant_id
  left join svoi_flashclosing c on c.deal_id = d.id
  cross join lateral (
    select coalesce(sum(t.quantity), 0) as pieces
    from svoi_flashclaim t join svoi_flashending e on e.claim_id = t.id
    where t.deal_id = d.id
  ) placed
  where d.show_id = %(show_id)s and v.product_id = %(product_id)s
) as pieces
