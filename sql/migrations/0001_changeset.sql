-- +goose Up
-- Every write is a changeset. Numbers follow the order of commit and moments never
-- run backwards: both are taken under one advisory lock.
create table changeset (
    number   int         primary key check (number > 0),
    at       timestamptz not null unique,      -- when its content became known
    author   text        not null check (author <> ''),
    reason   text        not null,
    recorded timestamptz check (recorded > at) -- the true time of history carried over
);

-- Numbers as they were given, without what is none.
create domain exact as numeric
    check (value <> 'NaN' and value <> 'Infinity' and value <> '-Infinity');

create domain code as text
    check (value ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$');
