-- How many watched, reacted and spoke at some moments. Parameters: arrays of one length: shows, ats, raws, counteds,
-- presents, weigheds, modes, reactions_raws, reactions_counteds, messages_raws, messages_counteds, acteds, excesses,
-- reasons (JSON as text).
insert into svoi_watchsample
  (show_id, at, raw, counted, present, weighed, mode, reactions_raw, reactions_counted, messages_raw, messages_counted,
   acted, excess, reasons)
select show_id, at, raw, counted, present, weighed, mode, reactions_raw, reactions_counted, messages_raw,
  messages_counted, acted, excess, reasons::jsonb
from unnest(
  %(shows)s::bigint[], %(ats)s::timestamptz[], %(raws)s::integer[], %(counteds)s::integer[], %(presents)s::integer[],
  %(weigheds)s::integer[], %(modes)s::text[], %(reactions_raws)s::bigint[], %(reactions_counteds)s::bigint[],
  %(messages_raws)s::bigint[], %(messages_counteds)s::bigint[], %(acteds)s::integer[], %(excesses)s::integer[],
  %(reasons)s::text[]
) as sample (show_id, at, raw, counted, present, weighed, mode, reactions_raw, reactions_counted, messages_raw,
  messages_counted, acted, excess, reasons)
on conflict (show_id, at) do nothing
