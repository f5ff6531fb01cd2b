create trigger clock_term_no_update before update, delete on clock_term for each row call 'org.escalationpath.cases.AppendOnly';
