-- A checkpoint says what a collecting account came to up to an entry; whoever writes the row, the database does the sum.
-- Nobody may be writing entries meanwhile, else one with a lower id could appear behind it: the lock is asked for, never
-- waited for, so that orders do not queue behind a checkpoint (55P03 when somebody is writing; try again).
create function svoi_ledger_checkpoint_v1() returns trigger language plpgsql as $$
declare before record;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('svoi_ledger', 0)) then
    raise exception 'somebody is writing entries' using errcode = 'lock_not_available';
  end if;
  if not exists (select from svoi_account a where a.id = new.account_id and not a.keeps_balance) then
    raise exception 'only accounts that keep no balance have checkpoints' using errcode = 'restrict_violation';
  end if;
  select c.entry_id, c.balance_minor into before
    from svoi_checkpoint c where c.account_id = new.account_id order by c.entry_id desc limit 1;
  select coalesce(max(e.id), before.entry_id, 0), coalesce(before.balance_minor, 0) + coalesce(sum(e.amount_minor), 0)
    into new.entry_id, new.balance_minor
    from svoi_entry e
   where e.account_id = new.account_id and e.layer = 'posted' and e.id > coalesce(before.entry_id, 0);
  return new;
end $$;
create trigger svoi_checkpoint_summed before insert on svoi_checkpoint
  for each row execute function svoi_ledger_checkpoint_v1();
