-- What was claimed on air stays as it was said, for a year at least: longer is the shop's setting, shorter nobody's.
create function svoi_claimsaid_guard_v1() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.marked_at < now() - interval '365 days' then
    return old;
  end if;
  raise exception 'a claim said on air is never changed, and not removed within a year'
    using errcode = 'restrict_violation';
end $$;
create trigger svoi_claimsaid_guard before update or delete on svoi_claimsaid
  for each row execute function svoi_claimsaid_guard_v1();
