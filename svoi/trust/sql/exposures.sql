-- What was shown, when, and before how many: shows going live, letters that reminded of them, pins, envelopes, flash
-- deals set off. Letters of one show that left without a pause of ten minutes are one wave, told with its first; only
-- those that left count.
-- Somebody was there if a sample counted her or her own beats did, whichever says more; an envelope for a whole
-- community reaches those who belong. What was shown a day before the window still explains its beginning.
with shows as (
  select show.id, show.went_live_at
  from svoi_show as show
  where show.community_id = %(community)s and show.went_live_at < %(until)s
    and coalesce(show.ended_at, %(until)s) >= %(since)s::timestamptz - interval '1 day'
), there as (
  select shows.id,
         greatest(
           coalesce((select max(sample.counted) from svoi_watchsample as sample where sample.show_id = shows.id), 0),
           (select count(distinct beat.member_id) from svoi_watchbeat as beat
            where beat.show_id = shows.id and beat.counted)
         ) as reach
  from shows
), letters as (
  select shows.id, letter.sent_at,
         letter.sent_at - lag(letter.sent_at) over (partition by shows.id order by letter.sent_at) as pause
  from shows join svoi_letter as letter on letter.subject = 'show:' || shows.id
  where letter.kind = 'reminder_rang' and letter.sent_at is not null
    and letter.written_at >= %(since)s::timestamptz - interval '2 days' and letter.written_at < %(until)s
), waves as (
  select letters.id, letters.sent_at,
         count(*) filter (where pause is null or pause > interval '10 minutes')
           over (partition by letters.id order by letters.sent_at) as wave
  from letters
), shown as (
  select shows.id * 16 + 1 as target, shows.went_live_at as at, there.reach
  from shows join there using (id)
  union all
  select waves.id * 16 + 1, min(waves.sent_at), count(*)
  from waves group by waves.id, waves.wave
  union all
  select pin.product_id * 16 + 2, pin.pinned_at, there.reach
  from there join svoi_pin as pin on pin.show_id = there.id
  union all
  select deal.id * 16 + 4, firing.fired_at, there.reach
  from there join svoi_flashdeal as deal on deal.show_id = there.id
  join svoi_flashfiring as firing on firing.deal_id = deal.id
  union all
  select variant.product_id * 16 + 2, firing.fired_at, there.reach
  from there join svoi_flashdeal as deal on deal.show_id = there.id
  join svoi_flashfiring as firing on firing.deal_id = deal.id
  join svoi_variant as variant on variant.id = deal.variant_id
  union all
  select envelope.id * 16 + 3, envelope.sent_at,
         case envelope.place
           when 'show' then coalesce((select there.reach from there where there.id = envelope.place_id), 0)
           else (select count(*) from svoi_membership as one
                 where one.community_id = envelope.community_id and one.joined_at <= envelope.sent_at)
         end
  from svoi_envelope as envelope
  where envelope.community_id = %(community)s
)
select row_number() over (order by shown.at, shown.target) as exposure, shown.target,
       extract(epoch from shown.at)::float8 as at_s, shown.reach::bigint as reach_n
from shown
where shown.at >= %(since)s::timestamptz - interval '1 day' and shown.at < %(until)s
order by shown.at, shown.target
