-- Watched seconds of each show: counted viewers times the time until the next sample, and the peak of both counts.
-- Parameters: show_ids (bigint[]), longest_s (how long a sample holds at most). Index expected: watch_sample_once.
with sample as (
  select w.show_id, w.counted, w.raw, w.at,
    lead(w.at, 1, s.ended_at) over (partition by w.show_id order by w.at) as until
  from svoi_watchsample w
  join svoi_show s on s.id = w.show_id
  where w.show_id = any(%(show_ids)s) and w.at >= s.went_live_at and w.at < s.ended_at
)
select show_id, max(counted) as peak_counted,
  round(sum(counted * least(extract(epoch from until - at), %(longest_s)s)))::bigint as watch_s
from sample
group by show_id
