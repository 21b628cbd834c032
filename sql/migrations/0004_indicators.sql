-- +goose Up
create table indicator (
    code          code not null references indicator_code,
    title_fr      text not null,
    title_ar      text,
    title_en      text,
    result_type   text check (result_type in ('output', 'outcome', 'impact')),
    unit          text not null check (unit <> ''),
    unit_shown_fr text,
    unit_shown_ar text,
    unit_shown_en text,
    kind          text not null check (kind in ('number', 'percent', 'ratio', 'rate', 'amount', 'index', 'binary', 'scale')),
    direction     text not null check (direction in ('increase', 'decrease', 'maintain')),
    accumulation  text not null check (accumulation in ('level', 'flow', 'cumulative')),
    frequency     text not null check (frequency in ('month', 'quarter', 'semester', 'year')),
    decimals      int check (decimals between 0 and 9),
    min           exact,
    max           exact check (max > min),
    factor        exact,
    method        text,
    responsible   code references organisation_code,
    due_days      int check (due_days >= 0),
    key           boolean not null,
    breakdowns    text[] not null default '{}',
    additive      text[] not null default '{}',
    external      text[] not null default '{}',
    source        text,
    definition_fr text,
    definition_ar text,
    definition_en text,
    illustrative  boolean not null,
    since         int  not null references changeset,
    until         int  references changeset check (until > since),
    primary key (code, since)
);
create unique index indicator_live on indicator (code) where until is null;

create table indicator_action (
    indicator code not null references indicator_code,
    action    code not null references action_code,
    since     int  not null references changeset,
    until     int  references changeset check (until > since),
    primary key (indicator, action, since)
);
create unique index indicator_action_live on indicator_action (indicator, action) where until is null;

create table indicator_group (
    indicator code not null references indicator_code,
    "group"   code not null references group_code,
    since     int  not null references changeset,
    until     int  references changeset check (until > since),
    primary key (indicator, "group", since)
);
create unique index indicator_group_live on indicator_group (indicator, "group") where until is null;

create table indicator_result (
    indicator code not null references indicator_code,
    framework code not null,
    result    code not null,
    weight    exact check (weight > 0),
    since     int  not null references changeset,
    until     int  references changeset check (until > since),
    primary key (indicator, framework, result, since),
    foreign key (framework, result) references result_code
);
create unique index indicator_result_live on indicator_result (indicator, framework, result) where until is null;

create table target (
    indicator   code not null references indicator_code,
    kind        text not null check (kind in ('baseline', 'milestone', 'target')),
    period      int  not null,
    value       exact,
    low         exact,
    high        exact check (high > low),
    comparison  text check (comparison in ('at_least', 'at_most', 'above', 'below')),
    framework   code references framework_code,
    decided     date,
    source      text,
    note        text,
    sex         text not null default '',
    age         text not null default '',
    governorate text not null default '',
    breakdown   text not null default '',
    since       int  not null references changeset,
    until       int  references changeset check (until > since),
    check (num_nonnulls(value, low, high) = case when value is null then 2 else 1 end)
);
create unique index target_live on target
    (indicator, coalesce(framework, ''), kind, period, sex, age, governorate, breakdown, coalesce(decided, '0001-01-01'))
    where until is null;
