-- What a show had to sell, and sold, stays as it was when the show ended.
update svoi_allotment a set closed_at = s.ended_at
from svoi_show s where s.id = a.show_id and s.ended_at is not null;

create function svoi_allotment_closed_v1() returns trigger language plpgsql as $$
begin
  raise exception 'an allotment stays as it was when its show ended' using errcode = 'restrict_violation';
end $$;
create trigger svoi_allotment_closed before update on svoi_allotment
  for each row
  when (old.closed_at is not null and
        (new.pieces, new.taken, new.closed_at) is distinct from (old.pieces, old.taken, old.closed_at))
  execute function svoi_allotment_closed_v1();
