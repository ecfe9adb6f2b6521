-- The rules that were published and who changed the budget stay as they were written.
create trigger svoi_pointspolicy_append_only before update or delete on svoi_pointspolicy
  for each row execute function svoi_append_only_v1();
create trigger svoi_budgetchange_append_only before update or delete on svoi_budgetchange
  for each row execute function svoi_append_only_v1();
