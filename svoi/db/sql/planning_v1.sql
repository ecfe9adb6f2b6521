-- A studio holds one show at a time, and a host stands in one show at a time, whoever writes beside whom.
-- Equality of numbers inside a GiST index needs btree_gist. PostgreSQL counts it among the trusted extensions: whoever
-- may create things in this database may create it; for everybody else the sentences below say what to do.
do $$
begin
  create extension if not exists btree_gist;
exception
  when insufficient_privilege then
    raise exception 'Svoi needs the PostgreSQL extension btree_gist, and the user "%" of DATABASE_URL may not create it.',
      current_user
      using errcode = 'insufficient_privilege',
        hint = format('Let the owner of the database run once: create extension btree_gist; or: grant create on database %I to %I;',
          current_database(), current_user);
  when undefined_file or feature_not_supported then
    raise exception 'Svoi needs the PostgreSQL extension btree_gist, and this server does not have it.'
      using errcode = 'feature_not_supported',
        hint = 'Install the package of additional modules of your PostgreSQL (contrib), then start again.';
end
$$;

alter table svoi_slot add constraint slot_studio_is_free
  exclude using gist (studio_id with =, tstzrange(begins_at, ends_at) with &&) where (removed_at is null);

alter table svoi_shift add constraint shift_host_is_free
  exclude using gist (member_id with =, tstzrange(begins_at, ends_at) with &&)
  where (role = 'host' and removed_at is null);

-- A reminder that rang has rung: it is never rung again.
create function svoi_reminder_rings_once_v1() returns trigger language plpgsql as $$
begin
  if old.rung_at is not null and new.rung_at is distinct from old.rung_at then
    raise exception 'this reminder rang already' using errcode = 'check_violation';
  end if;
  return new;
end
$$;
create trigger svoi_reminder_rings_once before update on svoi_reminder
  for each row execute function svoi_reminder_rings_once_v1();
