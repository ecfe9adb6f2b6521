-- A table under this trigger remembers: rows are inserted and never changed or removed.
create function svoi_append_only_v1() returns trigger language plpgsql as $$
begin
  raise exception '% keeps facts: rows are never changed or removed', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger svoi_event_append_only before update or delete on svoi_event
  for each row execute function svoi_append_only_v1();
create trigger svoi_eventsequence_append_only before update or delete on svoi_eventsequence
  for each row execute function svoi_append_only_v1();
create trigger svoi_chatmessage_append_only before update or delete on svoi_chatmessage
  for each row execute function svoi_append_only_v1();
create trigger svoi_paymentnotice_append_only before delete on svoi_paymentnotice
  for each row execute function svoi_append_only_v1();
