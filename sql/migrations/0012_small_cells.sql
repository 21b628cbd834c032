-- +goose Up
-- Figures withheld from the public for the sake of the persons they tell of, in all their
-- versions. They are withheld at every moment from the past on, as soon as it is known
-- that they have to be: since is when that became known.
create table suppression (
    series int not null,
    period int not null check (period % 1000 between 1 and 12),
    since  int not null references changeset,
    until  int references changeset check (until > since),
    primary key (series, period, since)
);
create unique index suppression_live on suppression (period, series) where until is null;
create index suppression_since on suppression (since);
create index suppression_until on suppression (until) where until is not null;

select keep_versions('suppression');

-- A snapshot withholds what had to be, by what was known at this changeset: the newest
-- when it was taken, which may be later than what it freezes. None: the same.
alter table snapshot add protection int references changeset;
