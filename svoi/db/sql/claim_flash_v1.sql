-- Takes pieces of flash deals, thousands of asks in one round trip: the only writer of claims.
--   by place  deal_ids, member_ids, quantities, keys
--   outcome   done | repeated (her claim, whenever she made it) | sold_out | over | not_yet | limit (of a person, told in
--             `person_limit`) | retry (she asked twice in one call)
-- Whoever stands first in the arrays comes first; who asks for more than is left gets what is left, so that nobody is sent
-- away while a piece is there. Deals are locked in the order of their ids, so two calls never wait in a circle. One event
-- per deal and call tells of it; the last piece closes the deal.
create function svoi_claim_flash_v1(
  deal_ids bigint[], member_ids bigint[], quantities integer[], keys uuid[], moment timestamptz)
returns table (place integer, outcome text, claim_position integer, claim_quantity integer, claim_until timestamptz,
               claim_taken_at timestamptz, person_limit integer)
language plpgsql as $$
#variable_conflict use_column
declare
  outcomes text[]; positions integer[]; pieces integer[]; untils timestamptz[]; moments timestamptz[]; limits integer[];
begin
  perform from svoi_flashdeal where id = any (deal_ids) order by id for no key update;
  -- The lock came first, so that what was committed before it is seen below.
  with deals as materialized (
    select d.id, d.quantity, d.per_person::integer as per_person, d.reserve_s, c.closed_for,
           c.closed_for is not null or moment >= coalesce(f.ends_at, 'infinity') as is_over,
           moment < coalesce(f.opens_at, 'infinity') as is_early,
           coalesce((select max(t.position) from svoi_flashclaim t where t.deal_id = d.id), 0) as gone
    from svoi_flashdeal d
    left join svoi_flashfiring f on f.deal_id = d.id
    left join svoi_flashclosing c on c.deal_id = d.id
    where d.id = any (deal_ids)),
  asked as (
    select a.n, a.deal_id, a.quantity as wanted, d.quantity, d.per_person, d.reserve_s, d.gone, t.position,
           t.quantity as has, t.until, t.taken_at,
           case when t.position is not null then 'repeated'
                when d.closed_for = 'sold_out' then 'sold_out'
                when coalesce(d.is_over, true) then 'over'
                when d.is_early then 'not_yet'
                when a.quantity between 1 and d.per_person is not true then 'limit'
                when row_number() over (partition by a.deal_id, a.member_id order by a.n) > 1 then 'retry'
                else 'asks' end as verdict
    from unnest(deal_ids, member_ids, quantities) with ordinality a (deal_id, member_id, quantity, n)
    left join deals d on d.id = a.deal_id
    left join svoi_flashclaim t on t.deal_id = a.deal_id and t.member_id = a.member_id),
  turned as (
    select a.*, a.gone + coalesce(sum(a.wanted) filter (where a.verdict = 'asks') over (
             partition by a.deal_id order by a.n rows between unbounded preceding and 1 preceding), 0) as before
    from asked a),
  decided as (
    select t.n, t.per_person,
           case when t.verdict <> 'asks' then t.verdict when t.before < t.quantity then 'done' else 'sold_out' end as outcome,
           coalesce(t.position, least(t.before + t.wanted, t.quantity)::integer) as position,
           coalesce(t.has, least(t.wanted, t.quantity - t.before)::integer) as pieces,
           coalesce(t.until, moment + make_interval(secs => t.reserve_s)) as until, coalesce(t.taken_at, moment) as taken_at
    from turned t)
  select array_agg(d.outcome order by d.n), array_agg(d.position order by d.n), array_agg(d.pieces order by d.n),
         array_agg(d.until order by d.n), array_agg(d.taken_at order by d.n), array_agg(d.per_person order by d.n)
    into outcomes, positions, pieces, untils, moments, limits from decided d;

  if 'done' = any (outcomes) then
    insert into svoi_flashclaim (deal_id, member_id, after, position, quantity, of, key, taken_at, until)
      select a.deal_id, a.member_id, nullif(a.position - a.pieces, 0), a.position, a.pieces, d.quantity, a.key, moment,
             a.until
      from unnest(deal_ids, member_ids, keys, positions, pieces, untils, outcomes)
           a (deal_id, member_id, key, position, pieces, until, outcome)
      join svoi_flashdeal d on d.id = a.deal_id where a.outcome = 'done';

    with told as (
      select d.id, d.community_id, d.show_id, count(*) as takers, sum(a.pieces) as pieces,
             d.quantity - max(a.position) as remain
      from unnest(deal_ids, positions, pieces, outcomes) a (deal_id, position, pieces, outcome)
      join svoi_flashdeal d on d.id = a.deal_id where a.outcome = 'done' group by d.id),
    ended as (
      insert into svoi_flashclosing (deal_id, closed_for, returned, closed_at)
        select t.id, 'sold_out', 0, moment from told t where t.remain = 0 returning deal_id)
    insert into svoi_event (event_id, kind, stream, payload)
      select gen_random_uuid(), e.kind, format('show:%s', t.show_id),
             jsonb_build_object('deal_id', t.id, 'community_id', t.community_id, 'show_id', t.show_id) || e.facts
      from told t left join ended n on n.deal_id = t.id
      cross join lateral (values
        (1, 'flash_taken', jsonb_build_object('takers', t.takers, 'pieces', t.pieces, 'left', t.remain)),
        (2, 'flash_over', jsonb_build_object('closed_for', 'sold_out', 'returned', 0))) e (n, kind, facts)
      where e.n = 1 or n.deal_id is not null order by t.id, e.n;
  end if;
  return query
    select r.n::integer, r.outcome, case when r.outcome in ('done', 'repeated') then r.position end,
           case when r.outcome in ('done', 'repeated') then r.pieces end,
           case when r.outcome in ('done', 'repeated') then r.until end,
           case when r.outcome in ('done', 'repeated') then r.taken_at end, r.per_person
    from unnest(outcomes, positions, pieces, untils, moments, limits) with ordinality
         r (outcome, position, pieces, until, taken_at, per_person, n)
    order by r.n;
end $$;

-- What the rule needs to know of those who ask, pair by pair: when the deal can be taken, and her record. A deal that is
-- unknown, or that nobody set off, has no row.
-- Index expected: membership_once (community_id, member_id), flash_claim_once.
create function svoi_flash_askers_v1(deal_ids bigint[], member_ids bigint[])
returns table (place integer, opens_at timestamptz, ends_at timestamptz, closed_for text, age_days integer,
               per_person integer, joined_at timestamptz, claim_position integer)
language sql stable as $$
  select a.n::integer, f.opens_at, f.ends_at, coalesce(c.closed_for, ''), d.age_days::integer, d.per_person::integer,
         m.joined_at, t.position
  from unnest(deal_ids, member_ids) with ordinality a (deal_id, member_id, n)
  join svoi_flashdeal d on d.id = a.deal_id
  join svoi_flashfiring f on f.deal_id = d.id
  left join svoi_flashclosing c on c.deal_id = d.id
  left join svoi_membership m on m.community_id = d.community_id and m.member_id = a.member_id
  left join svoi_flashclaim t on t.deal_id = a.deal_id and t.member_id = a.member_id
  order by a.n
$$;

-- A claim is of a deal that promised as much as the claim says, and begins where exactly one other ends.
alter table svoi_flashclaim add constraint flash_claim_of_deal
  foreign key (deal_id, of) references svoi_flashdeal (id, quantity);
alter table svoi_flashclaim add constraint flash_claim_follows
  foreign key (deal_id, after) references svoi_flashclaim (deal_id, position);

create trigger svoi_flashdeal_append_only before update or delete on svoi_flashdeal
  for each row execute function svoi_append_only_v1();
create trigger svoi_flashfiring_append_only before update or delete on svoi_flashfiring
  for each row execute function svoi_append_only_v1();
create trigger svoi_flashclaim_append_only before update or delete on svoi_flashclaim
  for each row execute function svoi_append_only_v1();
create trigger svoi_flashextension_append_only before update or delete on svoi_flashextension
  for each row execute function svoi_append_only_v1();
create trigger svoi_flashending_append_only before update or delete on svoi_flashending
  for each row execute function svoi_append_only_v1();
create trigger svoi_flashclosing_append_only before update or delete on svoi_flashclosing
  for each row execute function svoi_append_only_v1();
create trigger svoi_flashsettling_append_only before update or delete on svoi_flashsettling
  for each row execute function svoi_append_only_v1();
