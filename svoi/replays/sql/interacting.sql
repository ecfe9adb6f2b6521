-- How many people sent a heart or wrote something in each show, and how many messages stand.
-- Parameters: show_ids (bigint[]). Indexes expected: reactions_of_show, message_weights_of_show, chat_message_place_once.
with deed as (
  select show_id, viewer from svoi_reaction where show_id = any(%(show_ids)s)
  union
  select show_id, viewer from svoi_messageweight where show_id = any(%(show_ids)s)
),
said as (
  select m.show_id, count(*) as messages
  from svoi_chatmessage m
  left join svoi_messagehiding h on h.message_id = m.id
  where m.show_id = any(%(show_ids)s) and h.message_id is null
  group by m.show_id
)
select s.id as show_id, coalesce(d.people, 0) as interacting, coalesce(said.messages, 0) as messages
from unnest(%(show_ids)s::bigint[]) as s(id)
left join (select show_id, count(*) as people from deed group by show_id) d on d.show_id = s.id
left join said on said.show_id = s.id
