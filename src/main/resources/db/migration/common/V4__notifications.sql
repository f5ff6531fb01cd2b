-- one row is one message to one person; written in the transaction of what it tells about
create table notification (
  id            varchar(36) primary key,
  case_number   varchar(20) not null references customer_case (number),
  recipient     varchar(10) not null,
  person        varchar(64),
  template      varchar(60) not null,
  parameters    varchar(2000)  not null,
  requested_at  timestamp with time zone not null,
  relayed_at    timestamp with time zone,
  relay_after   timestamp with time zone,
  state         varchar(20) not null,
  channel       varchar(20),
  attempts      integer not null,
  first_try_at  timestamp with time zone,
  delivered_at  timestamp with time zone,
  last_error    varchar(500)
);
create index notification_state on notification (state, requested_at);
create index notification_case on notification (case_number, requested_at);
