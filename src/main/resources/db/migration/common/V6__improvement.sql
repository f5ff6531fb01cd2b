create table debrief (
  id             varchar(36) primary key,
  case_number    varchar(20) not null references customer_case (number),
  closing        integer     not null,
  why            varchar(200),
  theme          varchar(60),
  avoidable      boolean,
  what_happened  varchar(4000),
  what_to_change varchar(4000),
  held_by        varchar(64),
  held_at        timestamp with time zone,
  created_at     timestamp with time zone not null,
  unique (case_number, closing)
);

create table improvement_action (
  id          varchar(36) primary key,
  debrief_id  varchar(36) not null references debrief (id),
  position    integer     not null,
  title       varchar(500) not null,
  owner       varchar(64) not null,
  due_at      timestamp with time zone not null,
  state       varchar(20) not null,
  outcome     varchar(2000),
  done_at     timestamp with time zone,
  unique (debrief_id, position)
);
