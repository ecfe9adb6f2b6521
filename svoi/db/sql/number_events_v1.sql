-- Gives committed events their places, at most `most` at a time, in (transaction id, event id) order.
-- Rows of transactions still open (xid >= the snapshot's xmin) wait, since a serial's order is not commit order.
-- One caller at a time (advisory lock); returns the events numbered, in order. Index expected: event_commit_order.
create function svoi_number_events_v1(most integer)
returns table (id bigint, event_id uuid, kind text, stream text, seq bigint, payload jsonb, at timestamptz)
language plpgsql as $$
#variable_conflict use_column
begin
  if not pg_try_advisory_xact_lock(hashtext('svoi_relay')) then return; end if;
  return query
  with batch as (
    select e.*, row_number() over (partition by e.stream order by e.xid, e.id) as step
    from (select x.* from svoi_event x
          where (x.xid, x.id) > (coalesce((select p.xid from svoi_relayposition p where p.id = 1), '0'::xid8),
                                 coalesce((select p.event_id from svoi_relayposition p where p.id = 1), 0))
            and x.xid < pg_snapshot_xmin(pg_current_snapshot())
          order by x.xid, x.id limit most) e),
  heads as (
    insert into svoi_streamhead as head (stream, seq)
      select stream, count(*) from batch where stream <> '' group by stream order by stream
      on conflict (stream) do update set seq = head.seq + excluded.seq
      returning stream, seq),
  placed as (
    insert into svoi_eventsequence (event_id, stream, seq)
      select b.id, b.stream, h.seq - max(b.step) over (partition by b.stream) + b.step
      from batch b join heads h on h.stream = b.stream
      returning event_id, seq),
  moved as (
    insert into svoi_relayposition as p (id, xid, event_id)
      (select 1, xid, id from batch order by xid desc, id desc limit 1)
      on conflict (id) do update set xid = excluded.xid, event_id = excluded.event_id, at = now())
  select b.id, b.event_id, b.kind::text, b.stream::text, placed.seq, b.payload, b.at
  from batch b left join placed on placed.event_id = b.id order by b.xid, b.id;
end $$;
