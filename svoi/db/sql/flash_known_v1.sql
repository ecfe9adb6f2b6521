-- In place of a foreign key, which would lock each member's row for her claim: one look for all claims of a call.
create function svoi_flash_known_v1() returns trigger language plpgsql as $$
begin
  if exists (select from fresh f left join svoi_member m on m.id = f.member_id where m.id is null) then
    raise exception 'a claim needs a member' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create trigger svoi_flashclaim_known after insert on svoi_flashclaim
  referencing new table as fresh for each statement execute function svoi_flash_known_v1();
