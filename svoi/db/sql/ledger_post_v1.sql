-- Puts transfers on record, thousands in one round trip, and says of each what became of it.
--   wanted    [{"key", "kind": transfer|hold, "reason", "subject", "currency", "legs": [[account, minor], …]} or
--              {"key", "kind": posting|voiding, "hold": key, "reason", "subject", "currency"?, "amount"?}, …]
--   accounts  [{"key", "currency", "may_go_negative", "keeps_balance"}, …]: opened when they are not there yet
--   outcome   done | repeated | transfer_differs | account_short | currency_differs | hold_unknown | hold_over |
--             more_than_held; a refused transfer leaves nothing, the others of the call stand
-- Transfers are decided in their order, each seeing those before it; an ending sees only holds of earlier calls.
-- Accounts are opened and locked in key order, so two calls never wait for each other in a circle.
create function svoi_ledger_post_v1(wanted jsonb, accounts jsonb, moment timestamptz)
returns table (place integer, outcome text, transfer_id bigint, transfer_at timestamptz, account text, left_minor bigint)
language plpgsql as $$
#variable_conflict use_column
declare
  size integer := jsonb_array_length(wanted);
  keys text[]; kinds text[]; hold_ids bigint[]; known_ids bigint[]; known_ats timestamptz[]; faults text[];
  firsts integer[]; starts integer[]; ends integer[];                     -- by place
  row_places integer[]; row_ids bigint[]; row_accounts integer[]; row_layers text[]; row_minors bigint[];
  account_ids bigint[]; account_keys text[]; free bigint[];               -- free: null where there is no floor
  stands integer[] := array_fill(null::integer, array[size]);             -- by first place of a key: where it was done
  outcomes text[] := array_fill(null::text, array[size]);
  short_keys text[] := array_fill(null::text, array[size]);
  short_minors bigint[] := array_fill(null::bigint, array[size]);
  p integer; q integer; short integer; delta bigint; again record;
begin
  if size = 0 then return; end if;
  insert into svoi_account (key, currency, may_go_negative, keeps_balance, opened_at)
    select a.key, a.currency, a.may_go_negative, a.keeps_balance, moment
    from jsonb_to_recordset(accounts) as a (key text, currency text, may_go_negative boolean, keeps_balance boolean)
    where not exists (select from svoi_account k where k.key = a.key) order by a.key
    on conflict do nothing;

  -- What would be written, entry by entry; a hold's own entries never change, so they may be read before any lock.
  select array_agg(r.place order by r.place, r.account_id, r.layer), array_agg(r.account_id order by r.place, r.account_id, r.layer),
         array_agg(r.slot order by r.place, r.account_id, r.layer), array_agg(r.layer order by r.place, r.account_id, r.layer),
         array_agg(r.minor order by r.place, r.account_id, r.layer)
    into row_places, row_ids, row_accounts, row_layers, row_minors
    from (
      select u.*, dense_rank() over (order by u.account_id)::integer as slot from (
        select x.n::integer as place, a.id as account_id, case x.w->>'kind' when 'hold' then 'held' else 'posted' end as layer,
               (leg->>1)::bigint as minor
        from jsonb_array_elements(wanted) with ordinality x (w, n)
        cross join jsonb_array_elements(coalesce(x.w->'legs', '[]')) leg join svoi_account a on a.key = leg->>0
        union all
        select x.n::integer, e.account_id, s.layer, s.minor
        from jsonb_array_elements(wanted) with ordinality x (w, n)
        join svoi_transfer h on h.key = x.w->>'hold' and h.kind = 'hold'
        join svoi_entry e on e.transfer_id = h.id
        cross join lateral (values ('released', -e.amount_minor),
                                   ('posted', case x.w->>'kind' when 'posting' then sign(e.amount_minor)::bigint
                                              * coalesce((x.w->>'amount')::bigint, abs(e.amount_minor)) end)) s (layer, minor)
        where s.minor is not null) u) r;
  row_places := coalesce(row_places, '{}');
  perform from svoi_accountbalance b join svoi_account a on a.id = b.account_id
    where b.account_id = any (row_ids) order by a.key for update of b;
  select array_agg(a.id order by a.id), array_agg(a.key::text order by a.id),
         array_agg(case when not a.may_go_negative then b.posted_minor - b.held_minor end order by a.id)
    into account_ids, account_keys, free
    from svoi_account a left join svoi_accountbalance b on b.account_id = a.id where a.id = any (row_ids);

  -- What each stands for already, and what speaks against it before any balance is looked at.
  select array_agg(i.key order by i.n), array_agg(i.kind order by i.n), array_agg(i.hold_id order by i.n),
         array_agg(i.first order by i.n), array_agg(i.known_id order by i.n), array_agg(i.known_at order by i.n),
         array_agg(i.low order by i.n), array_agg(i.high order by i.n), array_agg(i.fault order by i.n)
    into keys, kinds, hold_ids, firsts, known_ids, known_ats, starts, ends, faults
    from (
      select x.n, x.w->>'key' as key, x.w->>'kind' as kind, h.id as hold_id, t.id as known_id, t.at as known_at, l.low, l.high,
             min(x.n) over (partition by x.w->>'key') as first,
             case
               when x.w ? 'hold' and h.id is null then 'hold_unknown'
               when t.id is not null and t.hold_id is not null and t.kind <> x.w->>'kind' then 'hold_over'
               when t.id is not null and t.kind = x.w->>'kind' and t.reason = x.w->>'reason' and t.subject = x.w->>'subject'
                    and l.told = (select array_agg((e.account_id, e.layer, e.amount_minor)::text order by e.account_id, e.layer)
                                  from svoi_entry e where e.transfer_id = t.id) then 'repeated'
               when t.id is not null then 'transfer_differs'
               when x.w ? 'currency' and l.currencies <> array[x.w->>'currency'] then 'currency_differs'
               when (x.w->>'amount')::bigint > l.held then 'more_than_held'
             end as fault
      from jsonb_array_elements(wanted) with ordinality x (w, n)
      left join svoi_transfer h on h.key = x.w->>'hold' and h.kind = 'hold'
      left join svoi_transfer t on t.key = x.w->>'key'
      left join (select r.place, min(r.n) as low, max(r.n) as high, max(r.minor) filter (where r.layer = 'released') as held,
                        array_agg(distinct a.currency::text) as currencies,
                        array_agg((r.account_id, r.layer::varchar(8), r.minor)::text order by r.account_id, r.layer) as told
                 from unnest(row_places, row_ids, row_layers, row_minors) with ordinality r (place, account_id, layer, minor, n)
                 join svoi_account a on a.id = r.account_id group by r.place) l on l.place = x.n) i;

  for p in 1 .. size loop
    if faults[p] is not null then
      outcomes[p] := faults[p];
      continue;
    elsif stands[firsts[p]] is not null then
      outcomes[p] := case when wanted->(p - 1) = wanted->(stands[firsts[p]] - 1) then 'repeated' else 'transfer_differs' end;
      continue;
    end if;
    short := null;
    for q in starts[p] .. ends[p] loop
      delta := case row_layers[q] when 'posted' then row_minors[q] when 'held' then least(row_minors[q], 0)
                                  else greatest(row_minors[q], 0) end;
      free[row_accounts[q]] := free[row_accounts[q]] + delta;
    end loop;
    for q in starts[p] .. ends[p] loop
      if free[row_accounts[q]] < 0 then short := row_accounts[q]; exit; end if;
    end loop;
    if short is null then
      outcomes[p] := 'done';
      stands[firsts[p]] := p;
      continue;
    end if;
    for q in starts[p] .. ends[p] loop
      delta := case row_layers[q] when 'posted' then row_minors[q] when 'held' then least(row_minors[q], 0)
                                  else greatest(row_minors[q], 0) end;
      free[row_accounts[q]] := free[row_accounts[q]] - delta;
    end loop;
    outcomes[p] := 'account_short';
    short_keys[p] := account_keys[short];
    short_minors[p] := free[short];
  end loop;

  insert into svoi_transfer (key, kind, reason, subject, hold_id, at)
    select x.w->>'key', x.w->>'kind', x.w->>'reason', x.w->>'subject', hold_ids[x.n::integer], moment
    from jsonb_array_elements(wanted) with ordinality x (w, n) where outcomes[x.n::integer] = 'done' order by x.w->>'key'
    on conflict do nothing;
  select array_agg(coalesce(k.id, t.id) order by k.n) into known_ids
    from unnest(keys, known_ids) with ordinality k (key, id, n)
    left join svoi_transfer t on t.key = k.key and t.xid = pg_current_xact_id();
  insert into svoi_entry (transfer_id, account_id, layer, amount_minor)
    select known_ids[r.place], r.account_id, r.layer, r.minor
    from unnest(row_places, row_ids, row_layers, row_minors) with ordinality r (place, account_id, layer, minor, n)
    where outcomes[r.place] = 'done' and known_ids[r.place] is not null order by r.n;

  for p in 1 .. size loop
    continue when outcomes[p] <> 'done' or known_ids[p] is not null;
    -- Somebody committed this key since we looked: the answer is what stands there now.
    select * into again from svoi_ledger_post_v1(jsonb_build_array(wanted->(p - 1)), '[]', moment);
    outcomes[p] := again.outcome; known_ids[p] := again.transfer_id; known_ats[p] := again.transfer_at;
  end loop;
  return query
    select r.n::integer, r.outcome, r.id, coalesce(r.at, case when r.id is not null then moment end), r.account, r.minor
    from unnest(outcomes, known_ids, known_ats, short_keys, short_minors) with ordinality
         r (outcome, id, at, account, minor, n) order by r.n;
end $$;
