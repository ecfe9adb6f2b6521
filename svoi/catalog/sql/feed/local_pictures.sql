-- Pictures named by a path beside the feed, each once, with one offer that shows it.
select source, min(offer_id) as offer_id
from feed_picture
where source not like 'http://%%' and source not like 'https://%%'
  and exists (select from feed_offer o where o.offer_id = feed_picture.offer_id)
group by source order by source
