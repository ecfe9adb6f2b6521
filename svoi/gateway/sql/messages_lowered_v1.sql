-- Whose messages to a show weigh less, and for which reasons. Parameters: show_id, most.
-- Index expected: message_weights_of_show (show_id, at).
select viewer, bit_or(reasons) from svoi_messageweight
where show_id = %(show_id)s and reasons > 0 group by viewer limit %(most)s
