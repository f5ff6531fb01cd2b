-- cases that an auditor examines, drawn so that anybody can draw the same again
create table audit_sample (
  id          varchar(36) primary key,
  seed        varchar(64)  not null,
  size        integer      not null,
  population  integer      not null,
  period_from date         not null,
  period_to   date         not null,
  why         varchar(500) not null,
  drawn_by    varchar(64)  not null,
  drawn_at    timestamp with time zone not null
);

-- what was found about one of them
create table audit_worksheet (
  id          varchar(36) primary key,
  sample_id   varchar(36) not null references audit_sample (id),
  position    integer     not null,
  case_number varchar(20) not null references customer_case (number),
  stratum     varchar(120) not null,
  result      varchar(20),
  answers     varchar(500),
  finding     varchar(4000),
  examined_by varchar(64),
  examined_at timestamp with time zone,
  unique (sample_id, position)
);
create index audit_worksheet_case on audit_worksheet (case_number);

-- what comes of an examination is followed up like what comes of a debrief, but belongs to no closing
alter table debrief alter column closing drop not null;
