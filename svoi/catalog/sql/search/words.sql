-- The words of a community's products, and in how many products each stands. Reads all of them: for the night.
-- Parameters: community_id.
select word, ndoc::integer as spread
from ts_stat(format($words$
  select to_tsvector('simple', translate(concat_ws(' ', p.name, p.name_en, p.vendor, c.name, c.name_en,
    left(p.description, 1000), left(p.description_en, 1000),
    (select string_agg(concat_ws(' ', v.title, v.title_en), ' ') from svoi_variant v
     where v.product_id = p.id and v.withdrawn_at is null)), 'ёЁ', 'еЕ'))
  from svoi_product p left join svoi_category c on c.id = p.category_id
  where p.community_id = %%s and p.withdrawn_at is null
$words$, %(community_id)s::bigint))
where word ~ '^([a-z]{3,40}|[а-я]{3,40})$'
order by word
