-- What was in review when: each request for review keeps the content that it asked about.

create table profile_submission (
  id           bigint generated always as identity primary key,
  version_id   bigint not null references profile_version,
  digest       text not null,
  content      text not null,
  person       text not null references account_user (username),
  submitted_at timestamptz not null default now(),
  constraint profile_submission_digest_names_content
    check (digest = encode(sha256(convert_to(content, 'UTF8')), 'hex'))
);
create index profile_submission_version on profile_submission (version_id, id);
comment on column profile_submission.content is 'Canonical JSON (RFC 8785): the very bytes that were in review';

insert into profile_submission (version_id, digest, content, person, submitted_at)
  select id, digest, content, author, submitted_at from profile_version where submitted_at is not null order by id;

create function profile_submission_guard() returns trigger language plpgsql as $$
declare
  v profile_version;
begin
  select * into v from profile_version where id = new.version_id for update;
  if new.digest <> v.digest then
    raise exception 'what is submitted is the content that the version has' using errcode = 'check_violation';
  end if;
  if v.state not in ('draft', 'in_review') then
    raise exception 'a version that is % is not submitted', v.state using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger profile_submission_guard before insert on profile_submission
  for each row execute function profile_submission_guard();

-- A comment speaks of the content that the version has, or of one that was in review.
create function profile_comment_guard() returns trigger language plpgsql as $$
declare
  v profile_version;
begin
  select * into v from profile_version where id = new.version_id for update;
  if v.state not in ('draft', 'in_review') then
    raise exception 'a version that is % is not open for comments', v.state using errcode = 'check_violation';
  end if;
  if new.digest <> v.digest and not exists (
    select from profile_submission s where s.version_id = v.id and s.digest = new.digest) then
    raise exception 'the comment speaks of content that the version never had in review' using errcode = 'check_violation';
  end if;
  if not exists (select from account_user where username = new.person and not system and disabled_at is null) then
    raise exception 'only an enabled person comments' using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger profile_comment_guard before insert on profile_comment
  for each row execute function profile_comment_guard();

-- What becomes approved was in review, and is on record as such.
create function profile_version_submitted_guard() returns trigger language plpgsql as $$
begin
  if not exists (
    select from profile_submission s where s.version_id = new.id and s.digest = new.digest) then
    raise exception 'the content was never submitted for review' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger profile_version_submitted_guard before update on profile_version
  for each row when (new.state = 'approved' and old.state <> 'approved')
  execute function profile_version_submitted_guard();

do $$
declare
  guard text;
begin
  foreach guard in array array['profile_comment_guard', 'profile_submission_guard', 'profile_version_submitted_guard'] loop
    execute format('alter function %I() set search_path = %I, pg_temp', guard, current_schema());
  end loop;
end $$;

grant select, insert on profile_submission to ${app_role};
