-- Two side doors closed: who edited a version does not decide on it, and N never falls.

create table profile_version_writer (
  version_id bigint not null references profile_version,
  person     text not null references account_user (username),
  primary key (version_id, person)
);
insert into profile_version_writer select id, author from profile_version;
comment on table profile_version_writer is 'Everybody who ever edited the version; the application may add to it, not take away';

create or replace function profile_version_guard() returns trigger language plpgsql as $$
declare
  needed  integer;
  granted integer;
begin
  if tg_op = 'INSERT' then
    if new.state not in ('draft', 'in_review') then
      raise exception 'a version starts as a draft or in review, not as %', new.state using errcode = 'check_violation';
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
  if new.state is distinct from old.state then
    if (old.state, new.state) not in (
      ('draft', 'in_review'), ('in_review', 'draft'), ('in_review', 'approved'), ('in_review', 'rejected'),
      ('approved', 'retired')) then
      raise exception 'a version cannot go from % to %', old.state, new.state using errcode = 'check_violation';
    end if;
    if new.state = 'approved' then
      select required_approvals into needed from profile_profile where id = new.profile_id;
      select count(distinct d.person) into granted
        from profile_decision d
        join account_user u on u.username = d.person
       where d.version_id = new.id and d.approves and d.digest = new.digest
         and d.person <> new.author and not u.system and u.disabled_at is null
         and not exists (select from profile_version_writer w where w.version_id = new.id and w.person = d.person);
      if granted < needed then
        raise exception 'a version is approved by % people who did not write it, not by %', needed, granted
          using errcode = 'check_violation';
      end if;
    end if;
  end if;
  return new;
end $$;

create or replace function profile_decision_guard() returns trigger language plpgsql as $$
declare
  v profile_version;
begin
  select * into v from profile_version where id = new.version_id for update;
  if v.state <> 'in_review' then
    raise exception 'a version that is % is not open for decisions', v.state using errcode = 'check_violation';
  end if;
  if new.digest <> v.digest then
    raise exception 'the decision names another content than the version has' using errcode = 'check_violation';
  end if;
  if new.person = v.author
     or exists (select from profile_version_writer w where w.version_id = v.id and w.person = new.person) then
    raise exception 'who wrote this content cannot decide on it' using errcode = 'check_violation';
  end if;
  if not exists (select from account_user where username = new.person and not system and disabled_at is null) then
    raise exception 'only an enabled person decides' using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- Fewer approvals than before would let one person approve alone what took two.
create function profile_profile_guard() returns trigger language plpgsql as $$
begin
  if new.required_approvals < old.required_approvals then
    raise exception 'the number of approvals of % only rises', old.slug using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger profile_profile_guard before update on profile_profile
  for each row execute function profile_profile_guard();

grant select, insert on profile_version_writer to ${app_role};
