-- +goose Up
-- A finding of the quality rules that somebody lets stand. Its mark is made of the figures
-- behind it, so that it holds for these and no others; taking it back ends the row. Who
-- did it, in which role and why is the changeset's.
create table acceptance (
    mark    text not null check (mark ~ '^[0-9a-f]{32}$'),
    rule    text not null check (rule <> ''),
    subject text not null check (subject <> ''), -- what it is about: indicator REM-COST
    since   int  not null references changeset,
    until   int  references changeset check (until > since),
    primary key (mark, since)
);
create unique index acceptance_live on acceptance (mark) where until is null;
select keep_versions('acceptance');
