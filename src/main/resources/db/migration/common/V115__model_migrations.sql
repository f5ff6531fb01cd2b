-- running cases that are moved from one version of a model to another
create table model_migration (
  id              varchar(36)  primary key,
  process_key     varchar(255) not null,
  from_definition varchar(64)  not null,
  to_definition   varchar(64)  not null,
  mapping         varchar(4000) not null,
  why             varchar(500) not null,
  started_by      varchar(64)  not null,
  started_at      timestamp with time zone not null,
  finished_at     timestamp with time zone
);

-- one of its process instances: waiting, moved, or left where it was because of a problem
create table model_migration_case (
  migration_id     varchar(36) not null references model_migration (id),
  process_instance varchar(64) not null,
  case_number      varchar(255),
  state            varchar(10) not null,
  problem          varchar(1000),
  primary key (migration_id, process_instance)
);
create index model_migration_case_state on model_migration_case (migration_id, state);
