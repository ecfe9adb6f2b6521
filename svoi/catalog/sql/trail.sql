-- The way from the top of the shop to a category, topmost first. Parameters: category_id (or null), most.
with recursive above as (
  select c.id, c.name, c.name_en, c.parent_id, 1 as step from svoi_category c where c.id = %(category_id)s
  union all
  select c.id, c.name, c.name_en, c.parent_id, a.step + 1 from svoi_category c join above a on c.id = a.parent_id
  where a.step < %(most)s and c.id <> %(category_id)s -- a feed may close a circle
)
select id, name, name_en from above order by step desc
