-- +goose Up
-- Of which months a snapshot was ever taken: each is taken by itself once at most, also where
-- it was dropped since, and by one of several servers.
create table snapshot_month (
    month     text primary key check (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
    changeset int  references changeset -- that took it first; null: from before it was recorded
);
insert into snapshot_month (month)
select distinct left(number, 7) from snapshot;
select keep_versions('snapshot_month');

-- That a snapshot was published: to the webhook, and by mail to those who asked for it.
alter table message
    drop constraint message_kind_check,
    add constraint message_kind_check check (kind in ('reminder', 'returned', 'submitted', 'changeset', 'snapshot'));
alter table account
    add news boolean not null default false; -- told of published snapshots
