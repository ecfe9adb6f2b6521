-- The number of the last message of a show, 0 before the first. Index expected: chat_message_place_once.
select coalesce(max(seq), 0) from svoi_chatmessage where show_id = %(show_id)s
