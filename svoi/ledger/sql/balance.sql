-- One account's balance and what is promised out of it: the stored row, or a sum from the last checkpoint on.
-- Parameter: key. Indexes expected: account's key, checkpoint_once, entries_posted, entries_promised.
select a.currency,
       coalesce(b.posted_minor, coalesce(c.balance_minor, 0) + s.posted)::bigint as posted_minor,
       coalesce(b.held_minor, s.held)::bigint as held_minor
from svoi_account a
left join svoi_accountbalance b on b.account_id = a.id
left join lateral (select entry_id, balance_minor from svoi_checkpoint
                   where account_id = a.id order by entry_id desc limit 1) c on not a.keeps_balance
left join lateral (
  select (select coalesce(sum(e.amount_minor), 0) from svoi_entry e
          where e.account_id = a.id and e.layer = 'posted' and e.id > coalesce(c.entry_id, 0)) as posted,
         (select coalesce(-sum(e.amount_minor) filter (where e.layer = 'held' and e.amount_minor < 0
                                                          or e.layer = 'released' and e.amount_minor > 0), 0)
          from svoi_entry e where e.account_id = a.id and e.layer <> 'posted') as held) s on not a.keeps_balance
where a.key = %(key)s
