-- What staff says of steps that do not fit. Without a name there is only a week and a step.
create table step_remark (
  id          varchar(36)   primary key,
  said_on     date          not null,
  said_at     timestamp with time zone,
  person      varchar(64),
  process     varchar(255),
  version     integer,
  element     varchar(255),
  step        varchar(255),
  page        varchar(300),
  case_number varchar(20)   references customer_case (number),
  text        varchar(2000) not null,
  answer      varchar(2000),
  answered_by varchar(64),
  answered_at timestamp with time zone
);
create index step_remark_said on step_remark (said_on);
create index step_remark_case on step_remark (case_number);
