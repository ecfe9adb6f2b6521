-- How many watched and reacted at some moments. Parameters: arrays of one length: shows, ats, raws, counteds,
-- presents, weigheds, modes, reactions_raws, reactions_counteds, reasons (JSON as text).
insert into svoi_watchsample
  (show_id, at, raw, counted, present, weighed, mode, reactions_raw, reactions_counted, reasons)
select show_id, at, raw, counted, present, weighed, mode, reactions_raw, reactions_counted, reasons::jsonb
from unnest(
  %(shows)s::bigint[], %(ats)s::timestamptz[], %(raws)s::integer[], %(counteds)s::integer[], %(presents)s::integer[],
  %(weigheds)s::integer[], %(modes)s::text[], %(reactions_raws)s::bigint[], %(reactions_counteds)s::bigint[],
  %(reasons)s::text[]
) as sample (show_id, at, raw, counted, present, weighed, mode, reactions_raw, reactions_counted, reasons)
on conflict (show_id, at) do nothing
