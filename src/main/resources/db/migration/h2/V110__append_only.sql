create trigger journal_no_update before update, delete on journal for each row call 'org.escalationpath.cases.AppendOnly';
create trigger seal_no_update before update, delete on seal for each row call 'org.escalationpath.cases.AppendOnly';
create trigger seal_entry_no_update before update, delete on seal_entry for each row call 'org.escalationpath.cases.AppendOnly';
