-- What members said in the chats of shows, each with the device and the network it was heard from (-1: unknown).
select message.author_id as actor, message.show_id * 16 + 1 as target, extract(epoch from message.said_at)::float8 as at_s,
       coalesce(heard.device, -1) as device, coalesce(heard.network, -1) as network
from svoi_show as show
join svoi_chatmessage as message on message.show_id = show.id
left join svoi_messageweight as heard
  on heard.show_id = message.show_id and heard.key = message.key and heard.member_id = message.author_id
where show.community_id = %(community)s and message.said_at >= %(since)s and message.said_at < %(until)s
