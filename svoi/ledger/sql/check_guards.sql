-- Triggers and constraints of the ledger that are missing or switched off.
select 'guard_off' as code, w.name as about
from (values ('svoi_account', 'svoi_account_append_only'), ('svoi_account', 'svoi_account_opens'),
             ('svoi_transfer', 'svoi_transfer_append_only'), ('svoi_transfer', 'svoi_transfer_sound'),
             ('svoi_entry', 'svoi_entry_append_only'), ('svoi_entry', 'svoi_entry_begins'),
             ('svoi_entry', 'svoi_entry_followed'), ('svoi_checkpoint', 'svoi_checkpoint_append_only'),
             ('svoi_checkpoint', 'svoi_checkpoint_summed'), ('svoi_accountbalance', 'svoi_accountbalance_guarded'))
     as w (relation, name)
left join pg_trigger t on t.tgrelid = to_regclass(w.relation) and t.tgname = w.name
where t.oid is null or t.tgenabled not in ('O', 'A')
union all
select 'guard_off', w.name
from (values ('svoi_accountbalance', 'account_never_below_zero'), ('svoi_accountbalance', 'account_holds_are_not_negative'),
             ('svoi_account', 'account_floor_needs_a_balance'), ('svoi_transfer', 'only_endings_name_a_hold'),
             ('svoi_entry', 'entry_once')) as w (relation, name)
left join pg_constraint c on c.conrelid = to_regclass(w.relation) and c.conname = w.name and c.convalidated
where c.oid is null
union all
select 'guard_off', 'hold_ends_once' where to_regclass('hold_ends_once') is null
order by 2
