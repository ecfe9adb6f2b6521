-- Checkpoints that are not the one before plus the entries between. Parameters: first, last (ids of checkpoints).
-- Indexes expected: checkpoint_once, entries_posted.
select 'checkpoint_differs' as code, a.key || ' ' || c.entry_id as about
from svoi_checkpoint c
join svoi_account a on a.id = c.account_id
left join lateral (select p.entry_id, p.balance_minor from svoi_checkpoint p
                   where p.account_id = c.account_id and p.entry_id < c.entry_id
                   order by p.entry_id desc limit 1) p on true
cross join lateral (select coalesce(sum(e.amount_minor), 0) as moved from svoi_entry e
                    where e.account_id = c.account_id and e.layer = 'posted'
                      and e.id > coalesce(p.entry_id, 0) and e.id <= c.entry_id) m
where c.id between %(first)s and %(last)s
  and (a.keeps_balance or c.balance_minor <> coalesce(p.balance_minor, 0) + m.moved)
order by c.id
