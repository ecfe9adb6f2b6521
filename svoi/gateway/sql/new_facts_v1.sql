-- The facts that open rooms have not heard yet, at most `most` for each, in order.
-- Parameters: streams and afters (arrays of one length), most. Index expected: event_place_once (stream, seq).
select open.stream, q.seq, e.kind, e.at, e.payload
from unnest(%(streams)s::text[], %(afters)s::bigint[]) as open (stream, after)
cross join lateral (
  select seq, event_id from svoi_eventsequence s
  where s.stream = open.stream and s.seq > open.after order by s.seq limit %(most)s
) q
join svoi_event e on e.id = q.event_id
order by open.stream, q.seq
