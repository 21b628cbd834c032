-- +goose Up
-- A locked period: no figure of a period within it changes until it is unlocked, which
-- ends the row.
create table period_lock (
    period int not null check (period % 1000 between 1 and 12),
    since  int not null references changeset,
    until  int references changeset check (until > since),
    primary key (period, since)
);
create unique index period_lock_live on period_lock (period) where until is null;

-- Work in progress is read by its state, and there is little of it beside what is published.
create index observation_work on observation (review, series, period) where until is null and review < 3;
