-- Evidence as received, and the verdicts derived from it. Findings are a snapshot, replaced whole.

create table audit_report (
  id              bigint generated always as identity primary key,
  host_id         bigint not null references fleet_host,
  evidence_id     text not null check (length(evidence_id) between 1 and 200),
  format          text not null check (format in ('json', 'sysctl')),
  received_at     timestamptz not null default clock_timestamp(),
  collected_at    timestamptz,
  content_digest  text not null,
  evidence        bytea not null,
  kernel          text,
  nixos           text,
  release_digest  text,
  values_read     integer not null,
  unreadable      integer not null,
  dropped_secrets integer not null,
  unique (host_id, evidence_id)
);
create index audit_report_host on audit_report (host_id, received_at desc);
comment on column audit_report.evidence is 'gzip of the evidence as received, without secret values';

-- The newest evidence of a host and when it last checked in; absent until the first report.
create table audit_checkin (
  host_id   bigint primary key references fleet_host,
  report_id bigint not null references audit_report,
  seen_at   timestamptz not null
);

create table audit_finding (
  host_id    bigint not null references fleet_host,
  key        text not null,
  profile    text not null,
  verdict    text not null check (verdict in ('compliant', 'stronger', 'drifted', 'overridden', 'shadowed',
    'not-deployed', 'pending-reboot', 'absent', 'unreadable', 'no-effect', 'waived', 'unknown')),
  expected   jsonb not null,
  found      text,
  effective  text,
  interfaces jsonb not null default '[]',
  why        text not null,
  fix        jsonb,
  since      timestamptz not null,
  primary key (host_id, key)
);
create index audit_finding_key on audit_finding (key);

-- Evidence older than a day proves nothing about now: every count and list reads findings through this view.
create view audit_current_finding as
select f.host_id, h.name as host, f.key, f.profile, f.expected, f.found, f.effective, f.interfaces, f.fix, c.seen_at,
       case when silent then 'unknown' else f.verdict end as verdict,
       case when silent then 'No evidence for more than 24 hours. Before that: ' || f.verdict || '.' else f.why end as why,
       case when silent then coalesce(c.seen_at + interval '24 hours', f.since) else f.since end as since
  from audit_finding f
  join fleet_host h on h.id = f.host_id
  left join audit_checkin c on c.host_id = f.host_id
 cross join lateral (select c.seen_at is not null and c.seen_at < now() - interval '24 hours' as silent) s;

grant select, insert on audit_report to ${app_role};
grant select, insert, update on audit_checkin to ${app_role};
grant select, insert, update, delete on audit_finding to ${app_role};
grant select on audit_current_finding to ${app_role};
