-- Whether a clock stands still while its case waits for a third party; no clock did before.
alter table clock_term add column third_party_pauses boolean default false not null;
