-- The messages of a show after one number and up to another, and any with the keys given, in order, each with
-- its author's name, the role shown beside it, and whether it was hidden.
-- Parameters: show_id, after, upto, authors and keys (arrays of one length).
-- Indexes expected: chat_message_place_once (show_id, seq), chat_message_once (show_id, author_id, key).
select m.seq, m.id, m.author_id, a.name,
  case when s.host_id = m.author_id then 'host' else coalesce((
    select g.role::text from svoi_rolegrant g
    where g.community_id = s.community_id and g.member_id = m.author_id
    order by array_position(array['host', 'producer', 'owner', 'moderator'], g.role::text) limit 1
  ), 'viewer') end as role,
  m.text, m.said_at, m.media_at, m.key::text,
  exists (select from svoi_messagehiding h where h.message_id = m.id) as hidden
from (
  select * from svoi_chatmessage where show_id = %(show_id)s and seq > %(after)s and seq <= %(upto)s
  union
  select c.* from unnest(%(authors)s::bigint[], %(keys)s::uuid[]) as known (author_id, key)
  join svoi_chatmessage c on c.show_id = %(show_id)s and c.author_id = known.author_id and c.key = known.key
) m
join svoi_member a on a.id = m.author_id
join svoi_show s on s.id = m.show_id
order by m.seq
