-- What a show may sell of a product follows from what was stated, in one unbroken line; nobody writes it by hand.
create trigger svoi_allotmentchange_append_only before update or delete on svoi_allotmentchange
  for each row execute function svoi_append_only_v1();

create function svoi_allotment_guard_v1() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'an allotment follows from its changes and is never written by hand' using errcode = 'restrict_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger svoi_allotment_stated before insert or delete on svoi_allotment
  for each row execute function svoi_allotment_guard_v1();
create trigger svoi_allotment_restated before update on svoi_allotment
  for each row
  when ((old.id, old.show_id, old.product_id, old.pieces) is distinct from
        (new.id, new.show_id, new.product_id, new.pieces))
  execute function svoi_allotment_guard_v1();

-- What a change says stood before must stand at this moment, pieces taken included: two hands never write over each other.
create function svoi_allotment_follow_v1() returns trigger language plpgsql as $$
begin
  if new.before is null then
    insert into svoi_allotment (show_id, product_id, pieces, taken)
      values (new.show_id, new.product_id, new.pieces, new.taken);
  else
    update svoi_allotment set pieces = new.pieces
     where show_id = new.show_id and product_id = new.product_id and pieces = new.before and taken = new.taken;
    if not found then
      raise exception 'a change follows from the allotment that stands' using errcode = 'check_violation';
    end if;
  end if;
  return null;
end $$;
create trigger svoi_allotmentchange_follows after insert on svoi_allotmentchange
  for each row execute function svoi_allotment_follow_v1();
