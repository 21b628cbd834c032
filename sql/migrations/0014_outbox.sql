-- +goose Up
-- What people and programs outside are to be told. A row is written with what it tells
-- of, in the same transaction, and sent by a server afterwards: at least once. It names
-- an account and no address, so that who is forgotten is written to no more. What was
-- sent stays for a while: its key keeps the same from being told twice.
create table message (
    id          bigint      generated always as identity primary key,
    delivery    uuid        not null unique default gen_random_uuid(), -- by which a receiver knows what comes twice
    key         text        not null unique check (key <> ''),
    kind        text        not null check (kind in ('reminder', 'returned', 'submitted', 'changeset')),
    channel     text        not null check (channel in ('mail', 'webhook')),
    account     int         references account check ((channel = 'mail') = (account is not null)),
    payload     jsonb       not null,
    created_at  timestamptz not null default clock_timestamp(),
    next_try_at timestamptz not null default clock_timestamp(),
    tries       int         not null default 0 check (tries >= 0),
    sent_at     timestamptz,
    failed_at   timestamptz check (failed_at is null or sent_at is null), -- given up
    last_error  text
);
create index message_waiting on message (next_try_at) where sent_at is null and failed_at is null;
create index message_sent on message (sent_at) where sent_at is not null;
