-- Groups of hosts: a selector, and what the operator supplies to the profiles of all hosts in it.

create table fleet_group (
  id         bigint generated always as identity primary key,
  slug       text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  name       text not null check (length(name) between 1 and 200),
  selector   text not null check (length(selector) between 1 and 4000),
  parameters jsonb not null default '{}',
  version    integer not null default 0
);

grant select, insert, update, delete on fleet_group to ${app_role};
