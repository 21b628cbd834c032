-- +goose Up
-- Under which name an identity service knows the person of an account. It goes with the
-- person.
create table identity (
    issuer     text        not null check (issuer <> ''),
    subject    text        not null check (subject <> ''),
    account    int         not null references account,
    created_at timestamptz not null default clock_timestamp(),
    primary key (issuer, subject),
    unique (account, issuer)
);
