create trigger clock_term_no_update before update, delete on clock_term for each row call 'org.escalationpath.cases.AppendOnly';
create trigger calendar_version_no_update before update, delete on calendar_version for each row call 'org.escalationpath.cases.AppendOnly';
