-- How many watched at some moments; parameters: arrays of one length: shows, ats, raws, counteds.
insert into svoi_watchsample (show_id, at, raw, counted)
select * from unnest(%(shows)s::bigint[], %(ats)s::timestamptz[], %(raws)s::integer[], %(counteds)s::integer[])
on conflict (show_id, at) do nothing
