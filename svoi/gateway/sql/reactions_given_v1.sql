-- Viewers who gave many reactions to a show, and how many, those who gave the most last. Parameters: show_id, least, most.
-- Index expected: reactions_of_show (show_id, at).
select viewer, given
from (
    select viewer, count(*) as given
    from svoi_reaction
    where show_id = %(show_id)s
    group by viewer
    having count(*) >= %(least)s
    order by count(*) desc
    limit %(most)s
) as many
order by given
