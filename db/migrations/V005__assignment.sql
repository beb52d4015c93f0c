-- Which profiles a host is meant to have, in order: later ones win. Intent only; a rollout moves bytes.

create table assignment_host_profile (
  host_id    bigint not null references fleet_host,
  position   integer not null check (position >= 0),
  profile_id bigint not null references profile_profile,
  primary key (host_id, position),
  unique (host_id, profile_id)
);

grant select, insert, update, delete on assignment_host_profile to ${app_role};
