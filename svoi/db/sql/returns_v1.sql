-- Never more pieces come back than were bought: asked, accepted and received returns of a line together.
-- Whoever writes a return holds the lock of its order line's row, so that two of them never count past each other.
create function svoi_returns_within_v1() returns trigger language plpgsql as $$
declare told record;
begin
  for told in
    select l.id, l.quantity from svoi_orderline l
    where l.id in (select r.order_line_id from svoi_returnline r
                   where case tg_table_name when 'svoi_returnline' then r.id else r.returning_id end = new.id)
    order by l.id for no key update
  loop
    if told.quantity < (select coalesce(sum(r.quantity), 0) from svoi_returnline r join svoi_return b on b.id = r.returning_id
                        where r.order_line_id = told.id and b.declined_at is null and b.dropped_at is null) then
      raise exception 'more of order line % comes back than was bought', told.id using errcode = 'check_violation';
    end if;
  end loop;
  return null;
end $$;
create constraint trigger svoi_returnline_within after insert or update on svoi_returnline deferrable initially immediate
  for each row execute function svoi_returns_within_v1();
create constraint trigger svoi_return_within after update of dropped_at, declined_at on svoi_return
  deferrable initially immediate for each row execute function svoi_returns_within_v1();
create trigger svoi_returnline_append_only before update or delete on svoi_returnline
  for each row execute function svoi_append_only_v1();
