-- The journal becomes one hash chain: each entry names the hash of the one before it.

alter table journal_entry
  add number  bigint,
  add content text,
  add hash    text;

do $$
declare
  e    journal_entry;
  n    bigint := 0;
  last text := repeat('0', 64);
  text_of_entry text;
begin
  for e in select * from journal_entry order by id loop
    n := n + 1;
    text_of_entry := format(
      '{"act":%s,"actor":%s,"actorKind":%s,"at":%s,"detail":%s,"number":%s,"object":%s,"objectKind":%s,"previous":%s}',
      to_json(e.act), to_json(e.actor), to_json(e.actor_kind),
      to_json(to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')),
      e.detail, n, to_json(e.object), to_json(e.object_kind), to_json(last));
    last := encode(sha256(convert_to(text_of_entry, 'UTF8')), 'hex');
    update journal_entry set number = n, content = text_of_entry, hash = last where id = e.id;
  end loop;
end $$;

alter table journal_entry
  alter number set not null,
  alter content set not null,
  alter hash set not null,
  add constraint journal_entry_number unique (number),
  add constraint journal_entry_hash unique (hash),
  add constraint journal_entry_number_and_hash unique (number, hash),
  add constraint journal_entry_detail_has_members check (jsonb_typeof(detail) = 'object'),
  add constraint journal_entry_hash_names_content
    check (hash = encode(sha256(convert_to(content, 'UTF8')), 'hex'));
comment on column journal_entry.number is 'From 1 without a gap';
comment on column journal_entry.content is 'Canonical JSON (RFC 8785) of the entry and the hash before it: the very bytes that are hashed';

drop index journal_entry_object;
drop index journal_entry_actor;
create index journal_entry_object on journal_entry (object, number);
create index journal_entry_actor on journal_entry (actor, number);
create index journal_entry_act on journal_entry (act, number);
create index journal_entry_at on journal_entry (at);

create function journal_entry_guard() returns trigger language plpgsql as $$
declare
  last_number bigint;
  last_hash   text;
  content     jsonb;
begin
  select e.number, e.hash into last_number, last_hash from journal_entry e order by e.number desc limit 1;
  if new.number <> coalesce(last_number, 0) + 1 then
    raise exception 'entry % cannot follow entry %', new.number, coalesce(last_number, 0) using errcode = 'check_violation';
  end if;
  if new.hash <> encode(sha256(convert_to(new.content, 'UTF8')), 'hex') then
    raise exception 'the hash of entry % is not that of its content', new.number using errcode = 'check_violation';
  end if;
  content := new.content::jsonb;
  if content ->> 'previous' is distinct from coalesce(last_hash, repeat('0', 64)) then
    raise exception 'entry % names another hash than that of the entry before it', new.number using errcode = 'check_violation';
  end if;
  if (content ->> 'at')::timestamptz is distinct from new.at
     or content - 'at' <> jsonb_build_object(
       'number', new.number, 'actorKind', new.actor_kind, 'actor', new.actor, 'act', new.act,
       'objectKind', new.object_kind, 'object', new.object, 'detail', new.detail, 'previous', content ->> 'previous') then
    raise exception 'the columns of entry % say something else than its content', new.number using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger journal_entry_guard before insert on journal_entry
  for each row execute function journal_entry_guard();

-- The newest entry, signed by a key that the database does not have.
create table journal_checkpoint (
  number    bigint not null,
  hash      text not null,
  at        timestamptz not null,
  key_id    text not null,
  signature bytea not null check (octet_length(signature) = 64),
  primary key (number, key_id),
  foreign key (number, hash) references journal_entry (number, hash)
);
comment on column journal_checkpoint.signature is 'Ed25519 over the canonical JSON of the checkpoint';

grant select, insert on journal_checkpoint to ${app_role};

-- A temporary table is found before the real one of its name, so none may stand in for what a guard reads.
do $$
declare
  guard regprocedure;
begin
  execute format('revoke temporary on database %I from public', current_database());
  for guard in
    select p.oid from pg_proc p
     where p.pronamespace = current_schema()::regnamespace and p.prorettype = 'trigger'::regtype
  loop
    execute format('alter function %s set search_path = %I, pg_temp', guard, current_schema());
  end loop;
end $$;
