-- Visits: counted beats of a member in a show, a visit ending with ten minutes of silence; one fact for each beginning, with
-- the device and the network of its first beat (-1: unknown).
-- Beats before the window are read so that who was there already did not come at its first moment.
select beats.member_id as actor, beats.show_id * 16 + 1 as target, extract(epoch from beats.at)::float8 as at_s,
       coalesce(beats.device, -1) as device, coalesce(beats.network, -1) as network
from (
  select beat.member_id, beat.show_id, beat.at, beat.device, beat.network,
         beat.at - lag(beat.at) over (partition by beat.show_id, beat.member_id order by beat.at) as silence
  from svoi_show as show
  join svoi_watchbeat as beat on beat.show_id = show.id
  where show.community_id = %(community)s and beat.counted and beat.member_id is not null
    and beat.at >= %(since)s::timestamptz - interval '10 minutes' and beat.at < %(until)s
) as beats
where beats.at >= %(since)s and (beats.silence is null or beats.silence > interval '10 minutes')
