-- People, their roles and their tokens. Users are disabled, never deleted: the journal names them.

create table account_user (
  id            bigint generated always as identity primary key,
  username      text not null unique check (username ~ '^[a-z][a-z0-9._-]{0,62}$'),
  display_name  text not null check (length(display_name) between 1 and 200),
  email         text check (length(email) <= 320),
  password_hash text,
  system        boolean not null default false,
  disabled_at   timestamptz,
  created_at    timestamptz not null default now(),
  version       integer not null default 0,
  check (not system or password_hash is null)
);
comment on column account_user.password_hash is 'PBKDF2 with its parameters and salt; null for an account that cannot sign in';

create table account_role (
  user_id bigint not null references account_user,
  role    text not null check (role in ('viewer', 'author', 'approver', 'operator', 'auditor', 'administrator')),
  primary key (user_id, role)
);

create table account_token (
  id         bigint generated always as identity primary key,
  user_id    bigint not null references account_user,
  hash       bytea not null unique check (octet_length(hash) = 32),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);
comment on column account_token.hash is 'SHA-256 of the token, which is shown once and stored nowhere';

insert into account_user (username, display_name, system) values ('portal', 'Portal', true);

grant select, insert, update on account_user to ${app_role};
grant select, insert, delete on account_role to ${app_role};
grant select, insert, update on account_token to ${app_role};
