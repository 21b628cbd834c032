-- +goose Up
-- A snapshot is what was known at a changeset, judged on a day, frozen. Its content
-- is in pieces, in the canonical form that its SHA-256 is taken of.
create table snapshot (
    number    text        primary key check (number ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    changeset int         not null references changeset,
    judged    date        not null,
    format    int         not null,
    taken_at  timestamptz not null default clock_timestamp(),
    taken_by  text        not null,
    sha256    bytea       not null check (length(sha256) = 32),
    lines     int         not null
);

create table snapshot_piece (
    snapshot text  not null references snapshot,
    place    int   not null, -- from 0
    content  bytea not null, -- gzip of a run of lines
    primary key (snapshot, place)
);
alter table snapshot_piece alter content set storage external; -- already compressed
