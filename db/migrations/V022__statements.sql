-- What a host is to run, signed: one statement when something is offered, further ones as they age.

create table release_statement (
  id         bigint generated always as identity primary key,
  offer_id   bigint not null references release_offer,
  issued_at  timestamptz not null,
  expires_at timestamptz not null,
  statement  text not null,
  key_id     text not null check (key_id ~ '^[0-9a-f]{16}$'),
  signature  bytea not null check (octet_length(signature) = 64),
  unique (offer_id, issued_at, key_id),
  check (expires_at > issued_at)
);
comment on column release_statement.statement is 'Canonical JSON (RFC 8785): the very bytes that are signed, by a key outside the database';

create function release_statement_guard() returns trigger language plpgsql as $$
declare
  said    jsonb := new.statement::jsonb;
  offered jsonb;
begin
  select jsonb_build_object(
      'schema', 'palisade.statement/1', 'host', h.name, 'release', o.release_digest, 'narHash', r.nar_hash,
      'number', o.number)
    into offered
    from release_offer o
    join fleet_host h on h.id = o.host_id
    join release_release r on r.digest = o.release_digest
   where o.id = new.offer_id;
  if said - 'issuedAt' - 'expiresAt' is distinct from offered then
    raise exception 'the statement says something else than what was offered' using errcode = 'check_violation';
  end if;
  if ((said ->> 'issuedAt')::timestamptz, (said ->> 'expiresAt')::timestamptz)
     is distinct from (new.issued_at, new.expires_at) then
    raise exception 'the columns of the statement say other times than its text' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger release_statement_guard before insert on release_statement
  for each row execute function release_statement_guard();

do $$ begin
  execute format('alter function release_statement_guard() set search_path = %I, pg_temp', current_schema());
end $$;

-- Which hosts were ever offered a release, for whoever asks by its digest.
create index release_offer_release on release_offer (release_digest, host_id);

grant select, insert on release_statement to ${app_role};
