-- Takes shares of envelopes, thousands in one round trip: the only writer of shares.
--   by place  envelope_ids, member_ids, keys; nths: which share of her day it would be, as the rule counted it
--   outcome   done | repeated (her share, whenever she took it) | empty | over | retry (her day was counted anew, or she
--             asked twice in one call)
-- Each share is the next position of the deal that was sealed when the envelope was sent. One transfer per envelope
-- and call moves the points, one event tells it. Whoever stands first in the arrays comes first. Envelopes are locked in
-- the order of their ids, members' points in the order of the ledger, so two calls never wait in a circle.
create function svoi_claim_shares_v2(
  envelope_ids bigint[], member_ids bigint[], keys uuid[], nths integer[], on_day date, moment timestamptz)
returns table (place integer, outcome text, share_position integer, share_amount bigint, share_taken_at timestamptz)
language plpgsql as $$
#variable_conflict use_column
declare
  outcomes text[]; positions integer[]; amounts bigint[]; moments timestamptz[];
begin
  perform from svoi_envelope where id = any (envelope_ids) order by id for no key update;
  -- The lock came first, so that what was committed before it is seen below.
  with pots as materialized (
    select v.id, v.shares, v.daily_shares_max, v.community_id, c.closed_for,
           v.expires_at <= moment or c.closed_for is not null as is_over,
           coalesce((select max(s.position) from svoi_envelopeshare s where s.envelope_id = v.id), 0) as gone
    from svoi_envelope v left join svoi_envelopeclosing c on c.envelope_id = v.id
    where v.id = any (envelope_ids)),
  asked as (
    select a.n, a.envelope_id, p.shares, p.gone, p.closed_for, p.is_over, s.position, s.amount, s.taken_at,
           row_number() over (partition by a.envelope_id, a.member_id order by a.n) = 1 as is_first,
           a.nth between 1 and p.daily_shares_max
             and not exists (select from svoi_envelopeshare d where d.member_id = a.member_id
                             and d.community_id = p.community_id and d.day = on_day and d.nth = a.nth) as is_counted
    from unnest(envelope_ids, member_ids, nths) with ordinality a (envelope_id, member_id, nth, n)
    left join pots p on p.id = a.envelope_id
    left join svoi_envelopeshare s on s.envelope_id = a.envelope_id and s.member_id = a.member_id),
  turned as (
    select a.*, a.gone + count(*) filter (where a.position is null and a.is_first and not a.is_over and a.is_counted)
                         over (partition by a.envelope_id order by a.n) as turn
    from asked a),
  dealt as (
    select p.id, p.gone + u.place as position, u.amount
    from pots p join svoi_envelopedeal d on d.envelope_id = p.id
    cross join lateral unnest(d.amounts[p.gone + 1 : p.gone + cardinality(envelope_ids)]) with ordinality u (amount, place)
    where not p.is_over),
  decided as (
    select t.n, case when t.position is not null then 'repeated'
                     when t.closed_for = 'empty' then 'empty'
                     when coalesce(t.is_over, true) then 'over'
                     when not t.is_first or not t.is_counted then 'retry'
                     when t.turn > t.shares then 'empty'
                     else 'done' end as outcome,
           coalesce(t.position, d.position) as position, coalesce(t.amount, d.amount) as amount,
           coalesce(t.taken_at, moment) as taken_at
    from turned t left join dealt d on d.id = t.envelope_id and d.position = t.turn)
  select array_agg(d.outcome order by d.n), array_agg(d.position order by d.n), array_agg(d.amount order by d.n),
         array_agg(d.taken_at order by d.n)
    into outcomes, positions, amounts, moments from decided d;

  if 'done' = any (outcomes) then
    -- A key that is in the way here was written by a call on another envelope: the whole call is made again.
    insert into svoi_envelopeshare (envelope_id, position, member_id, amount, key, community_id, day, nth, taken_at)
      select a.envelope_id, a.position, a.member_id, a.amount, a.key, v.community_id, on_day, a.nth, moment
      from unnest(envelope_ids, positions, member_ids, amounts, keys, nths, outcomes)
           a (envelope_id, position, member_id, amount, key, nth, outcome)
      join svoi_envelope v on v.id = a.envelope_id where a.outcome = 'done';

    perform svoi_ledger_pay_out_v1(
              format('envelope:%s:from:%s', v.id, min(a.position)), format('pot:envelope:%s', v.id),
              array_agg(format('points:%s:%s', v.community_id, a.member_id)), array_agg(a.amount),
              'envelope_share', format('envelope:%s', v.id), 'PTS', moment)
      from unnest(envelope_ids, member_ids, positions, amounts, outcomes)
           a (envelope_id, member_id, position, amount, outcome)
      join svoi_envelope v on v.id = a.envelope_id where a.outcome = 'done' group by v.id order by v.id;

    with told as (
      select v.id, v.community_id, v.place, v.place_id, v.shares, count(*) as takers, sum(a.amount) as points,
             v.shares - max(a.position) as remain
      from unnest(envelope_ids, positions, amounts, outcomes) a (envelope_id, position, amount, outcome)
      join svoi_envelope v on v.id = a.envelope_id where a.outcome = 'done' group by v.id),
    ended as (
      insert into svoi_envelopeclosing (envelope_id, closed_for, returned, closed_at)
        select t.id, 'empty', 0, moment from told t where t.remain = 0 returning envelope_id)
    insert into svoi_event (event_id, kind, stream, payload)
      select gen_random_uuid(), e.kind, format('%s:%s', t.place, t.place_id),
             jsonb_build_object('envelope_id', t.id, 'community_id', t.community_id, 'place', t.place,
                                'place_id', t.place_id) || e.facts
      from told t left join ended n on n.envelope_id = t.id
      cross join lateral (values
        (1, 'shares_taken', jsonb_build_object('takers', t.takers, 'points', t.points, 'shares_left', t.remain)),
        (2, 'envelope_closed', jsonb_build_object('closed_for', 'empty', 'returned', 0))) e (n, kind, facts)
      where e.n = 1 or n.envelope_id is not null order by t.id, e.n;
  end if;
  return query
    select r.n::integer, r.outcome, case when r.outcome in ('done', 'repeated') then r.position end,
           case when r.outcome in ('done', 'repeated') then r.amount end,
           case when r.outcome in ('done', 'repeated') then r.taken_at end
    from unnest(outcomes, positions, amounts, moments) with ordinality r (outcome, position, amount, taken_at, n)
    order by r.n;
end $$;

-- In place of foreign keys, which would lock the envelope's row and each member's once more for every share: one look
-- for all shares of a call. Neither row ever goes away.
create function svoi_shares_known_v1() returns trigger language plpgsql as $$
begin
  if exists (select from fresh f
             left join svoi_envelope v on v.id = f.envelope_id
             left join svoi_member m on m.id = f.member_id
             where m.id is null or v.community_id is distinct from f.community_id) then
    raise exception 'a share needs an envelope of its community, and a member' using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;
create trigger svoi_envelopeshare_known after insert on svoi_envelopeshare
  referencing new table as fresh for each statement execute function svoi_shares_known_v1();
