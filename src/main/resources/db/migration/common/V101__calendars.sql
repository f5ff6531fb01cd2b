-- each saving of a calendar is a version of its own; clocks keep the one that they were started with
create table calendar_version (
  calendar_id varchar(40) not null,
  version     integer     not null,
  definition  varchar(1000000) not null,
  saved_by    varchar(64) not null,
  saved_at    timestamp with time zone not null,
  why         varchar(500) not null,
  primary key (calendar_id, version)
);
