-- the service level that a run of a clock counts by since an instant; frozen, so that a new policy or calendar changes only later clocks
create table clock_term (
  case_number      varchar(20) not null references customer_case (number),
  kind             varchar(20) not null,
  run              integer     not null,
  term             integer     not null,
  tier             varchar(64),
  priority         varchar(10) not null,
  since            timestamp with time zone not null,
  after_seq        integer     not null,
  limit_s          bigint      not null,
  reminder         varchar(100) not null,
  calendar         varchar(40) not null,
  calendar_version integer     not null,
  policy           varchar(200) not null,
  why              varchar(40) not null,
  carried_s        bigint      not null,
  primary key (case_number, kind, run, term)
);

-- clocks that run go on with what they had used; their calendars were those of the configuration, which become version 1
insert into clock_term (case_number, kind, run, term, tier, priority, since, after_seq, limit_s, reminder, calendar, calendar_version,
       policy, why, carried_s)
select c.case_number, c.kind, c.visit, 1, c.tier, c.priority, c.started_at,
       coalesce((select max(l.seq) from ledger l where l.case_number = c.case_number and l.at <= c.started_at), 0),
       c.limit_s, concat('PT', c.reminder_s, 'S'), c.calendar, 1, 'service-levels', 'start', c.used_s
  from clock c;

drop table clock;
