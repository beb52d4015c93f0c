-- Hosts that enrol themselves, wait for an operator, and sign what they report with their SSH key.

alter table fleet_host
  add column state text not null default 'accepted' check (state in ('pending', 'accepted')),
  add column facts jsonb not null default '{}',
  add column ssh_host_key text check (ssh_host_key ~ '^ssh-(ed25519|rsa) [A-Za-z0-9+/]+=*$');
comment on column fleet_host.facts is 'What the host said of itself when it enrolled; labels come from people';
comment on column fleet_host.ssh_host_key is 'Pinned: reports that this key did not sign are refused';

create table fleet_enrolment_token (
  id          bigint generated always as identity primary key,
  token_hash  bytea not null unique check (octet_length(token_hash) = 32),
  labels      jsonb not null default '{}',
  auto_accept boolean not null,
  max_uses    integer not null check (max_uses between 1 and 10000),
  uses        integer not null default 0,
  expires_at  timestamptz not null,
  revoked_at  timestamptz,
  created_at  timestamptz not null default now(),
  created_by  text not null references account_user (username),
  constraint fleet_enrolment_token_uses check (uses between 0 and max_uses)
);

alter table audit_report add column signed_by text;
comment on column audit_report.signed_by is 'Fingerprint of the pinned key whose signature was verified on arrival; null where the host has none';

grant select, insert, update (uses, revoked_at) on fleet_enrolment_token to ${app_role};
