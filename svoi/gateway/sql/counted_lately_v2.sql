-- The last counted heartbeat of each viewer of a show, with her traces and the reasons she weighed less for.
-- Parameters: show_id, since. Index expected: watch_beats_of_show (show_id, at).
select distinct on (viewer) viewer, at, coalesce(device, -1), coalesce(network, -1), coalesce(reasons, 0)
from svoi_watchbeat
where show_id = %(show_id)s and at > %(since)s and counted order by viewer, at desc
