-- Whatever changes a variant's price leaves a row of its history behind, in the same transaction and one statement for many.
-- The moment is the setting svoi.moment of the transaction (an action's own "at"), or else the statement's.
create function svoi_keep_prices_v1() returns trigger language plpgsql as $$
declare
  moment timestamptz := coalesce(nullif(current_setting('svoi.moment', true), '')::timestamptz, statement_timestamp());
begin
  if tg_op = 'INSERT' then
    insert into svoi_pricerecord (variant_id, price_minor, currency, began_at)
      select n.id, n.price_minor, n.currency, moment from told n order by n.id;
  else
    insert into svoi_pricerecord (variant_id, price_minor, currency, began_at)
      select n.id, n.price_minor, n.currency, moment from told n join before b on b.id = n.id
      where (n.price_minor, n.currency) is distinct from (b.price_minor, b.currency) order by n.id;
  end if;
  return null;
end $$;
create trigger svoi_variant_first_price after insert on svoi_variant
  referencing new table as told for each statement execute function svoi_keep_prices_v1();
create trigger svoi_variant_next_price after update on svoi_variant
  referencing old table as before new table as told for each statement execute function svoi_keep_prices_v1();
create trigger svoi_pricerecord_append_only before update or delete on svoi_pricerecord
  for each row execute function svoi_append_only_v1();
-- What was on sale before histories were kept begins its history now.
insert into svoi_pricerecord (variant_id, price_minor, currency, began_at)
  select id, price_minor, currency, now() from svoi_variant order by id;
