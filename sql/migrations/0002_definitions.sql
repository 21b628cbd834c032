-- +goose Up
-- A table NAME_code holds every code ever used, for references; it is never versioned
-- and never emptied. The table NAME holds the versions: a row is live from changeset
-- `since` until changeset `until` (exclusive; null: still). Ending a row is all that
-- ever happens to it.

create table organisation_code (code code primary key);
create unique index on organisation_code (lower(code));
create table group_code (code code primary key);
create unique index on group_code (lower(code));
create table framework_code (code code primary key);
create unique index on framework_code (lower(code));
create table result_code (
    framework code references framework_code,
    code      code,
    primary key (framework, code)
);
create unique index on result_code (lower(framework), lower(code));
create table action_code (code code primary key);
create unique index on action_code (lower(code));
create table indicator_code (code code primary key);
create unique index on indicator_code (lower(code));

create table setting (
    key   code not null,
    value text not null,
    since int  not null references changeset,
    until int  references changeset check (until > since),
    primary key (key, since)
);
create unique index setting_live on setting (key) where until is null;

create table category (
    dimension code not null,
    code      code not null,
    title_fr  text not null,
    title_ar  text,
    title_en  text,
    "order"   int,
    since     int  not null references changeset,
    until     int  references changeset check (until > since),
    primary key (dimension, code, since)
);
create unique index category_live on category (dimension, code) where until is null;

create table organisation (
    code    code not null references organisation_code,
    name_fr text not null,
    name_ar text,
    name_en text,
    kind    text not null check (kind in ('ministry', 'agency', 'local_authority', 'donor',
                                          'international', 'civil_society', 'academia', 'private')),
    iati_id text,
    since   int  not null references changeset,
    until   int  references changeset check (until > since),
    primary key (code, since)
);
create unique index organisation_live on organisation (code) where until is null;

create table "group" (
    code        code not null references group_code,
    title_fr    text not null,
    title_ar    text,
    title_en    text,
    coordinator code references organisation_code,
    "order"     int,
    since       int  not null references changeset,
    until       int  references changeset check (until > since),
    primary key (code, since)
);
create unique index group_live on "group" (code) where until is null;

create table framework (
    code     code not null references framework_code,
    kind     text not null check (kind in ('plan', 'sdg', 'strategy')),
    title_fr text not null,
    title_ar text,
    title_en text,
    start    int  not null,
    "end"    int  not null check ("end" >= start),
    baseline int,
    method   text,
    since    int  not null references changeset,
    until    int  references changeset check (until > since),
    primary key (code, since)
);
create unique index framework_live on framework (code) where until is null;

create table result (
    framework code not null,
    code      code not null,
    parent    code check (parent <> code),
    title_fr  text not null,
    title_ar  text,
    title_en  text,
    level     text,
    weight    exact check (weight > 0),
    since     int  not null references changeset,
    until     int  references changeset check (until > since),
    primary key (framework, code, since),
    foreign key (framework, code) references result_code,
    foreign key (framework, parent) references result_code
);
create unique index result_live on result (framework, code) where until is null;
