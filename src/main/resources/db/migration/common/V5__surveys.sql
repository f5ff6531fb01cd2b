create table survey (
  id           varchar(36) primary key,
  case_number  varchar(20) not null references customer_case (number),
  tier         varchar(64) not null,
  agent        varchar(64),
  state        varchar(20) not null,
  suppressed   varchar(100),
  created_at   timestamp with time zone not null,
  invited_at   timestamp with time zone,
  answered_at  timestamp with time zone,
  csat         integer,
  ces          integer,
  solved       boolean,
  comment      varchar(4000)
);
create index survey_case on survey (case_number);
