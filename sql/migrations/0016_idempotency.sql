-- +goose Up
-- What was answered to a program's request, under the name that the program gave it: who
-- asks the same again is told the same, and nothing is written twice. Kept for a day.
create table answered (
    account int         not null references account,
    key     bytea       not null check (length(key) = 32),     -- SHA-256 of the name
    request bytea       not null check (length(request) = 32), -- SHA-256 of what was asked
    at      timestamptz not null default clock_timestamp(),
    status  smallint,   -- of HTTP; written, with the answer, by the transaction that begins the row
    answer  bytea,
    primary key (account, key)
);
create index on answered (at);
