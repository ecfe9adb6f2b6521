-- Entries of no transfer or of no account. Parameters: first, last (ids of entries).
select 'entry_astray' as code, e.id::text as about
from svoi_entry e
left join svoi_transfer t on t.id = e.transfer_id
left join svoi_account a on a.id = e.account_id
where e.id between %(first)s and %(last)s and (t.id is null or a.id is null)
order by e.id
