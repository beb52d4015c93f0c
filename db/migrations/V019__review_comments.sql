-- What people say about a version while it is written and read, bound to the content they spoke about.

create table profile_comment (
  id         bigint generated always as identity primary key,
  version_id bigint not null references profile_version,
  digest     text not null,
  key        text check (length(key) between 1 and 1000),
  person     text not null references account_user (username),
  text       text not null check (length(text) between 1 and 10000),
  said_at    timestamptz not null default now()
);
create index profile_comment_version on profile_comment (version_id, id);
comment on column profile_comment.digest is 'The content that was commented on';
comment on column profile_comment.key is 'The setting; null for the version as a whole';

grant select, insert on profile_comment to ${app_role};
