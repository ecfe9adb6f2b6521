-- How many reactions a show has, and their weights in halves; one that was not weighed counts in full.
-- Parameter: show_id. Index expected: reactions_of_show (show_id, at).
select count(*), coalesce(sum(coalesce(weight, 2)), 0)::bigint from svoi_reaction where show_id = %(show_id)s
