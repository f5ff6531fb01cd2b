-- past cases of other systems, told as ledgers are; they are never worked on
create table case_import (
  id          varchar(40) primary key,
  name        varchar(200) not null,
  sha256      varchar(64)  not null,
  mapping     varchar(100000) not null,
  state       varchar(20)  not null,
  by_person   varchar(64)  not null,
  begun_at    timestamp with time zone not null,
  moved_at    timestamp with time zone not null,
  row_count   bigint  not null,
  case_count  integer not null,
  cases_done  integer not null,
  bad_rows    bigint  not null,
  failure     varchar(2000)
);
create table case_import_problem (
  import_id varchar(40) not null references case_import (id),
  line      bigint not null,
  why       varchar(500) not null,
  primary key (import_id, line)
);
create table imported_case (
  number    varchar(160) primary key,
  import_id varchar(40) not null references case_import (id),
  head      varchar(10000)   not null,
  ledger    varchar(1000000) not null
);
create index imported_case_import on imported_case (import_id);
