-- An emergency: one approval now, the others within a stated time. Decisions say what weakened them.

alter table profile_decision
  add emergency boolean not null default false,
  add by_writer boolean not null default false,
  add constraint profile_decision_emergency_says_why
    check (not emergency or (approves and length(trim(coalesce(comment, ''))) > 0));
comment on column profile_decision.by_writer is 'Taken by somebody who wrote the content, in single-operator mode; set by the trigger';

alter table profile_version
  add emergency_until timestamptz,
  add emergency_confirmed_at timestamptz;
comment on column profile_version.emergency_until is 'Approved in an emergency; refused by rollouts from then on, until confirmed';

create function profile_version_is_writer(version bigint, someone text) returns boolean language sql stable as $$
  select exists (select from profile_version v where v.id = version and v.author = someone)
      or exists (select from profile_version_writer w where w.version_id = version and w.person = someone)
$$;

-- How many people approve this content now: enabled approvers who did not write it, or who did in single-operator mode.
create function profile_version_approvals(version bigint, content_digest text) returns integer language sql stable as $$
  select count(distinct d.person)::integer
    from profile_decision d
   where d.version_id = version and d.approves and d.digest = content_digest and account_may_decide(d.person)
     and (not profile_version_is_writer(version, d.person) or (d.by_writer and account_is_single_operator()))
$$;

create or replace function profile_version_guard() returns trigger language plpgsql as $$
declare
  rule    profile_profile;
  granted integer;
begin
  if tg_op = 'INSERT' then
    if new.state not in ('draft', 'in_review') then
      raise exception 'a version starts as a draft or in review, not as %', new.state using errcode = 'check_violation';
    end if;
    if new.emergency_until is not null or new.emergency_confirmed_at is not null then
      raise exception 'a version starts without an emergency' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if (new.profile_id, new.number, new.author, new.created_at)
     is distinct from (old.profile_id, old.number, old.author, old.created_at) then
    raise exception 'profile, number and author of a version never change' using errcode = 'check_violation';
  end if;
  if old.state <> 'draft' and (new.content, new.digest) is distinct from (old.content, old.digest) then
    raise exception 'the content of a version that is % never changes', old.state using errcode = 'check_violation';
  end if;
  if new.state is distinct from old.state and (old.state, new.state) not in (
    ('draft', 'in_review'), ('in_review', 'draft'), ('in_review', 'approved'), ('in_review', 'rejected'),
    ('approved', 'retired')) then
    raise exception 'a version cannot go from % to %', old.state, new.state using errcode = 'check_violation';
  end if;
  select * into rule from profile_profile where id = new.profile_id;
  granted := profile_version_approvals(new.id, new.digest);
  if old.state = 'in_review' and new.state = 'approved' then
    if new.emergency_until is null and granted < rule.required_approvals then
      raise exception 'a version is approved by % people who did not write it, not by %',
        rule.required_approvals, granted using errcode = 'check_violation';
    end if;
    if new.emergency_until is not null then
      if granted >= rule.required_approvals or rule.emergency_seconds = 0 then
        raise exception 'there is no emergency approval of this version' using errcode = 'check_violation';
      end if;
      if granted < 1 or not exists (
        select from profile_decision d
         where d.version_id = new.id and d.approves and d.emergency and d.digest = new.digest
           and account_may_decide(d.person)
           and (not profile_version_is_writer(new.id, d.person) or (d.by_writer and account_is_single_operator()))) then
        raise exception 'nobody approved this version in an emergency' using errcode = 'check_violation';
      end if;
      -- The clocks of portal and database may differ a little.
      if new.emergency_until > clock_timestamp() + make_interval(secs => rule.emergency_seconds + 60) then
        raise exception 'the time to confirm an emergency of % is % seconds', rule.slug, rule.emergency_seconds
          using errcode = 'check_violation';
      end if;
    end if;
  elsif new.emergency_until is distinct from old.emergency_until then
    raise exception 'the time to confirm an emergency never changes' using errcode = 'check_violation';
  end if;
  if new.emergency_confirmed_at is distinct from old.emergency_confirmed_at
     and (old.emergency_confirmed_at is not null or old.emergency_until is null or old.state <> 'approved'
       or granted < rule.required_approvals) then
    raise exception 'an emergency is confirmed once, by % people who did not write the version, not by %',
      rule.required_approvals, granted using errcode = 'check_violation';
  end if;
  return new;
end $$;

create or replace function profile_decision_guard() returns trigger language plpgsql as $$
declare
  v profile_version;
begin
  select * into v from profile_version where id = new.version_id for update;
  if v.state <> 'in_review' and not (new.approves and not new.emergency and v.state = 'approved'
     and v.emergency_until is not null and v.emergency_confirmed_at is null) then
    raise exception 'a version that is % is not open for this decision', v.state using errcode = 'check_violation';
  end if;
  if new.digest <> v.digest then
    raise exception 'the decision names another content than the version has' using errcode = 'check_violation';
  end if;
  new.by_writer := profile_version_is_writer(v.id, new.person);
  if new.by_writer and not account_is_single_operator() then
    raise exception 'who wrote this content cannot decide on it' using errcode = 'check_violation';
  end if;
  if not account_may_decide(new.person) then
    raise exception 'only an enabled approver decides' using errcode = 'check_violation';
  end if;
  if new.emergency and not exists (
    select from profile_profile p where p.id = v.profile_id and p.emergency_seconds > 0) then
    raise exception 'the profile allows no approval in an emergency' using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- What may not be rolled out now: not approved, or approved in an emergency that nobody confirmed in time.
create function profile_version_is_rollable(v profile_version) returns boolean language sql volatile as $$
  select coalesce(v.state = 'approved'
    and (v.emergency_until is null or v.emergency_confirmed_at is not null or clock_timestamp() < v.emergency_until), false)
$$;

create or replace function release_unapproved(record text) returns text language sql volatile as $$
  select string_agg(format('%s v%s', p ->> 'slug', p ->> 'number'), ', ')
    from jsonb_array_elements(record::jsonb -> 'profiles') p
    left join profile_profile pp on pp.slug = p ->> 'slug'
    left join profile_version pv on pv.profile_id = pp.id and pv.number = (p ->> 'number')::integer
   where not profile_version_is_rollable(pv) or pv.digest is distinct from p ->> 'digest'
$$;

create or replace function rollout_version_guard() returns trigger language plpgsql as $$
begin
  if not exists (select from profile_version v where v.id = new.version_id and profile_version_is_rollable(v)) then
    raise exception 'only approved versions can be rolled out, and no emergency that was not confirmed in time'
      using errcode = 'check_violation';
  end if;
  return new;
end $$;

do $$
declare
  guard text;
begin
  foreach guard in array array['profile_version_guard()', 'profile_decision_guard()', 'rollout_version_guard()',
    'profile_version_is_writer(bigint, text)', 'profile_version_approvals(bigint, text)'] loop
    execute format('alter function %s set search_path = %I, pg_temp', guard, current_schema());
  end loop;
end $$;
