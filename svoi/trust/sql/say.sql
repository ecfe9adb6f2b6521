-- What members said in the chats of shows.
select message.author_id as actor, message.show_id * 16 + 1 as target, extract(epoch from message.said_at)::float8 as at_s
from svoi_show as show
join svoi_chatmessage as message on message.show_id = show.id
where show.community_id = %(community)s and message.said_at >= %(since)s and message.said_at < %(until)s
