-- What the ledger guarantees by itself, whoever writes to it.

create trigger svoi_account_append_only before update or delete on svoi_account
  for each row execute function svoi_append_only_v1();
create trigger svoi_transfer_append_only before update or delete on svoi_transfer
  for each row execute function svoi_append_only_v1();
create trigger svoi_entry_append_only before update or delete on svoi_entry
  for each row execute function svoi_append_only_v1();
create trigger svoi_checkpoint_append_only before update or delete on svoi_checkpoint
  for each row execute function svoi_append_only_v1();

-- A stored balance is written by triggers on accounts and entries only: at depth 1 somebody writes it by hand.
create function svoi_ledger_guard_balance_v1() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'a balance follows from entries and is never written by hand' using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create trigger svoi_accountbalance_guarded before insert or update or delete on svoi_accountbalance
  for each statement execute function svoi_ledger_guard_balance_v1();

create function svoi_ledger_open_v1() returns trigger language plpgsql as $$
begin
  insert into svoi_accountbalance (account_id, posted_minor, held_minor, may_go_negative)
    values (new.id, 0, 0, new.may_go_negative);
  return null;
end $$;
create trigger svoi_account_opens after insert on svoi_account
  for each row when (new.keeps_balance) execute function svoi_ledger_open_v1();

-- Everybody who writes entries shares this lock until commit; whoever takes a checkpoint wants it alone for a moment,
-- so that no entry with a lower id can still come. It is asked for before the first id is drawn.
create function svoi_ledger_begin_entries_v1() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('svoi_ledger', 0));
  return null;
end $$;
create trigger svoi_entry_begins before insert on svoi_entry
  for each statement execute function svoi_ledger_begin_entries_v1();

-- Entries belong to a transfer of the same transaction and to an account that exists; stored balances follow them.
create function svoi_ledger_follow_v1() returns trigger language plpgsql as $$
begin
  if exists (select from fresh f
             left join svoi_transfer t on t.id = f.transfer_id
             left join svoi_account a on a.id = f.account_id
             where a.id is null or t.xid is distinct from pg_current_xact_id()) then
    raise exception 'an entry needs an account, and a transfer made in the same transaction'
      using errcode = 'foreign_key_violation';
  end if;
  update svoi_accountbalance b
     set posted_minor = b.posted_minor + d.posted, held_minor = b.held_minor + d.promised
    from (select f.account_id,
                 coalesce(sum(f.amount_minor) filter (where f.layer = 'posted'), 0) as posted,
                 coalesce(-sum(f.amount_minor) filter (where f.layer = 'held' and f.amount_minor < 0
                                                          or f.layer = 'released' and f.amount_minor > 0), 0) as promised
            from fresh f group by f.account_id) d
   where b.account_id = d.account_id;
  return null;
end $$;
create trigger svoi_entry_followed after insert on svoi_entry
  referencing new table as fresh for each statement execute function svoi_ledger_follow_v1();

-- At commit each transfer made in the transaction, and only those, is sound: every layer sums to zero in one currency,
-- the layers are those of its kind, and what ends a hold releases exactly what it held and posts no more than that.
create function svoi_ledger_sound_v1() returns trigger language plpgsql as $$
declare told text;
begin
  select case
    when new.xid <> pg_current_xact_id() then 'claims another transaction'
    when count(*) < 2 then 'has no two entries'
    when coalesce(sum(e.amount_minor) filter (where e.layer = 'posted'), 0) <> 0
      or coalesce(sum(e.amount_minor) filter (where e.layer = 'held'), 0) <> 0
      or coalesce(sum(e.amount_minor) filter (where e.layer = 'released'), 0) <> 0 then 'does not sum to zero'
    when min(a.currency) <> max(a.currency) then 'mixes currencies'
    when bool_or(e.layer <> all (case new.kind when 'transfer' then array['posted'] when 'hold' then array['held']
                                               when 'voiding' then array['released']
                                               else array['released', 'posted'] end)) then 'has entries of another kind'
    end
    into told from svoi_entry e join svoi_account a on a.id = e.account_id where e.transfer_id = new.id;
  if told is null and new.hold_id is not null then
    select 'does not end its hold' into told
    from (select account_id, amount_minor as held from svoi_entry where transfer_id = new.hold_id and layer = 'held') h
    full join (select account_id, sum(amount_minor) filter (where layer = 'released') as released,
                      sum(amount_minor) filter (where layer = 'posted') as posted
               from svoi_entry where transfer_id = new.id group by account_id) e using (account_id)
    where h.held is distinct from -e.released or abs(e.posted) > abs(h.held) or sign(e.posted) <> sign(h.held)
    limit 1;
  end if;
  if told is not null then
    raise exception 'transfer % %', new.key, told using errcode = 'integrity_constraint_violation';
  end if;
  return null;
end $$;
create constraint trigger svoi_transfer_sound after insert on svoi_transfer deferrable initially deferred
  for each row execute function svoi_ledger_sound_v1();

-- Balances are updated in place: room on the page keeps that cheap.
alter table svoi_accountbalance set (fillfactor = 70);
