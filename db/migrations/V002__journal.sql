-- What was done, by whom and when. The application may add and read, nothing else.

create table journal_entry (
  id          bigint generated always as identity primary key,
  at          timestamptz not null default clock_timestamp(),
  actor_kind  text not null check (actor_kind in ('person', 'host', 'system')),
  actor       text not null,
  act         text not null,
  object_kind text not null,
  object      text not null,
  detail      jsonb not null default '{}'
);
create index journal_entry_object on journal_entry (object_kind, object, id);
create index journal_entry_actor on journal_entry (actor, id);

grant select, insert on journal_entry to ${app_role};
