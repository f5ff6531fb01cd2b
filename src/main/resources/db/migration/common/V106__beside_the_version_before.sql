-- nodes of the version before may still run while this one starts: they read the table clock, which V102 has taken away; nothing else does
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

insert into clock (case_number, kind, visit, tier, priority, calendar, started_at, limit_s, reminder_s, used_s)
select case_number, kind, run, tier, priority, calendar, since, limit_s,
       cast(replace(replace(reminder, 'PT', ''), 'S', '') as bigint), carried_s
  from clock_term
 where policy = 'service-levels' and term = 1 and tier is not null;

-- the auditor's last run is a row that each run changes; -1 cases before the first
insert into auditor_run (name, finished_at, cases, millis)
select 'last', timestamp '1970-01-01 00:00:00', -1, 0
 where not exists (select 1 from auditor_run where name = 'last');
