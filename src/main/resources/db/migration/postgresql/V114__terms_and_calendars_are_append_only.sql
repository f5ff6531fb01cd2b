create trigger clock_term_no_update before update or delete on clock_term for each row execute function is_append_only();
create trigger clock_term_no_truncate before truncate on clock_term for each statement execute function is_append_only();
create trigger calendar_version_no_update before update or delete on calendar_version for each row execute function is_append_only();
create trigger calendar_version_no_truncate before truncate on calendar_version for each statement execute function is_append_only();
