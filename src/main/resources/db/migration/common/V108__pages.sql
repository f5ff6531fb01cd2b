-- when the limit of the tier now working on the case passes; null while it stands still or nobody works on it
alter table customer_case add column due_at timestamp with time zone;
update customer_case set due_at = (
  select min(t.due_date_ at time zone 'UTC')
    from act_ru_task t
    join act_ru_execution e on e.id_ = t.proc_inst_id_
    join act_re_procdef d on d.id_ = e.proc_def_id_
   where d.key_ = 'escalation-path' and e.business_key_ = customer_case.number
) where state in ('open', 'waiting');
create index customer_case_due on customer_case (due_at, number);
create index customer_case_owner on customer_case (owner, number);
create index customer_case_opened on customer_case (opened_at);
create index customer_case_closed on customer_case (closed_at);
create index notification_seq on notification (seq);
create index ledger_reason on ledger (reason, case_number);

-- false until whoever has the address that a stranger gave us on the public form has acted on the case by a mailed link
alter table customer_case add column confirmed boolean default true not null;

-- a link that was shown instead of mailed proves nothing about the address
alter table link_token add column mailed boolean default true not null;
alter table link_token add column revoked_at timestamp with time zone;

-- files of customers and agents; those of a message are seen by whoever sees the message
create table attachment (
  id          varchar(36) primary key,
  case_number varchar(20) not null references customer_case (number),
  message_id  bigint references message (id),
  name        varchar(200) not null,
  type        varchar(100) not null,
  size        integer      not null,
  sha256      varchar(64)  not null,
  content     file_content not null,
  added_by    varchar(64)  not null,
  added_at    timestamp with time zone not null
);
create index attachment_case on attachment (case_number, added_at);

-- what the sender of a hand-over confirmed for the tier that takes over
create table hand_over_brief (
  case_number  varchar(20) not null references customer_case (number),
  visit        integer     not null,
  ask          varchar(2000),
  tried        varchar(2000),
  promised     varchar(2000),
  mood         varchar(20),
  confirmed_by varchar(64) not null,
  confirmed_at timestamp with time zone not null,
  primary key (case_number, visit)
);

-- searches of the list of cases that people keep
create table saved_view (
  person varchar(64)  not null,
  name   varchar(60)  not null,
  query  varchar(500) not null,
  primary key (person, name)
);
