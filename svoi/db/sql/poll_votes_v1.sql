-- Votes do not wait for each other. Whoever votes shares the poll's lock until commit, whoever closes the poll wants it alone:
-- every vote that was taken is counted, and none comes after. A lock of its own, not one of the row, because those who share a
-- row write into it, and a stream of them would keep the closing hand waiting.
create function svoi_poll_vote_guard_v2() returns trigger language plpgsql as $$
declare
  poll svoi_poll;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('svoi_poll', new.poll_id));
  select * into poll from svoi_poll where id = new.poll_id;
  if poll.fired_at is null or poll.closed_at is not null or new.voted_at >= poll.closes_at
     or new.place >= jsonb_array_length(poll.options) then
    raise exception 'the poll takes no such vote' using errcode = 'check_violation';
  end if;
  return new;
end $$;
drop trigger svoi_pollvote_guard on svoi_pollvote;
create trigger svoi_pollvote_guard before insert on svoi_pollvote
  for each row execute function svoi_poll_vote_guard_v2();
drop function svoi_poll_vote_guard_v1();

create function svoi_poll_closing_v1() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('svoi_poll', new.id));
  return new;
end $$;
create trigger svoi_poll_closing before update on svoi_poll
  for each row when (old.closed_at is null and new.closed_at is not null) execute function svoi_poll_closing_v1();
