-- the service level that a clock was started with; frozen, so that a new policy changes only later clocks
create table clock (
  case_number varchar(20) not null references customer_case (number),
  kind        varchar(20) not null,
  visit       integer     not null,
  tier        varchar(64) not null,
  priority    varchar(10) not null,
  calendar    varchar(40) not null,
  started_at  timestamp with time zone not null,
  limit_s     bigint      not null,
  reminder_s  bigint      not null,
  used_s      bigint      not null,
  primary key (case_number, kind, visit)
);
