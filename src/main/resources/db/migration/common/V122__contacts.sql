-- how often the customer had to contact us, as they say: 1, 2, 3, or 4 for more
alter table survey add column contacts integer;
