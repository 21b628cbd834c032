-- +goose Up
-- The content of files, each once. It is in pieces, so that nobody needs it in memory as
-- a whole, and in the database, so that one backup holds everything.
create table document (
    id         int    generated always as identity primary key,
    sha256     bytea  not null unique check (length(sha256) = 32),
    media_type text   not null check (media_type <> ''),
    size       bigint not null check (size > 0)
);

create table document_piece (
    document int   not null references document,
    place    int   not null check (place >= 0),
    content  bytea check (length(content) between 1 and 1048576), -- null: erased
    primary key (document, place)
);
alter table document_piece alter content set storage external; -- most files are compressed already

-- A document at a figure, under a number that it keeps from version to version. No
-- foreign key to observation: it has none, and the figure outlives its versions.
create sequence document_link_id;
create table document_link (
    id           int     not null,
    document     int     not null references document,
    series       int     not null references series,
    period       int     not null check (period % 1000 between 1 and 12),
    name         text    check (name <> '' and name !~ '[/\\[:cntrl:]]'), -- null: erased
    confidential boolean not null,
    released     boolean not null, -- by whoever publishes, the figure being published already
    attached     int     not null references changeset,
    since        int     not null references changeset,
    until        int     references changeset check (until > since),
    primary key (id, since),
    check (since >= attached),
    check (not (released and confidential))
);
create unique index document_link_live on document_link (id) where until is null;
create unique index document_link_once on document_link (series, period, document) where until is null;
create index on document_link (series, period);
create index on document_link (document);

-- Nothing is rewritten here either: a link is ended, once; content stays as it came.
select keep_versions('document');
select keep_versions('document_piece');
select keep_versions('document_link');
