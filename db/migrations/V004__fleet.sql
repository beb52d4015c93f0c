-- Hosts and their tokens.

create table fleet_host (
  id                   bigint generated always as identity primary key,
  name                 text not null unique check (name ~ '^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$'),
  labels               jsonb not null default '{}',
  parameters           jsonb not null default '{}',
  token_hash           bytea not null unique check (octet_length(token_hash) = 32),
  token_issued_at      timestamptz not null default now(),
  former_token_hash    bytea unique check (octet_length(former_token_hash) = 32),
  former_token_expires timestamptz,
  registered_at        timestamptz not null default now(),
  registered_by        text not null references account_user (username),
  version              integer not null default 0
);
comment on column fleet_host.former_token_hash is 'The token before the last rotation, good until former_token_expires';

grant select, insert, update on fleet_host to ${app_role};
