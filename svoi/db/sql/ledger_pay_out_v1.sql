-- One account pays many as one transfer: what a burst needs of the ledger, with none of what it does not. A key that was
-- used, or a payer with too little, fails the whole statement: the keys and the balances' own checks see to that.
--   payees    account keys, each once; those that are not there yet are opened, without a way below zero
-- Accounts are opened and locked in key order, as `svoi_ledger_post_v1` does it, so two calls never wait in a circle.
create function svoi_ledger_pay_out_v1(
  transfer_key text, payer text, payees text[], amounts bigint[], why text, about text, money text, moment timestamptz)
returns bigint language plpgsql as $$
declare
  made bigint;
begin
  insert into svoi_account (key, currency, may_go_negative, keeps_balance, opened_at)
    select p.key, money, false, true, moment from unnest(payees) p (key)
    where not exists (select from svoi_account k where k.key = p.key) order by p.key
    on conflict do nothing;
  perform from svoi_accountbalance b join svoi_account a on a.id = b.account_id
    where a.key = any (payees || payer) order by a.key for update of b;
  insert into svoi_transfer (key, kind, reason, subject, at)
    values (transfer_key, 'transfer', why, about, moment) returning id into made;
  insert into svoi_entry (transfer_id, account_id, layer, amount_minor)
    select made, a.id, 'posted', p.amount
    from (select * from unnest(payees, amounts) union all select payer, -(select sum(u) from unnest(amounts) u)) p (key, amount)
    left join svoi_account a on a.key = p.key;
  return made;
end $$;

-- Balances are opened for all new accounts of a statement at once. What the balance's foreign key would check again for
-- each is so by this trigger, the only one that writes them.
drop trigger svoi_account_opens on svoi_account;
drop function svoi_ledger_open_v1();
create function svoi_ledger_open_v2() returns trigger language plpgsql as $$
begin
  insert into svoi_accountbalance (account_id, posted_minor, held_minor, may_go_negative)
    select f.id, 0, 0, f.may_go_negative from fresh f where f.keeps_balance;
  return null;
end $$;
create trigger svoi_account_opens after insert on svoi_account
  referencing new table as fresh for each statement execute function svoi_ledger_open_v2();
