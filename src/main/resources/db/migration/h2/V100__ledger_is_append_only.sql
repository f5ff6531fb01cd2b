create trigger ledger_no_update before update, delete on ledger for each row call 'org.escalationpath.cases.AppendOnly';
