-- The variants that codes mean: an offer's id first, else an article on sale. A code may mean several, or none.
-- Parameters: community_id, codes (text[]). Indexes expected: variant_once, variant_article (community_id, …).
with said as (select distinct code from unnest(%(codes)s::text[]) as code),
by_id as (
  select s.code, v.id as variant_id
  from said s join svoi_variant v on v.community_id = %(community_id)s and v.external_id = s.code
)
select code, variant_id from by_id
union all
select s.code, v.id
from said s
join svoi_variant v on v.community_id = %(community_id)s and v.vendor_code = s.code and v.vendor_code <> ''
  and v.withdrawn_at is null
where not exists (select from by_id b where b.code = s.code)
