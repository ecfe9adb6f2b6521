-- Legal texts, consents and their withdrawals are kept as they were.
create trigger svoi_legaltext_append_only before update or delete on svoi_legaltext
  for each row execute function svoi_append_only_v1();
create trigger svoi_consent_append_only before update or delete on svoi_consent
  for each row execute function svoi_append_only_v1();
create trigger svoi_consentwithdrawal_append_only before update or delete on svoi_consentwithdrawal
  for each row execute function svoi_append_only_v1();
-- Events stay facts. One change is allowed: a person's name may be emptied when she is erased, and nothing else.
create function svoi_event_forgets_names_v1() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.payload -> 'name' = 'null'::jsonb and new.payload - 'name' = old.payload - 'name'
    and row(new.id, new.event_id, new.xid, new.kind, new.stream, new.at)
      is not distinct from row(old.id, old.event_id, old.xid, old.kind, old.stream, old.at) then
    return new;
  end if;
  raise exception '% keeps facts: rows are never changed or removed', tg_table_name using errcode = 'restrict_violation';
end $$;
drop trigger svoi_event_append_only on svoi_event;
create trigger svoi_event_append_only before update or delete on svoi_event
  for each row execute function svoi_event_forgets_names_v1();
