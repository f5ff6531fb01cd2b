-- customers are also asked, quarter by quarter, whether they would recommend us; that belongs to the last of their cases that has ended
alter table survey add column kind varchar(20) default 'follow-up' not null;
alter table survey add column round_id varchar(64);
alter table survey add column recommendation integer;
alter table survey alter column tier drop not null;
create unique index survey_round on survey (round_id, case_number);
