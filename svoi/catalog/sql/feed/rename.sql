-- Gives grouped offers their product's name and their own title.
update feed_offer o
set name = n.name, name_en = n.name_en, title = n.title, title_en = n.title_en, position = n.position
from feed_name n
where n.offer_id = o.offer_id
