-- whether the path works, looked at once a month: numbers as they were then, and what was decided
create table effectiveness_review (
  id          varchar(36) primary key,
  period_from date not null,
  period_to   date not null,
  begun_at    timestamp with time zone not null,
  evidence    varchar(1000000) not null,
  conclusion  varchar(4000),
  debrief_id  varchar(36) references debrief (id),
  held_by     varchar(64),
  held_at     timestamp with time zone
);
create index effectiveness_review_begun on effectiveness_review (begun_at);

-- what comes of a review is followed up like what comes of a debrief, but belongs to no case
alter table debrief alter column case_number drop not null;

-- the version of a model or table that an action came to, and since when it has been in force
alter table improvement_action add column realised_by varchar(255);
alter table improvement_action add column realised_at timestamp with time zone;
create index improvement_action_state on improvement_action (state, due_at);
