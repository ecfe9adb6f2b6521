-- How many people were in each show: with any heartbeat, and with a counted one.
-- Parameters: show_ids (bigint[]). Index expected: watch_beats_of_show.
select show_id, count(distinct viewer) as viewers_raw,
  count(distinct viewer) filter (where counted) as viewers_counted
from svoi_watchbeat
where show_id = any(%(show_ids)s)
group by show_id
