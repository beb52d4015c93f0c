-- Waivers: what somebody need not hold for a while. One person asks, another approves, and each one ends by itself.

create table assignment_waiver (
  id           bigint generated always as identity primary key,
  host_id      bigint references fleet_host,
  group_slug   text check (length(group_slug) between 1 and 63),
  key          text not null check (length(key) between 1 and 1000),
  effect       text not null check (effect in ('accept', 'value', 'unmanaged')),
  value        text,
  reason       text not null check (length(reason) between 1 and 10000),
  requested_by text not null references account_user (username),
  requested_at timestamptz not null default clock_timestamp(),
  expires_at   timestamptz not null,
  state        text not null default 'requested'
    check (state in ('requested', 'approved', 'rejected', 'revoked', 'expired')),
  decided_by   text references account_user (username),
  decided_at   timestamptz,
  comment      text check (length(comment) <= 10000),
  by_requester boolean not null default false,
  ended_by     text references account_user (username),
  ended_at     timestamptz,
  check ((host_id is null) <> (group_slug is null)),
  check ((effect = 'value') = (value is not null)),
  check (expires_at > requested_at and expires_at <= requested_at + interval '366 days'),
  check ((decided_by is null) = (decided_at is null)),
  check (state not in ('approved', 'rejected') or decided_by is not null),
  check ((state = 'revoked') = (ended_by is not null)),
  check ((state in ('revoked', 'expired')) = (ended_at is not null))
);
comment on column assignment_waiver.group_slug is 'Of the group that had its hosts when it was asked for; a name, and nothing more';
comment on column assignment_waiver.value is 'JSON';
comment on column assignment_waiver.by_requester is 'Decided by who asked for it, in single-operator mode';
create unique index assignment_waiver_host_open on assignment_waiver (host_id, key)
  where host_id is not null and state in ('requested', 'approved');
create unique index assignment_waiver_group_open on assignment_waiver (group_slug, key)
  where group_slug is not null and state in ('requested', 'approved');

-- The hosts that it was approved for, fixed when it was asked for. Some may leave; none joins.
create table assignment_waiver_host (
  waiver_id bigint not null references assignment_waiver,
  host_id   bigint not null references fleet_host,
  primary key (waiver_id, host_id)
);
create index assignment_waiver_host_host on assignment_waiver_host (host_id);

create function account_may_operate(person text) returns boolean language sql stable as $$
  select exists (
    select from account_user u
      join account_role r on r.user_id = u.id and r.role = 'operator'
     where u.username = person and not u.system and u.disabled_at is null)
$$;

create function assignment_waiver_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.state <> 'requested' or (new.decided_by, new.decided_at, new.comment, new.ended_by, new.ended_at) is distinct from
       (null::text, null::timestamptz, null::text, null::text, null::timestamptz) then
      raise exception 'a waiver starts as requested, without a decision and without an end' using errcode = 'check_violation';
    end if;
    -- The portal's clock may be a little ahead of the database's.
    if new.requested_at > clock_timestamp() + interval '1 minute' then
      raise exception 'a waiver is asked for now, not later' using errcode = 'check_violation';
    end if;
    if not account_may_operate(new.requested_by) then
      raise exception 'only an enabled operator asks for a waiver' using errcode = 'check_violation';
    end if;
    new.by_requester := false;
    return new;
  end if;
  if (new.host_id, new.group_slug, new.key, new.effect, new.value, new.reason, new.requested_by, new.requested_at, new.expires_at)
     is distinct from
     (old.host_id, old.group_slug, old.key, old.effect, old.value, old.reason, old.requested_by, old.requested_at, old.expires_at) then
    raise exception 'what a waiver says never changes' using errcode = 'check_violation';
  end if;
  if new.state is distinct from old.state and (old.state, new.state) not in (
    ('requested', 'approved'), ('requested', 'rejected'), ('requested', 'revoked'), ('requested', 'expired'),
    ('approved', 'revoked'), ('approved', 'expired')) then
    raise exception 'a waiver cannot go from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  if new.state = old.state and (new.ended_by, new.ended_at) is distinct from (old.ended_by, old.ended_at) then
    raise exception 'how a waiver ended is said once' using errcode = 'check_violation';
  end if;
  if old.state = 'requested' and new.state in ('approved', 'rejected') then
    new.by_requester := new.decided_by = new.requested_by;
    if not account_may_decide(new.decided_by) then
      raise exception 'only an enabled approver decides on a waiver' using errcode = 'check_violation';
    end if;
    if new.by_requester and not account_is_single_operator() then
      raise exception 'who asked for a waiver cannot decide on it' using errcode = 'check_violation';
    end if;
    if new.expires_at <= clock_timestamp() then
      raise exception 'the time of the waiver has passed' using errcode = 'check_violation';
    end if;
  elsif (new.decided_by, new.decided_at, new.comment, new.by_requester)
     is distinct from (old.decided_by, old.decided_at, old.comment, old.by_requester) then
    raise exception 'a waiver is decided once' using errcode = 'check_violation';
  end if;
  if old.state = 'requested' and new.state = 'approved' and not account_may_operate(new.requested_by) then
    raise exception 'who asked for the waiver is no operator any more' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger assignment_waiver_guard before insert or update on assignment_waiver
  for each row execute function assignment_waiver_guard();

create function assignment_waiver_host_guard() returns trigger language plpgsql as $$
declare
  waiver assignment_waiver;
begin
  select * into waiver from assignment_waiver where id = new.waiver_id for update;
  if waiver.state <> 'requested' then
    raise exception 'a waiver that is % gets no other host', waiver.state using errcode = 'check_violation';
  end if;
  if waiver.host_id is not null and waiver.host_id <> new.host_id then
    raise exception 'the waiver is for another host' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger assignment_waiver_host_guard before insert or update on assignment_waiver_host
  for each row execute function assignment_waiver_host_guard();

-- What counts now: of several that hold a host and a key, its own before a group's, then the one asked for first.
create view assignment_waiver_in_force as
select distinct on (h.host_id, w.key)
       h.host_id, w.key, w.id, w.effect, w.value::jsonb as value, w.reason, w.expires_at, w.decided_at
  from assignment_waiver w
  join assignment_waiver_host h on h.waiver_id = w.id
 where w.state = 'approved' and w.expires_at > clock_timestamp()
 order by h.host_id, w.key, w.host_id is null, w.id;

grant select, insert on assignment_waiver to ${app_role};
grant update (state, decided_by, decided_at, comment, by_requester, ended_by, ended_at) on assignment_waiver to ${app_role};
grant select, insert, delete on assignment_waiver_host to ${app_role};
grant select on assignment_waiver_in_force to ${app_role};

do $$
declare
  guard text;
begin
  foreach guard in array array['account_may_operate(text)', 'assignment_waiver_guard()', 'assignment_waiver_host_guard()'] loop
    execute format('alter function %s set search_path = %I, pg_temp', guard, current_schema());
  end loop;
end $$;
