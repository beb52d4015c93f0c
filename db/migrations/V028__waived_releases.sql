-- Waivers in what is offered and in what is found. The catalog's version stands beside a release: it is no part of its content.

alter table release_release add catalog_version text check (catalog_version ~ '^[0-9a-f]{64}$');
comment on column release_release.catalog_version is 'Digest of the catalog by which it was resolved first; null for older ones';

-- The keys for which a release goes by a waiver that the host does not have now.
create function release_not_waived(release text, host bigint) returns text language sql volatile as $$
  select string_agg(r ->> 'key', ', ')
    from release_release e, jsonb_array_elements(e.record::jsonb -> 'waivers') r
    left join assignment_waiver_in_force w on w.host_id = host and w.key = r ->> 'key'
   where e.digest = release
     and (w.effect is distinct from r ->> 'effect' or w.value is distinct from r -> 'value')
$$;

create or replace function release_offer_guard() returns trigger language plpgsql as $$
declare
  missing text;
begin
  select release_unapproved(record) into missing from release_release where digest = new.release_digest;
  if missing is not null then
    raise exception 'not approved: %', missing using errcode = 'check_violation';
  end if;
  missing := release_not_waived(new.release_digest, new.host_id);
  if missing is not null then
    raise exception 'not waived for this host: %', missing using errcode = 'check_violation';
  end if;
  return new;
end $$;

do $$
declare
  guard text;
begin
  foreach guard in array array['release_offer_guard()', 'release_not_waived(text, bigint)'] loop
    execute format('alter function %s set search_path = %I, pg_temp', guard, current_schema());
  end loop;
end $$;

-- A setting that the offered release has otherwise by a waiver: what the versions ask for, and the verdict by that.
alter table audit_finding
  add waived_effect text check (waived_effect in ('value', 'unmanaged')),
  add waived_value jsonb,
  add asked jsonb,
  add asked_verdict text,
  add check ((waived_effect is null) = (asked is null) and (waived_effect is null) = (asked_verdict is null));

-- Which waiver it was that does not hold any more; looked for where one has ended, and nowhere else.
create function assignment_waiver_ended(host bigint, setting text, waived text) returns bigint language sql stable as $$
  select max(x.id)
    from assignment_waiver x join assignment_waiver_host y on y.waiver_id = x.id
   where y.host_id = host and x.key = setting and x.effect = waived and x.decided_at is not null
     and (x.state in ('revoked', 'expired') or (x.state = 'approved' and x.expires_at <= clock_timestamp()))
$$;

-- Evidence older than a day proves nothing about now, and a waiver holds until the moment when it ends: every count and
-- list reads findings through this view. The verdict counts waivers, the one without_waivers does not.
drop view audit_current_finding;
create view audit_current_finding as
select f.host_id, h.name as host, f.key, f.profile, f.found, f.effective, f.interfaces, c.seen_at,
       case when ended then f.asked else f.expected end as expected,
       case when ended or waived then null else f.fix end as fix,
       case when ended then 'not-deployed'
            when waived then 'waived'
            when silent then 'unknown' else f.verdict end as verdict,
       case when ended then 'not-deployed'
            when silent then 'unknown' else coalesce(f.asked_verdict, f.verdict) end as without_waivers,
       case when ended then 'Not deployed (waiver ended): the release that was offered goes by a waiver that does not hold any more.'
              || ' A rollout brings what was approved.'
            when waived then 'Waived until ' || to_char(w.expires_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC. Without the waiver: '
              || case when silent then 'unknown' else coalesce(f.asked_verdict, f.verdict) end || '.'
            when silent then 'No evidence for more than 24 hours. Before that: ' || f.verdict || '.'
            else f.why end as why,
       case when ended then coalesce((
              select coalesce(x.ended_at, x.expires_at)
                from assignment_waiver x where x.id = assignment_waiver_ended(f.host_id, f.key, f.waived_effect)), f.since)
            when waived then greatest(w.decided_at, f.since)
            when silent then coalesce(c.seen_at + interval '24 hours', f.since) else f.since end as since,
       case when ended then assignment_waiver_ended(f.host_id, f.key, f.waived_effect)
            when waived or f.waived_effect is not null then w.id end as waiver_id,
       ended as waiver_ended, f.declared, f.exception
  from audit_finding f
  join fleet_host h on h.id = f.host_id
  left join audit_checkin c on c.host_id = f.host_id
  left join assignment_waiver_in_force w on w.host_id = f.host_id and w.key = f.key
 cross join lateral (
   select c.seen_at is not null and c.seen_at < now() - interval '24 hours' as silent,
          f.waived_effect is not null
            and (w.effect is distinct from f.waived_effect or w.value is distinct from f.waived_value)
            and w.effect is distinct from 'accept' as ended) s
 cross join lateral (
   select not ended and (w.effect is not distinct from 'accept' or f.waived_effect is not distinct from 'unmanaged')
          and (silent or coalesce(f.asked_verdict, f.verdict) not in ('compliant', 'stronger'))
          and coalesce(f.asked_verdict, f.verdict) <> 'no-effect' as waived) t;
grant select on audit_current_finding to ${app_role};
