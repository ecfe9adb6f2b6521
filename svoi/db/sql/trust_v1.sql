-- How rules were switched, what searches found and what people said of it stays as it was written.
create trigger svoi_rulemode_append_only before update or delete on svoi_rulemode
  for each row execute function svoi_append_only_v1();
create trigger svoi_search_append_only before update or delete on svoi_search
  for each row execute function svoi_append_only_v1();
create trigger svoi_foundgroup_append_only before update or delete on svoi_foundgroup
  for each row execute function svoi_append_only_v1();
create trigger svoi_foundmember_append_only before update or delete on svoi_foundmember
  for each row execute function svoi_append_only_v1();
create trigger svoi_groupverdict_append_only before update or delete on svoi_groupverdict
  for each row execute function svoi_append_only_v1();
-- Communities that are here already have their rules in shadow from today on: nothing was watched before.
insert into svoi_rulemode (community_id, rule, mode, why, at)
  select community.id, rule, 'shadow', '', now()
  from svoi_community as community cross join unnest(array['live_weights', 'groups']) as rule;
