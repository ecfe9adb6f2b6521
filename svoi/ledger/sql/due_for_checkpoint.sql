-- Collecting accounts that moved `entries` times or more since their last checkpoint; no more than that are counted.
-- Indexes expected: checkpoint_once, entries_posted.
select a.key from svoi_account a
where not a.keeps_balance and %(entries)s <= (
  select count(*) from (
    select from svoi_entry e
    where e.account_id = a.id and e.layer = 'posted'
      and e.id > coalesce((select max(c.entry_id) from svoi_checkpoint c where c.account_id = a.id), 0)
    limit %(entries)s) lately)
order by a.key
