-- What was once worked out about a show stays on record, with its reason; a better answer is a new row.
create trigger svoi_recount_append_only before update or delete on svoi_recount
  for each row execute function svoi_append_only_v1();
