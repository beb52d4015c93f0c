-- Tokens of machines that build for many hosts: read-only, for the hosts that a selector picks.

create table fleet_delivery_token (
  id         bigint generated always as identity primary key,
  name       text not null check (length(name) between 1 and 200),
  selector   text not null check (length(selector) between 1 and 4000),
  token_hash bytea not null unique check (octet_length(token_hash) = 32),
  created_at timestamptz not null,
  created_by text not null references account_user (username),
  expires_at timestamptz not null check (expires_at > created_at),
  revoked_at timestamptz,
  revoked_by text references account_user (username),
  check ((revoked_at is null) = (revoked_by is null))
);

create function fleet_delivery_token_guard() returns trigger language plpgsql as $$
begin
  if old.revoked_at is not null then
    raise exception 'a revoked token stays revoked' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger fleet_delivery_token_guard before update on fleet_delivery_token
  for each row execute function fleet_delivery_token_guard();

do $$ begin
  execute format('alter function fleet_delivery_token_guard() set search_path = %I, pg_temp', current_schema());
end $$;

grant select, insert, update (revoked_at, revoked_by) on fleet_delivery_token to ${app_role};
