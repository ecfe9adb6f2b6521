-- Writes what products are found by, where it differs. The name counts most, then makers, codes and shelves, then
-- params, then the description; е stands for ё on both sides. A mark of staleness that came meanwhile stays.
-- Parameters: product_ids (bigint[]). Indexes expected: svoi_variant(product_id).
delete from svoi_producttext t using svoi_product p
where p.id = t.product_id and p.id = any(%(product_ids)s::bigint[])
  and (p.withdrawn_at is not null
       or not exists (select from svoi_variant v where v.product_id = p.id and v.withdrawn_at is null));
insert into svoi_producttext as kept (product_id, community_id, category_id, lowest_minor, highest_minor, words, stale_since)
select p.id, p.community_id, p.category_id, v.lowest, v.highest,
  setweight(to_tsvector('russian', translate(concat_ws(' ', p.name, p.name_en, v.titles), 'ёЁ', 'еЕ')), 'A')
  || setweight(to_tsvector('russian', translate(concat_ws(' ', p.vendor, v.codes, c.name, c.name_en), 'ёЁ', 'еЕ')), 'B')
  || setweight(to_tsvector('russian', translate(left(coalesce(v.params, ''), 20000), 'ёЁ', 'еЕ')), 'C')
  || setweight(to_tsvector('russian', translate(concat_ws(' ', p.description, p.description_en), 'ёЁ', 'еЕ')), 'D')
  || array_to_tsvector(array['place:' || p.community_id]),
  before.stale_since
from svoi_product p
join lateral (
  select min(price_minor) as lowest, max(price_minor) as highest,
    left(string_agg(concat_ws(' ', title, title_en), ' ' order by position, id), 20000) as titles,
    left(string_agg(concat_ws(' ', vendor_code, external_id, barcode), ' ' order by position, id), 20000) as codes,
    string_agg((select string_agg(told #>> '{}', ' ') from jsonb_path_query(params, '$[*][*]') told), ' '
      order by position, id) as params
  from svoi_variant where product_id = p.id and withdrawn_at is null
) v on v.lowest is not null
left join svoi_category c on c.id = p.category_id
left join svoi_producttext before on before.product_id = p.id
where p.id = any(%(product_ids)s::bigint[]) and p.withdrawn_at is null
order by p.id
on conflict (product_id) do update
set category_id = excluded.category_id, lowest_minor = excluded.lowest_minor, highest_minor = excluded.highest_minor,
  words = excluded.words,
  stale_since = case when kept.stale_since is distinct from excluded.stale_since then kept.stale_since end
where kept.stale_since is not null
  or (kept.category_id, kept.lowest_minor, kept.highest_minor, kept.words)
    is distinct from (excluded.category_id, excluded.lowest_minor, excluded.highest_minor, excluded.words);
