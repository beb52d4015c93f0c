-- Rollouts, the versions they carry, and how far each host has come.

create table rollout_rollout (
  id         bigint generated always as identity primary key,
  name       text not null check (length(name) between 1 and 200),
  selector   text not null,
  state      text not null check (state in ('draft', 'scheduled', 'running', 'paused', 'halted', 'finished', 'aborted')),
  planned_by text not null references account_user (username),
  planned_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at   timestamptz,
  version    integer not null default 0
);

create table rollout_version (
  rollout_id bigint not null references rollout_rollout,
  version_id bigint not null references profile_version,
  primary key (rollout_id, version_id)
);

-- A rollout names approved versions only, whoever writes the row.
create function rollout_version_guard() returns trigger language plpgsql as $$
begin
  if not exists (select from profile_version where id = new.version_id and state = 'approved') then
    raise exception 'only approved versions can be rolled out' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger rollout_version_guard before insert or update on rollout_version
  for each row execute function rollout_version_guard();

create table rollout_host (
  rollout_id     bigint not null references rollout_rollout,
  host_id        bigint not null references fleet_host,
  wave           integer not null check (wave >= 1),
  state          text not null check (state in ('planned', 'refused', 'offered', 'fetched', 'verified', 'failing')),
  reason         text not null default '',
  release_digest text references release_release,
  changed_at     timestamptz not null default now(),
  primary key (rollout_id, host_id)
);
create index rollout_host_host on rollout_host (host_id, rollout_id);

alter table release_offer add foreign key (rollout_id) references rollout_rollout;

grant select, insert, update on rollout_rollout, rollout_host to ${app_role};
grant select, insert on rollout_version to ${app_role};
