-- A mark of everything an outgoing catalogue is made of: another one as soon as a row of it was written or removed.
-- Rows are known by the transactions that wrote them, which only grow, so that no text has to be read.
-- Parameters: community_id, besides (what else it depends on).
select md5(concat_ws(' ', %(besides)s::text,
  (select concat(c.slug, c.name_ru, c.xmin) from svoi_community c where c.id = %(community_id)s),
  (select concat(count(*), ' ', sum(c.xmin::text::bigint)) from svoi_category c where c.community_id = %(community_id)s),
  (select concat(count(*), ' ', sum(p.xmin::text::bigint)) from svoi_product p where p.community_id = %(community_id)s),
  (select concat(count(*), ' ', sum(v.xmin::text::bigint), ' ', count(s), ' ', sum(s.xmin::text::bigint))
   from svoi_variant v left join svoi_stock s on s.variant_id = v.id where v.community_id = %(community_id)s),
  (select concat(count(*), ' ', sum(i.xmin::text::bigint))
   from svoi_variant v join svoi_picture i on i.variant_id = v.id where v.community_id = %(community_id)s)
)) as stamp
