-- messages about what happened late, after an outage, wait until it is caught up with and go out in one digest for each person
alter table notification add column for_digest boolean default false not null;
alter table notification add column bundle varchar(36);
create index notification_bundle on notification (bundle);
