-- +goose Up
-- What an administrator has erased: the text or file is gone, its hash stays here, with
-- the changeset that says by whom and why.
create table erasure (
    changeset int   primary key references changeset,
    what      text  not null check (what in ('comment', 'document')),
    sha256    bytea not null check (length(sha256) = 32),
    series    int   references series, -- of a comment: of which figure
    period    int   check (period % 1000 between 1 and 12),
    check ((what = 'comment') = (series is not null)),
    check ((series is null) = (period is null))
);
create index on erasure (sha256);
select keep_versions('erasure');

-- In the place of an erased comment its hash, so that every version still says what it was.
alter table observation
    add comment_sha256 bytea check (length(comment_sha256) = 32),
    add check (comment is null or comment_sha256 is null);

-- Of a row only its end is set, and a comment gives way to its hash: that very text, and
-- only where an erasure names it.
-- +goose StatementBegin
do $$
begin
    execute format('create or replace trigger observation_stays after update on observation for each row when (not (
                        old.until is null and new.until is not null and %s
                        or old.comment is not null and new.comment is null and %s)) execute function refuse_to_alter()',
                   same_but_for('observation', '{until}'), same_but_for('observation', '{comment,comment_sha256}'));
end
$$;

create function keep_comment() returns trigger language plpgsql as $$
begin
    if not exists (select from erasure e
                   where e.what = 'comment' and e.series = old.series and e.period = old.period
                     and e.sha256 = sha256(convert_to(old.comment, 'UTF8')) and e.sha256 = new.comment_sha256) then
        raise exception 'what is recorded is never altered: a comment is erased only where an erasure names it'
            using errcode = 'restrict_violation';
    end if;
    return null;
end
$$;
-- +goose StatementEnd
create trigger observation_keeps_comment after update on observation for each row
    when (old.comment is distinct from new.comment) execute function keep_comment();

-- Content becomes empty where an erasure names its hash, and with it the names of the file.
select keep_versions('document_piece', '{content}');
select keep_versions('document_link', '{name}');
-- +goose StatementBegin
create function keep_document() returns trigger language plpgsql as $$
begin
    if not exists (select from erasure e
                   join document d on d.sha256 = e.sha256
                   where e.what = 'document' and d.id = old.document) then
        raise exception 'what is recorded is never altered: a document is erased only where an erasure names it'
            using errcode = 'restrict_violation';
    end if;
    return null;
end
$$;
-- +goose StatementEnd
create trigger document_piece_keeps_content after update on document_piece for each row
    when (old.content is not null) execute function keep_document();
create trigger document_link_keeps_name after update on document_link for each row
    when (old.name is distinct from new.name) execute function keep_document();

-- Whoever serves the programme may add and end rows, no more; so it erases by these, which
-- act for the owner of the tables. The triggers judge them as anybody.
-- +goose StatementBegin
create function erase_comment(of_series int, of_period int, hash bytea) returns int
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    erased int;
begin
    update observation set comment = null, comment_sha256 = hash
    where series = of_series and period = of_period and sha256(convert_to(comment, 'UTF8')) = hash;
    get diagnostics erased = row_count;
    return erased;
end
$$;

create function erase_document(hash bytea) returns int
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    erased int;
begin
    update document_link l set name = null from document d
    where d.id = l.document and d.sha256 = hash and l.name is not null;
    update document_piece p set content = null from document d
    where d.id = p.document and d.sha256 = hash and p.content is not null;
    get diagnostics erased = row_count;
    return erased;
end
$$;
-- +goose StatementEnd
