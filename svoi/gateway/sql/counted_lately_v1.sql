-- Until when each viewer of a show counts, from the heartbeats on record.
-- Parameters: show_id, since. Index expected: watch_beats_of_show (show_id, at).
select viewer, max(at) from svoi_watchbeat
where show_id = %(show_id)s and at > %(since)s and counted group by viewer
