-- +goose Up
-- A snapshot is written once and never altered. A superuser can still switch the
-- triggers off; what is done then, jalon snapshot verify finds.
-- +goose StatementBegin
create function refuse_alteration() returns trigger language plpgsql as $$
begin
    raise exception 'snapshots are never altered: no % of %', lower(tg_op), tg_table_name
        using errcode = 'restrict_violation';
end
$$;
-- +goose StatementEnd

create trigger snapshot_stays before update or delete on snapshot
    for each row execute function refuse_alteration();
create trigger snapshot_is_not_emptied before truncate on snapshot
    for each statement execute function refuse_alteration();
create trigger snapshot_piece_stays before update or delete on snapshot_piece
    for each row execute function refuse_alteration();
create trigger snapshot_piece_is_not_emptied before truncate on snapshot_piece
    for each statement execute function refuse_alteration();

-- The pieces come first, then the header with the sums over them.
alter table snapshot_piece alter constraint snapshot_piece_snapshot_fkey deferrable initially deferred;
-- It is part of what is hashed, so it is known before.
alter table snapshot alter taken_at drop default;
