-- Stores admitted messages of one show with the next numbers, in the order given; one stored before (by author
-- and key) is left alone and takes no number, so the sequence has no gaps. One writer of a show at a time holds
-- svoi_chat's advisory lock, taken before this statement so that it sees what the last one wrote.
-- Parameters: show_id, and arrays of one length: authors, keys, texts, media_ats, said_ats.
insert into svoi_chatmessage (show_id, author_id, seq, text, media_at, key, said_at)
select %(show_id)s, new.author_id,
  (select coalesce(max(seq), 0) from svoi_chatmessage where show_id = %(show_id)s) + row_number() over (order by new.place),
  new.text, new.media_at, new.key, new.said_at
from unnest(
  %(authors)s::bigint[], %(keys)s::uuid[], %(texts)s::text[], %(media_ats)s::timestamptz[], %(said_ats)s::timestamptz[]
) with ordinality as new (author_id, key, text, media_at, said_at, place)
where not exists (
  select from svoi_chatmessage c where c.show_id = %(show_id)s and c.author_id = new.author_id and c.key = new.key
)
