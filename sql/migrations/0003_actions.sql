-- +goose Up
create table action (
    code           code not null references action_code,
    "group"        code not null references group_code,
    title_fr       text not null,
    title_ar       text,
    title_en       text,
    description_fr text,
    description_ar text,
    description_en text,
    lead           code references organisation_code,
    status         text not null check (status in ('planned', 'ongoing', 'completed', 'suspended', 'cancelled')),
    start          date,
    "end"          date check ("end" >= start),
    actual_start   date,
    actual_end     date check (actual_end >= actual_start),
    scope          text check (scope in ('national', 'regional', 'local')),
    governorates   text[] not null default '{}',
    obstacle_fr    text,
    obstacle_ar    text,
    obstacle_en    text,
    illustrative   boolean not null,
    since          int  not null references changeset,
    until          int  references changeset check (until > since),
    primary key (code, since)
);
create unique index action_live on action (code) where until is null;

create table action_partner (
    action       code not null references action_code,
    organisation code not null references organisation_code,
    since        int  not null references changeset,
    until        int  references changeset check (until > since),
    primary key (action, organisation, since)
);
create unique index action_partner_live on action_partner (action, organisation) where until is null;

create table action_result (
    action    code not null references action_code,
    framework code not null,
    result    code not null,
    weight    exact check (weight > 0),
    since     int  not null references changeset,
    until     int  references changeset check (until > since),
    primary key (action, framework, result, since),
    foreign key (framework, result) references result_code
);
create unique index action_result_live on action_result (action, framework, result) where until is null;

create table milestone (
    action   code not null references action_code,
    code     code not null,
    title_fr text not null,
    title_ar text,
    title_en text,
    due      date not null,
    done     date,
    since    int  not null references changeset,
    until    int  references changeset check (until > since),
    primary key (action, code, since)
);
create unique index milestone_live on milestone (action, code) where until is null;

create table funding (
    action    code  not null references action_code,
    donor     code  not null references organisation_code,
    kind      text  not null check (kind in ('budget', 'commitment', 'disbursement', 'expenditure')),
    amount    exact not null,
    currency  text  not null check (currency ~ '^[A-Z]{3}$'),
    date      date  not null,
    reference text,
    since     int   not null references changeset,
    until     int   references changeset check (until > since)
);
create unique index funding_live on funding (action, donor, kind, currency, date, coalesce(reference, ''))
    where until is null;
