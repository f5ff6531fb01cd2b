-- the hash that binds a row to the one before it; null where a node of the version before writes rows, until this one binds them
alter table ledger add column hash varchar(64);

-- salt of the hash that the ledger keeps of a message; null for messages of before
alter table message add column salt varchar(64);

-- what happened to the system and to no single case
create table journal (
  seq     integer primary key,
  at      timestamp with time zone not null,
  who     varchar(64)   not null,
  what    varchar(40)   not null,
  details varchar(4000) not null,
  hash    varchar(64)   not null
);
-- one row, locked by whoever writes the next
create table journal_head (seq integer not null);
insert into journal_head (seq) values (0);

-- a seal covers all rows that were written since the one before; its root also covers that one's root
create table seal (
  no        integer primary key,
  sealed_at timestamp with time zone not null,
  row_count integer     not null,
  root      varchar(64) not null
);
create table seal_entry (
  chain varchar(20) not null,
  seq   integer     not null,
  hash  varchar(64) not null,
  seal  integer     not null,
  primary key (chain, seq)
);
create index seal_entry_seal on seal_entry (seal);
-- up to which row each chain is sealed
create table sealed_chain (
  chain varchar(20) primary key,
  seq   integer not null
);
