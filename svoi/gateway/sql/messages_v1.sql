-- How many messages a show has up to one number, and their weights in halves; one not weighed counts in full.
-- Parameters: show_id, upto. Indexes expected: chat_message_place_once, message_weights_of_show (show_id, at).
select said.number, greatest(2 * said.number - taken.halves, 0)
from (select count(*) as number from svoi_chatmessage where show_id = %(show_id)s and seq <= %(upto)s) as said,
  (select coalesce(sum(2 - weight), 0)::bigint as halves from svoi_messageweight
   where show_id = %(show_id)s and weight < 2) as taken
