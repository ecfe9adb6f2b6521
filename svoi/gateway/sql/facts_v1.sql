-- The numbered facts of one stream after one number and up to another, in order.
-- Parameters: stream, after, upto. Index expected: event_place_once (stream, seq).
select q.seq, e.kind, e.at, e.payload
from svoi_eventsequence q join svoi_event e on e.id = q.event_id
where q.stream = %(stream)s and q.seq > %(after)s and q.seq <= %(upto)s
order by q.seq
