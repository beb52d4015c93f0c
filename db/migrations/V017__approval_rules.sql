-- The rule of a profile, how many approve and what an emergency may do, is loosened by two people only.
-- Single-operator mode: a row that the launcher writes as the owner, and that the application can only read.

create table account_single_operator (
  single     boolean primary key default true check (single),
  started_at timestamptz not null default now()
);
comment on table account_single_operator is 'Has a row while the portal runs with PALISADE_SINGLE_OPERATOR=true';
grant select on account_single_operator to ${app_role};

create function account_is_single_operator() returns boolean language sql stable as $$
  select exists (select from account_single_operator)
$$;

create function account_may_decide(person text) returns boolean language sql stable as $$
  select exists (
    select from account_user u
      join account_role r on r.user_id = u.id and r.role = 'approver'
     where u.username = person and not u.system and u.disabled_at is null)
$$;

create table profile_rule_change (
  id                     bigint generated always as identity primary key,
  profile_id             bigint not null references profile_profile,
  from_approvals         integer not null,
  from_emergency_seconds integer not null,
  to_approvals           integer not null check (to_approvals between 1 and 10),
  to_emergency_seconds   integer not null check (to_emergency_seconds = 0 or to_emergency_seconds between 3600 and 259200),
  reason                 text not null check (length(reason) between 1 and 10000),
  proposed_by            text not null references account_user (username),
  proposed_at            timestamptz not null default now(),
  state                  text not null default 'open' check (state in ('open', 'approved', 'rejected', 'withdrawn', 'void')),
  decided_by             text references account_user (username),
  decided_at             timestamptz,
  comment                text check (length(comment) <= 10000),
  by_proposer            boolean not null default false,
  check ((state = 'open') = (decided_at is null)),
  check ((state in ('open', 'void')) = (decided_by is null)),
  check (to_approvals < from_approvals or to_emergency_seconds > from_emergency_seconds)
);
create unique index profile_rule_change_open on profile_rule_change (profile_id) where state = 'open';
comment on column profile_rule_change.by_proposer is 'Decided by who proposed it, in single-operator mode';

alter table profile_profile
  add emergency_seconds integer not null default 0
    check (emergency_seconds = 0 or emergency_seconds between 3600 and 259200),
  add rule_change_id bigint references profile_rule_change;
comment on column profile_profile.emergency_seconds is 'How soon the missing approvals follow an emergency; 0 allows none';
comment on column profile_profile.rule_change_id is 'The change that loosened the rule last; it rises, so that each is used once';

create function profile_rule_change_guard() returns trigger language plpgsql as $$
declare
  rule profile_profile;
  fits boolean;
begin
  select * into rule from profile_profile where id = new.profile_id for update;
  fits := (rule.required_approvals, rule.emergency_seconds) = (new.from_approvals, new.from_emergency_seconds);
  if tg_op = 'INSERT' then
    if new.state <> 'open' then
      raise exception 'a rule change starts open, not as %', new.state using errcode = 'check_violation';
    end if;
    if not fits then
      raise exception 'the change starts from another rule than % has', rule.slug using errcode = 'check_violation';
    end if;
    if not account_may_decide(new.proposed_by) then
      raise exception 'only an enabled approver proposes a looser rule' using errcode = 'check_violation';
    end if;
    new.by_proposer := false;
    return new;
  end if;
  if old.state <> 'open' then
    raise exception 'the rule change is % and stays so', old.state using errcode = 'check_violation';
  end if;
  new.by_proposer := new.state in ('approved', 'rejected') and new.decided_by = new.proposed_by;
  if new.state in ('approved', 'rejected') then
    if not account_may_decide(new.decided_by) then
      raise exception 'only an enabled approver decides on a rule change' using errcode = 'check_violation';
    end if;
    if new.by_proposer and not account_is_single_operator() then
      raise exception 'who proposed a looser rule cannot decide on it' using errcode = 'check_violation';
    end if;
  end if;
  if new.state = 'approved' and not (fits and account_may_decide(new.proposed_by)) then
    raise exception 'the proposal is void: its proposer is no approver any more, or the rule changed since'
      using errcode = 'check_violation';
  end if;
  if new.state = 'withdrawn' and new.decided_by <> new.proposed_by then
    raise exception 'only who proposed a rule change withdraws it' using errcode = 'check_violation';
  end if;
  if new.state = 'void' and fits and account_may_decide(new.proposed_by) then
    raise exception 'the proposal is not void' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger profile_rule_change_guard before insert or update on profile_rule_change
  for each row execute function profile_rule_change_guard();

create or replace function profile_profile_guard() returns trigger language plpgsql as $$
begin
  if new.required_approvals >= old.required_approvals and new.emergency_seconds <= old.emergency_seconds
     and new.rule_change_id is not distinct from old.rule_change_id then
    return new;
  end if;
  if coalesce(new.rule_change_id, 0) <= coalesce(old.rule_change_id, 0) or not exists (
    select from profile_rule_change c
     where c.id = new.rule_change_id and c.profile_id = new.id and c.state = 'approved'
       and (c.from_approvals, c.from_emergency_seconds) = (old.required_approvals, old.emergency_seconds)
       and (c.to_approvals, c.to_emergency_seconds) = (new.required_approvals, new.emergency_seconds)
       and (c.decided_by <> c.proposed_by or (c.by_proposer and account_is_single_operator()))
       and account_may_decide(c.proposed_by) and account_may_decide(c.decided_by)) then
    raise exception 'the rule of % is loosened by two people only', old.slug using errcode = 'check_violation';
  end if;
  return new;
end $$;

grant select, insert on profile_rule_change to ${app_role};
grant update (state, decided_by, decided_at, comment, by_proposer) on profile_rule_change to ${app_role};

do $$
declare
  guard text;
begin
  foreach guard in array array['profile_rule_change_guard()', 'profile_profile_guard()',
    'account_is_single_operator()', 'account_may_decide(text)'] loop
    execute format('alter function %s set search_path = %I, pg_temp', guard, current_schema());
  end loop;
end $$;
