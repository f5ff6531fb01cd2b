-- what the escalation auditor found; a row stays when it is gone, so that one can see what has been
create table audit_finding (
  id          varchar(36) primary key,
  case_number varchar(20),
  kind        varchar(40)  not null,
  text        varchar(500) not null,
  found_at    timestamp with time zone not null,
  gone_at     timestamp with time zone,
  incident_id varchar(64)
);
create index audit_finding_open on audit_finding (gone_at, case_number);

-- the auditor's last run, one row
create table auditor_run (
  name        varchar(20) primary key,
  finished_at timestamp with time zone not null,
  cases       integer not null,
  millis      bigint  not null
);

-- which node runs what only one may run at a time (ShedLock)
create table shedlock (
  name       varchar(64)  primary key,
  lock_until timestamp    not null,
  locked_at  timestamp    not null,
  locked_by  varchar(255) not null
);
