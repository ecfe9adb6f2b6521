-- How many variants are new, and how many of the others that are sold were changed in any of their parts.
with each as (
  select t.variant_id, bool_or(t.is_new) as is_new
  from feed_touched t
  join svoi_variant v on v.id = t.variant_id and v.withdrawn_at is null
  group by t.variant_id
)
select count(*) filter (where is_new) as created, count(*) filter (where not is_new) as changed from each
