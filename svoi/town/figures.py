"""Every number the town is calibrated by, and where it is from.

Planned: the sizes the house plans for (small brand, large retailer), quoted in `docs/reference/town.md`. CDNOW: the
fit of BG/NBD and Gamma-Gamma to that public data set (Fader and Hardie). Default: a default of the house. Assumed: no
source gave a figure; the number is a plausible one, and no verdict about a detector may lean on it.
"""

from __future__ import annotations

# -- Activity ---------------------------------------------------------------------------------------------------
DAY_TO_MONTH = 0.31  # daily over monthly actives; published: Bilibili, third quarter of 2025, 117 M of 376 M
SESSIONS_MEDIAN = 0.17  # a day and person; fitted so that DAY_TO_MONTH comes out, shows included
SESSIONS_SIGMA = 1.4  # of the logarithm: heavy-tailed; assumed
ACTIONS_MEAN = 6.0  # of one session; assumed
FED_DAYS = 3  # how long the feed puts a story before its community; assumed
STORY_AGE_DAYS = 6.0  # mean age of what is read, from the day it is first fed; assumed
OWN_SHARE = 0.65  # of what is looked at in one's own communities, the rest anywhere; assumed
STORIES_PER_MEMBER_DAY = 5 / 1_000  # planned: small brand, 1 k members, 5 stories a day
JOINED_WITHIN_S = 2 * 365 * 86_400  # accounts are up to two years old; assumed
NEW_SHARE = 0.12  # of people who join while we look; assumed

# -- Shows ------------------------------------------------------------------------------------------------------
SHOWS_A_WEEK = 2  # per community; assumed
SHOW_S = (7_200, 10_800)  # planned: orders come "in 2-3 h"
UNIQUES_SHARE = 0.30  # of a community; planned: 500 uniques at 1 k members, guests among them
PEAK_OF_UNIQUES = (0.033, 0.12)  # planned: 10-30 k of 300 k; 60 of 500
WATCH_MEDIAN_S = 240.0  # published: viewers tolerate 3-5 min of advertising
WATCH_SIGMA = 1.2  # mean of about 8 min; assumed
PUSHED_SHARE = 0.25  # of viewers who come by the push; assumed
PUSH_DELAY_S = 1_800.0  # mean; assumed
CHATTERS = 0.04  # of uniques; planned: "4 % commenting"
CHAT_PROMPTED = 0.3  # of messages within a minute after a call to write; planned bursts are 20-100 x the average
REACTORS = 0.25  # of uniques; assumed. Hearts are one fact a person and minute, not one a tap
SHOW_BUYERS = 0.01  # of uniques; planned: "1 % CVR"
PIN_S = 480.0  # between two pins; assumed
ENVELOPE_SHARE = 0.25  # of shows with an envelope; assumed

# -- Orders -----------------------------------------------------------------------------------------------------
# CDNOW: BG/NBD's purchase rates are gamma(r) with rate alpha a week; Gamma-Gamma p, q, v for the values of orders.
BUYING_R, BUYING_ALPHA_WEEKS = 0.243, 4.414
VALUE_P, VALUE_Q, VALUE_V = 6.25, 3.74, 15.44
MINOR_PER_UNIT = 8_000  # a unit of that money (about 35 on average) as minor units of ours; assumed
PAID = 0.93  # of orders; assumed
COLLECTED = 0.92  # of paid ones; assumed
RETURNED = 0.06  # of collected ones; assumed
RETURN_WITHIN_S = 7 * 86_400  # default: seven days of right to return
KEPT_AT_POINT_S = 7 * 86_400  # then the money goes back; assumed
REVIEWED = 0.15  # of collected ones; assumed
STARS = (0.06, 0.03, 0.06, 0.17, 0.68)  # from one to five: J-shaped as shops know it; assumed

# -- Places -----------------------------------------------------------------------------------------------------
HOUSEHOLDS = (0.38, 0.30, 0.18, 0.14)  # people who live by 1, 2, 3, 4; assumed
WORKERS = 0.35  # who also come from an office; assumed
OFFICE_SIZE = 40  # assumed
PEOPLE_PER_NAT = 250  # behind one address of a mobile operator; assumed
AT_OFFICE = 0.6  # of a worker's sessions in working hours; assumed
MOBILE = 0.45  # of the other sessions; assumed
SECOND_DEVICE = 0.25  # who have one, and use it three times of ten; assumed
PHONE_LIFE_S = 2.5 * 365 * 86_400  # assumed
SHARED_TABLET = 0.05  # of sessions in households of two and more; assumed
HOUSEHOLD_CARD = 0.2  # who pay by the household's card; assumed
PEOPLE_PER_POINT = 220  # one pickup point; assumed

# Hours from Moscow's, and the share of people there; rounded from the population of Russia by time zone; assumed.
ZONES = ((-1, 0.01), (0, 0.64), (1, 0.06), (2, 0.14), (4, 0.08), (5, 0.03), (7, 0.02), (9, 0.02))
# Sessions by local hour, and by day from Monday; assumed (no source gives a profile): evening peak, weekend mornings.
HOURS_WORKDAY = (3, 1, 1, 1, 1, 2, 4, 7, 9, 8, 8, 9, 11, 10, 8, 8, 9, 11, 14, 17, 19, 19, 14, 7)
HOURS_WEEKEND = (4, 2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 13, 13, 13, 12, 12, 12, 13, 14, 15, 16, 16, 12, 7)
WEEKDAYS = (0.96, 0.96, 0.98, 1.0, 1.02, 1.06, 1.08)

# -- Belonging and judging --------------------------------------------------------------------------------------
VOUCHED = 0.5  # of newcomers; assumed
VOTES_UP_A_DAY, VOTES_PER_AUTHOR_A_DAY = 20, 6  # default: caps of votes
REPORTS_PER_PERSON_DAY = 0.0005  # assumed
CASES_PER_PERSON_DAY = 0.00005  # assumed
JURORS = 9  # default: nine jurors
JUROR_RIGHT = 0.8  # assumed
GUILTY = 0.5  # of cases; assumed
