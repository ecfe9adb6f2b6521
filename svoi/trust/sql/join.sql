-- Who came to belong.
select membership.member_id as actor, membership.community_id * 16 as target,
       extract(epoch from membership.joined_at)::float8 as at_s
from svoi_membership as membership
where membership.community_id = %(community)s and membership.joined_at >= %(since)s and membership.joined_at < %(until)s
