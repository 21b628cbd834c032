-- +goose Up
-- A snapshot is prepared: texts are written beside it, it may be taken again or dropped.
-- Then it is published, and nothing of it is ever altered. What is wrong in it, a
-- correction tells: a snapshot of its own, with a reason.
alter table snapshot
    drop constraint snapshot_number_check,
    add constraint snapshot_number_check check (number ~ '^[0-9]{4}-(0[1-9]|1[0-2])(-rev[1-9][0-9]{0,3})?$'),
    add reason text check (reason <> ''),
    add check ((reason is null) = (length(number) = 7));

-- That it is published, when, by whom, and what ties it to the one published before.
create table snapshot_publication (
    snapshot  text        primary key references snapshot,
    changeset int         unique references changeset, -- null: from before there were states
    at        timestamptz not null,
    by        text        not null,
    previous  text        unique references snapshot_publication, -- a chain never parts
    chain     bytea       check (length(chain) = 32),
    public_key bytea check (length(public_key) = 32), -- Ed25519
    signature bytea       check (length(signature) = 64),
    check ((chain is null) = (changeset is null)),
    check ((public_key is null) = (signature is null)),
    check (chain is not null or previous is null and signature is null)
);
select keep_versions('snapshot_publication');

-- Those from before count as published; the chain begins after them.
insert into snapshot_publication (snapshot, at, by)
select number, taken_at, taken_by from snapshot;

-- What is said beside a snapshot, in the newest version only: what came of it is published.
create table snapshot_text (
    snapshot text not null references snapshot deferrable initially deferred, -- it may be taken again
    kind     text not null check (kind in ('key_message', 'good_news', 'alert', 'decision', 'comment', 'risks', 'next_steps')),
    "group"  code references group_code,
    text_fr  text check (text_fr <> ''),
    text_ar  text check (text_ar <> ''),
    text_en  text check (text_en <> ''),
    since    int  not null references changeset,
    check ("group" is null or kind in ('comment', 'risks', 'next_steps')),
    check (num_nonnulls(text_fr, text_ar, text_en) > 0)
);
create unique index on snapshot_text (snapshot, kind, coalesce("group", ''));

-- Nothing comes to what is published, and nothing goes. Whoever publishes waits for who is
-- at work on the same snapshot, and these for it.
-- +goose StatementBegin
create function keep_published() returns trigger language plpgsql as $$
declare
    name text;
begin
    if tg_op = 'TRUNCATE' then
        raise exception 'snapshots are never altered: no truncate of %', tg_table_name
            using errcode = 'restrict_violation';
    end if;
    if tg_table_name = 'snapshot' then
        name := old.number;
    elsif tg_op = 'INSERT' then
        name := new.snapshot;
    else
        name := old.snapshot;
    end if;
    perform pg_advisory_xact_lock_shared(7461004, hashtext(name));
    if exists (select from snapshot_publication p where p.snapshot = name) then
        raise exception 'published snapshots are never altered: no % of %', lower(tg_op), tg_table_name
            using errcode = 'restrict_violation';
    end if;
    if tg_op = 'UPDATE' then
        if old.snapshot <> new.snapshot then
            raise exception 'snapshots are never altered: a text stays beside its own'
                using errcode = 'restrict_violation';
        end if;
    end if;
    return coalesce(new, old);
end
$$;

create function wait_for_work() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(7461004, hashtext(new.snapshot));
    return new;
end
$$;
-- +goose StatementEnd

create trigger snapshot_publication_waits before insert on snapshot_publication
    for each row execute function wait_for_work();

drop trigger snapshot_stays on snapshot;
drop trigger snapshot_piece_stays on snapshot_piece;
create trigger snapshot_stays before update on snapshot
    for each row execute function refuse_alteration();
create trigger snapshot_piece_stays before update on snapshot_piece
    for each row execute function refuse_alteration();
create trigger snapshot_keeps before delete on snapshot
    for each row execute function keep_published();
create trigger snapshot_piece_keeps before insert or delete on snapshot_piece
    for each row execute function keep_published();
create trigger snapshot_text_keeps before insert or update or delete on snapshot_text
    for each row execute function keep_published();
create trigger snapshot_text_is_not_emptied before truncate on snapshot_text
    for each statement execute function keep_published();

alter table changeset
    drop constraint changeset_act_check,
    add constraint changeset_act_check
        check (act in ('import', 'define', 'draft', 'submit', 'verify', 'publish', 'return', 'withdraw', 'discard',
                       'lock', 'unlock', 'accept', 'attach', 'erase', 'protect', 'freeze', 'word', 'drop', 'issue'));

-- As before, but that what is prepared may be dropped.
-- +goose StatementBegin
create or replace function grant_use(grantee regrole) returns void language plpgsql as $$
declare
    t record;
begin
    if grantee is null then
        raise exception 'there is no such role: create it first, with create role … login'
            using errcode = 'invalid_grant_operation';
    end if;
    if exists (select from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
               and pg_has_role(grantee, relowner, 'member')) then -- as every superuser is
        raise exception 'the role % can act for the owner of the tables: name one that cannot', grantee
            using errcode = 'invalid_grant_operation';
    end if;
    execute format('grant connect, temporary on database %I to %s', current_database(), grantee);
    execute format('grant usage on schema public to %s', grantee);
    execute format('grant usage on all sequences in schema public to %s', grantee);
    for t in
        select c.oid::regclass as name, c.relname = 'goose_db_version' as ours,
               exists (select from pg_trigger g where g.tgrelid = c.oid
                       and g.tgfoid in ('refuse_to_alter'::regproc, 'refuse_alteration'::regproc)) as stays,
               exists (select from pg_trigger g where g.tgrelid = c.oid and g.tgfoid = 'keep_published'::regproc) as drops,
               exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'until' and not a.attisdropped) as ends
        from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    loop
        execute format('revoke all on %s from %s', t.name, grantee);
        execute format('grant select on %s to %s', t.name, grantee);
        if t.stays then
            execute format('grant insert on %s to %s', t.name, grantee);
            if t.ends then
                execute format('grant update (until) on %s to %s', t.name, grantee);
            end if;
            if t.drops then
                execute format('grant delete on %s to %s', t.name, grantee);
            end if;
        elsif not t.ours then
            execute format('grant insert, update, delete on %s to %s', t.name, grantee);
        end if;
    end loop;
end
$$;
-- +goose StatementEnd
