-- a row of the ledger that has no hash yet may get one; nothing else of it changes
create or replace function ledger_is_append_only() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if old.hash is null and new.hash is not null
       and to_jsonb(old) - 'hash' = to_jsonb(new) - 'hash' then
      return new;
    end if;
  end if;
  raise exception 'The ledger is append-only: % refused', tg_op;
end $$;

create function is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'The % is append-only: % refused', tg_table_name, tg_op;
end $$;
create trigger journal_no_update before update or delete on journal for each row execute function is_append_only();
create trigger journal_no_truncate before truncate on journal for each statement execute function is_append_only();
create trigger seal_no_update before update or delete on seal for each row execute function is_append_only();
create trigger seal_no_truncate before truncate on seal for each statement execute function is_append_only();
create trigger seal_entry_no_update before update or delete on seal_entry for each row execute function is_append_only();
create trigger seal_entry_no_truncate before truncate on seal_entry for each statement execute function is_append_only();
