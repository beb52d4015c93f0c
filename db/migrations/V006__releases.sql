-- Releases: content-addressed, immutable. Offers: which release a host is expected to run, numbered per host.

create table release_release (
  digest     text primary key,
  record     text not null,
  module     text not null,
  nar_hash   text not null check (nar_hash ~ '^sha256-[A-Za-z0-9+/]{43}=$'),
  archive    bytea not null,
  created_at timestamptz not null default now(),
  constraint release_digest_names_record
    check (digest = encode(sha256(convert_to(record, 'UTF8')), 'hex'))
);
comment on column release_release.record is 'Canonical JSON (RFC 8785) from which the module renders again byte for byte';

-- Whether every profile version that a release's record names is approved, with just that digest.
create function release_unapproved(record text) returns text language sql stable as $$
  select string_agg(format('%s v%s', p ->> 'slug', p ->> 'number'), ', ')
    from jsonb_array_elements(record::jsonb -> 'profiles') p
    left join profile_profile pp on pp.slug = p ->> 'slug'
    left join profile_version pv on pv.profile_id = pp.id and pv.number = (p ->> 'number')::integer
   where pv.state is distinct from 'approved' or pv.digest is distinct from p ->> 'digest'
$$;

create function release_guard() returns trigger language plpgsql as $$
declare
  unapproved text;
begin
  if jsonb_array_length(new.record::jsonb -> 'profiles') < 1 then
    raise exception 'a release names the profile versions it comes from' using errcode = 'check_violation';
  end if;
  unapproved := release_unapproved(new.record);
  if unapproved is not null then
    raise exception 'not approved: %', unapproved using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger release_guard before insert on release_release
  for each row execute function release_guard();

create table release_offer (
  id             bigint generated always as identity primary key,
  host_id        bigint not null references fleet_host,
  number         integer not null check (number >= 1),
  release_digest text not null references release_release,
  rollout_id     bigint not null,
  offered_at     timestamptz not null default clock_timestamp(),
  offered_by     text not null references account_user (username),
  fetched_at     timestamptz,
  unique (host_id, number)
);
comment on column release_offer.number is 'Rises by one per host: an older release offered again has a new number';

create function release_offer_guard() returns trigger language plpgsql as $$
declare
  unapproved text;
begin
  select release_unapproved(record) into unapproved from release_release where digest = new.release_digest;
  if unapproved is not null then
    raise exception 'not approved: %', unapproved using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger release_offer_guard before insert on release_offer
  for each row execute function release_offer_guard();

grant select, insert on release_release to ${app_role};
grant select, insert, update (fetched_at) on release_offer to ${app_role};
