-- changes of models, decisions and forms that somebody proposed and a second person decides about
create table procedure_change (
  id           varchar(36)   primary key,
  title        varchar(200)  not null,
  why          varchar(2000) not null,
  state        varchar(10)   not null,
  proposed_by  varchar(64)   not null,
  proposed_at  timestamp with time zone not null,
  decided_by   varchar(64),
  decided_at   timestamp with time zone,
  note         varchar(4000),
  review       varchar(20),
  review_note  varchar(2000),
  reviewed_by  varchar(64)
);

-- their files, as they were proposed; content in Base64
create table procedure_change_file (
  change_id varchar(36)      not null references procedure_change (id),
  name      varchar(255)     not null,
  content   varchar(1000000) not null,
  differs   varchar(100000)  not null,
  primary key (change_id, name)
);
