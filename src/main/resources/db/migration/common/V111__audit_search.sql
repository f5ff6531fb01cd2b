create index ledger_at on ledger (at, case_number, seq);
create index ledger_who on ledger (who, at);
create index ledger_what on ledger (what, at);

-- exceptions that auditors look for, found in the ledger and found anew whenever it has grown
create table case_exception (
  case_number varchar(20) not null references customer_case (number),
  seq         integer     not null,
  kind        varchar(40) not null,
  at          timestamp with time zone not null,
  who         varchar(64) not null,
  primary key (case_number, seq, kind)
);
create index case_exception_kind on case_exception (kind, at);
create index case_exception_at on case_exception (at, case_number, seq);
-- up to which row each ledger has been looked at
create table case_examined (
  case_number varchar(20) primary key references customer_case (number),
  seq         integer not null
);
