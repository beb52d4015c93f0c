-- Profiles, their versions, and who decided what on which digest.
-- The two-person rule stands here as well as in the domain: a version becomes approved only over
-- decisions of distinct enabled people who did not write it, and nobody edits it afterwards.

create table profile_profile (
  id                 bigint generated always as identity primary key,
  slug               text not null unique check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
  name               text not null check (length(name) between 1 and 200),
  description        text not null default '' check (length(description) <= 10000),
  required_approvals integer not null default 1 check (required_approvals >= 1),
  created_at         timestamptz not null default now(),
  version            integer not null default 0
);

create table profile_version (
  id           bigint generated always as identity primary key,
  profile_id   bigint not null references profile_profile,
  number       integer not null check (number >= 1),
  state        text not null check (state in ('draft', 'in_review', 'approved', 'rejected', 'retired')),
  content      text not null,
  digest       text not null,
  author       text not null references account_user (username),
  created_at   timestamptz not null default now(),
  submitted_at timestamptz,
  decided_at   timestamptz,
  version      integer not null default 0,
  unique (profile_id, number),
  constraint profile_version_digest_names_content
    check (digest = encode(sha256(convert_to(content, 'UTF8')), 'hex'))
);
create index profile_version_digest on profile_version (digest);
comment on column profile_version.content is 'Canonical JSON (RFC 8785): the very bytes whose digest people approve';

create table profile_decision (
  id         bigint generated always as identity primary key,
  version_id bigint not null references profile_version,
  person     text not null references account_user (username),
  approves   boolean not null,
  digest     text not null,
  comment    text check (length(comment) <= 10000),
  decided_at timestamptz not null default now(),
  signature  bytea,
  unique (version_id, person, digest)
);
comment on column profile_decision.signature is 'Reserved: a signature by the person over the version digest';

create function profile_version_guard() returns trigger language plpgsql as $$
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
         and d.person <> new.author and not u.system and u.disabled_at is null;
      if granted < needed then
        raise exception 'a version is approved by % people other than its author, not by %', needed, granted
          using errcode = 'check_violation';
      end if;
    end if;
  end if;
  return new;
end $$;
create trigger profile_version_guard before insert or update on profile_version
  for each row execute function profile_version_guard();

create function profile_decision_guard() returns trigger language plpgsql as $$
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
  if new.person = v.author then
    raise exception 'the author cannot decide on this content' using errcode = 'check_violation';
  end if;
  if not exists (select from account_user where username = new.person and not system and disabled_at is null) then
    raise exception 'only an enabled person decides' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger profile_decision_guard before insert on profile_decision
  for each row execute function profile_decision_guard();

grant select, insert, update on profile_profile to ${app_role};
grant select, insert, update on profile_version to ${app_role};
grant select, insert on profile_decision to ${app_role};
