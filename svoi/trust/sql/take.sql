-- Shares taken of envelopes.
select share.member_id as actor, share.envelope_id * 16 + 3 as target, extract(epoch from share.taken_at)::float8 as at_s
from svoi_envelope as envelope
join svoi_envelopeshare as share on share.envelope_id = envelope.id
where envelope.community_id = %(community)s and share.taken_at >= %(since)s and share.taken_at < %(until)s
