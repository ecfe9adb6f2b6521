-- What was said, proved and decided stays as it was written. Evidence may be withdrawn, once; nothing else of it moves.
create trigger svoi_claim_append_only before update or delete on svoi_claim
  for each row execute function svoi_append_only_v1();
create trigger svoi_storystep_append_only before update or delete on svoi_storystep
  for each row execute function svoi_append_only_v1();
create trigger svoi_rundownchange_append_only before update or delete on svoi_rundownchange
  for each row execute function svoi_append_only_v1();
create trigger svoi_evidence_kept before delete on svoi_evidence
  for each row execute function svoi_append_only_v1();
create trigger svoi_evidence_words_kept before update on svoi_evidence
  for each row
  when (old.withdrawn_at is not null
        or to_jsonb(old) - 'withdrawn_at' - 'withdrawn_by_id' is distinct from
           to_jsonb(new) - 'withdrawn_at' - 'withdrawn_by_id')
  execute function svoi_append_only_v1();

-- Nobody can write down that something may be said while a claim in it has no proof that lasts until the show: not by
-- the shop's own code, not by hand. An approval answers the last question asked, or is that of the same words elsewhere.
create function svoi_story_step_guard_v1() returns trigger language plpgsql as $$
declare
  begins timestamptz;
  last svoi_storystep;
begin
  select show.starts_at into begins
    from svoi_segment as segment
    join svoi_rundown as rundown on rundown.id = segment.rundown_id
    join svoi_show as show on show.id = rundown.show_id
   where segment.id = new.segment_id;
  if begins is null then
    raise exception 'a template is not approved' using errcode = 'check_violation';
  end if;
  if exists (
    select from svoi_segmentclaim as said
     where said.segment_id = new.segment_id
       and not exists (
         select from svoi_evidence as evidence
          where evidence.claim_id = said.claim_id and evidence.withdrawn_at is null
            and (evidence.valid_until is null or evidence.valid_until > begins))
  ) then
    raise exception 'a claim has no evidence that lasts until the show' using errcode = 'check_violation';
  end if;
  if new.carried_from_id is not null then
    select * into last from svoi_storystep where id = new.carried_from_id and step = 'approved';
  else
    select * into last from svoi_storystep where segment_id = new.segment_id order by id desc limit 1;
    if last.step is distinct from 'asked' then
      raise exception 'an approval answers a question' using errcode = 'check_violation';
    end if;
  end if;
  if last.fingerprint is distinct from new.fingerprint then
    raise exception 'an approval is for the words that were asked about' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger svoi_storystep_guard before insert on svoi_storystep
  for each row when (new.step = 'approved') execute function svoi_story_step_guard_v1();
