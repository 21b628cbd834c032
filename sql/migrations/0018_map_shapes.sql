-- +goose Up
-- Borders of territories as an administrator gave them (GeoJSON), by the hash of the file:
-- the setting map_shapes names those in force. They stay, for who looks back.
create table map_shapes (
    sha256  text  primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    content bytea not null check (length(content) between 1 and 1048576)
);
select keep_versions('map_shapes');
