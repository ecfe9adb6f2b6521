-- Communities that are here begin to look at the habit of their rooms with this update, not with their founding.
insert into svoi_rulemode (community_id, rule, mode, why, at)
select id, 'room_habit', 'shadow', '', now() from svoi_community;
