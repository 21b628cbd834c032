-- +goose Up
-- What is recorded stays. Of a version only the end may be set, once; a row without an
-- end (a changeset, a code, an event) is never altered. Whoever owns a table can still
-- switch its triggers off: a server is run under a role that does not (grant_use).

-- Whether the public can see what a changeset did. Numbers of the others say nothing to it.
alter table changeset add internal boolean not null default false;

-- +goose StatementBegin
create function refuse_to_alter() returns trigger language plpgsql as $$
begin
    raise exception 'what is recorded is never altered: no % of %', lower(tg_op), tg_table_name
        using errcode = 'restrict_violation';
end
$$;
-- +goose StatementEnd

-- What has to be the same in two versions of a row: all its columns but some, and of
-- numbers their zeros at the end, too.
-- +goose StatementBegin
create function same_but_for(kept regclass, changing text[]) returns text language sql stable as $$
    select coalesce(string_agg(
        case when coalesce(nullif(t.typbasetype, 0), t.oid) = 'numeric'::regtype
             then format('old.%1$I is not distinct from new.%1$I and scale(old.%1$I) is not distinct from scale(new.%1$I)', a.attname)
             else format('old.%1$I is not distinct from new.%1$I', a.attname)
        end, ' and ' order by a.attnum), 'true')
    from pg_attribute a
    join pg_type t on t.oid = a.atttypid
    where a.attrelid = kept and a.attnum > 0 and not a.attisdropped and a.attname <> all (changing)
$$;
-- +goose StatementEnd

-- Has a table keep its rows: none is deleted, and the only change of one is that its
-- until, where it has that column, becomes a number. Erasable columns may become empty, by
-- themselves. Done again, after a column was added or to make one erasable, it replaces
-- what was there. A condition of the trigger, not its function, lets the end through: a
-- million of them cost next to nothing.
-- +goose StatementBegin
create function keep_versions(kept regclass, erasable text[] default '{}') returns void language plpgsql as $$
declare
    name    text := (select relname from pg_class where oid = kept);
    allowed text := 'false';
begin
    if exists (select from pg_attribute where attrelid = kept and attname = 'until' and not attisdropped) then
        allowed := 'old.until is null and new.until is not null and ' || same_but_for(kept, '{until}');
    end if;
    if erasable <> '{}' then
        allowed := allowed || ' or ' || same_but_for(kept, erasable) || (
            select string_agg(format(' and (old.%1$I is not distinct from new.%1$I or new.%1$I is null)', c), '') from unnest(erasable) c);
    end if;
    execute format('create or replace trigger %I after update on %s for each row when (not (%s)) execute function refuse_to_alter()',
                   name || '_stays', kept, allowed);
    execute format('create or replace trigger %I before delete or truncate on %s for each statement execute function refuse_to_alter()',
                   name || '_is_not_emptied', kept);
end
$$;
-- +goose StatementEnd

select keep_versions(kept) from unnest(array[
    'changeset', 'account_event',
    'setting', 'category', 'organisation', '"group"', 'framework', 'result', 'action', 'action_partner', 'action_result',
    'milestone', 'funding', 'indicator', 'indicator_action', 'indicator_group', 'indicator_result', 'target',
    'observation', 'period_lock',
    'series', 'source', 'organisation_code', 'group_code', 'framework_code', 'result_code', 'action_code', 'indicator_code'
]::regclass[]) kept;

-- Gives a role what serving a programme needs and no more: rows that stay can be added
-- and ended, others written as usual, the version of the schema only read. To be done
-- again after each migration that adds a table.
-- +goose StatementBegin
create function grant_use(grantee regrole) returns void language plpgsql as $$
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
        elsif not t.ours then
            execute format('grant insert, update, delete on %s to %s', t.name, grantee);
        end if;
    end loop;
end
$$;
-- +goose StatementEnd
