-- +goose Up
-- People with an account. A changeset names them by number only (account-7), so that a
-- person can be forgotten while what they did stays.
create table account (
    id          int         generated always as identity primary key,
    email       text        check (email <> ''), -- null: deleted
    name        text        not null,
    role        text        not null check (role in ('administrator', 'verifier', 'contributor', 'donor', 'auditor')),
    language    text        not null default 'fr' check (language in ('fr', 'ar', 'en')),
    password    text,       -- argon2id; null: none was set
    created_at  timestamptz not null default clock_timestamp(),
    disabled_at timestamptz,
    deleted_at  timestamptz check ((deleted_at is null) = (email is not null))
);
create unique index on account (lower(email));

create table account_scope (
    account int  not null references account,
    kind    text not null check (kind in ('group', 'organisation', 'action')),
    code    code not null,
    primary key (account, kind, code)
);

-- Only hashes of what opens a door are kept: who reads this table cannot come in.
create table session (
    hash       bytea       primary key check (length(hash) = 32),
    account    int         not null references account,
    created_at timestamptz not null default clock_timestamp(),
    seen_at    timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    agent      text        not null -- what the browser says it is
);
create index on session (account);

create table invitation (
    hash       bytea       primary key check (length(hash) = 32),
    account    int         not null references account,
    created_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    used_at    timestamptz
);

create table api_token (
    id         int         generated always as identity primary key,
    hash       bytea       not null unique check (length(hash) = 32),
    account    int         not null references account,
    name       text        not null check (name <> ''),
    writes     boolean     not null,
    created_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null,
    revoked_at timestamptz,
    used_at    timestamptz
);

-- Attempts to sign in of late, by what was tried (a hash of the account's address) and from
-- where (a hash of the network address).
create table sign_in_attempt (
    key text        not null,
    at  timestamptz not null default clock_timestamp()
);
create index on sign_in_attempt (key, at);

-- What happened to accounts, by whom: a part of the audit trail.
create table account_event (
    id      bigint      generated always as identity primary key,
    at      timestamptz not null default clock_timestamp(),
    account int         not null references account,
    by      text        not null, -- account-7, or who used the command line
    act     text        not null check (act in ('created', 'invited', 'changed', 'disabled', 'enabled', 'deleted', 'password',
                                                'signed_in', 'signed_out_everywhere', 'token', 'token_revoked')),
    detail  text        not null
);

-- What kind of act a changeset is and in which role its author acted; null in those
-- from before there were accounts.
alter table changeset
    add act  text check (act in ('import', 'define', 'draft', 'submit', 'verify', 'publish', 'return', 'withdraw', 'discard',
                                 'lock', 'unlock', 'accept', 'attach', 'erase', 'protect')),
    add role text check (role in ('administrator', 'verifier', 'contributor', 'donor', 'auditor'));
