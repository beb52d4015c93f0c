-- A demo installation stays one for ever: its people, hosts and evidence are made up.

create table demo_mark (
  marked_at timestamptz not null
);

grant select, insert on demo_mark to ${app_role};
