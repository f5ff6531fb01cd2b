-- what is measured of each case, computed from its whole ledger; made anew when what is computed changes
create table case_facts (
  case_number varchar(160) primary key,
  seq         integer not null,
  definition  integer not null,
  version     bigint  not null,
  imported    varchar(40),
  facts       varchar(1000000) not null
);
create index case_facts_version on case_facts (version);
create index case_facts_seq on case_facts (case_number, definition, seq);
create sequence case_facts_version_seq start with 1 increment by 1;

-- when the invitation leaves, and when a survey was cancelled or expired
alter table survey add column ask_at timestamp with time zone;
alter table survey add column ended_at timestamp with time zone;
alter table survey add column changed_at timestamp with time zone;
-- for surveys of before: the shipped policy waits a day
update survey set ask_at = created_at + interval '1' day where state <> 'suppressed';
update survey set changed_at = created_at;
-- a reopening has cancelled them
update survey set ended_at = (select min(l.at) from ledger l where l.case_number = survey.case_number and l.what = 'reopened' and l.at >= survey.created_at)
 where state = 'cancelled';
create index survey_changed on survey (changed_at);

-- who comes again with the same
create index customer_case_again on customer_case (customer_id, category, opened_at);
