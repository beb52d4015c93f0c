-- Who last wrote what in a draft, so that two people who edit one draft are shown both sides.

create table profile_draft_edit (
  id         bigint generated always as identity primary key,
  version_id bigint not null references profile_version,
  place      text not null check (length(place) between 1 and 300),
  person     text not null references account_user (username),
  edited_at  timestamptz not null,
  unique (version_id, place)
);
comment on column profile_draft_edit.place is 'A setting by its key, a parameter as keys write it, or extends';

grant select, insert, update on profile_draft_edit to ${app_role};
