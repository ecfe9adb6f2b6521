-- Who cued what, who said what to whom, who reported what and who voted for what stays as it was written.
create trigger svoi_cue_append_only before update or delete on svoi_cue
  for each row execute function svoi_append_only_v1();
create trigger svoi_crewnote_append_only before update or delete on svoi_crewnote
  for each row execute function svoi_append_only_v1();
create trigger svoi_answer_append_only before update or delete on svoi_answer
  for each row execute function svoi_append_only_v1();
create trigger svoi_incident_append_only before update or delete on svoi_incident
  for each row execute function svoi_append_only_v1();
create trigger svoi_pollvote_append_only before update or delete on svoi_pollvote
  for each row execute function svoi_append_only_v1();

-- A hold, duties and a pinned message end once; that they began, and for whom, is never changed.
create trigger svoi_hold_kept before delete on svoi_hold
  for each row execute function svoi_append_only_v1();
create trigger svoi_hold_ends_once before update on svoi_hold
  for each row
  when (old.ended_at is not null
        or to_jsonb(old) - 'ended_at' - 'seen_at' is distinct from
           to_jsonb(new) - 'ended_at' - 'seen_at')
  execute function svoi_append_only_v1();
create trigger svoi_duties_kept before delete on svoi_duties
  for each row execute function svoi_append_only_v1();
create trigger svoi_duties_ends_once before update on svoi_duties
  for each row
  when (old.ended_at is not null
        or to_jsonb(old) - 'ended_at' is distinct from
           to_jsonb(new) - 'ended_at')
  execute function svoi_append_only_v1();
create trigger svoi_messagepin_kept before delete on svoi_messagepin
  for each row execute function svoi_append_only_v1();
create trigger svoi_messagepin_ends_once before update on svoi_messagepin
  for each row
  when (old.unpinned_at is not null
        or to_jsonb(old) - 'unpinned_at' - 'unpinned_by_id' is distinct from
           to_jsonb(new) - 'unpinned_at' - 'unpinned_by_id')
  execute function svoi_append_only_v1();

-- A poll is written once, set off once and closed once: nobody changes a question after it was answered.
create trigger svoi_poll_kept before delete on svoi_poll
  for each row execute function svoi_append_only_v1();
create trigger svoi_poll_words_kept before update on svoi_poll
  for each row
  when (old.closed_at is not null
        or to_jsonb(old) - 'fired_at' - 'fired_by_id' - 'closes_at' - 'closed_at' - 'closed_by_id' is distinct from
           to_jsonb(new) - 'fired_at' - 'fired_by_id' - 'closes_at' - 'closed_at' - 'closed_by_id'
        or old.fired_at is not null
           and (old.fired_at, old.fired_by_id, old.closes_at) is distinct from
               (new.fired_at, new.fired_by_id, new.closes_at))
  execute function svoi_append_only_v1();

-- A vote is for an option the poll has, and is taken while the poll is open: not by hand afterwards either.
create function svoi_poll_vote_guard_v1() returns trigger language plpgsql as $$
declare
  poll svoi_poll;
begin
  select * into poll from svoi_poll where id = new.poll_id;
  if poll.fired_at is null or poll.closed_at is not null or new.voted_at >= poll.closes_at
     or new.place >= jsonb_array_length(poll.options) then
    raise exception 'the poll takes no such vote' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger svoi_pollvote_guard before insert on svoi_pollvote
  for each row execute function svoi_poll_vote_guard_v1();
