-- Accounts whose stored balance is not what their entries say, or is below a floor, or should not be there.
-- Parameters: first, last (ids of accounts). Indexes expected: entries_posted, entries_promised.
with seen as (
  select a.id, a.key, a.keeps_balance, a.may_go_negative, b.account_id, b.posted_minor, b.held_minor,
         b.may_go_negative as may,
         (select coalesce(sum(e.amount_minor), 0) from svoi_entry e
          where e.account_id = a.id and e.layer = 'posted') as posted,
         (select coalesce(-sum(e.amount_minor) filter (where e.layer = 'held' and e.amount_minor < 0
                                                          or e.layer = 'released' and e.amount_minor > 0), 0)
          from svoi_entry e where e.account_id = a.id and e.layer <> 'posted') as held
  from svoi_account a left join svoi_accountbalance b on b.account_id = a.id
  where a.id between %(first)s and %(last)s and (a.keeps_balance or b.account_id is not null))
select case when account_id is null then 'balance_missing' when not keeps_balance then 'balance_not_kept'
            when posted_minor <> posted or held_minor <> held then 'balance_differs'
            when may <> may_go_negative then 'floor_differs' else 'below_zero' end as code, key as about
from seen
where account_id is null or not keeps_balance or posted_minor <> posted or held_minor <> held or may <> may_go_negative
   or not may_go_negative and posted < held
order by id
