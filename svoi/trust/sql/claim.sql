-- Pieces taken of flash deals.
select claim.member_id as actor, claim.deal_id * 16 + 4 as target, extract(epoch from claim.taken_at)::float8 as at_s
from svoi_flashdeal as deal
join svoi_flashclaim as claim on claim.deal_id = deal.id
where deal.community_id = %(community)s and claim.taken_at >= %(since)s and claim.taken_at < %(until)s
