-- Beside what was approved and what runs: what the host's own configuration comes to, and its reason where it differs.

alter table audit_finding add column declared text;
alter table audit_finding add column exception text;
comment on column audit_finding.declared is 'as the module told it in profile.json; null where it told nothing';
comment on column audit_finding.exception is 'the host''s own reason; explains, and lifts nothing';

create or replace view audit_current_finding as
select f.host_id, h.name as host, f.key, f.profile, f.expected, f.found, f.effective, f.interfaces, f.fix, c.seen_at,
       case when silent then 'unknown' else f.verdict end as verdict,
       case when silent then 'No evidence for more than 24 hours. Before that: ' || f.verdict || '.' else f.why end as why,
       case when silent then coalesce(c.seen_at + interval '24 hours', f.since) else f.since end as since,
       f.declared, f.exception
  from audit_finding f
  join fleet_host h on h.id = f.host_id
  left join audit_checkin c on c.host_id = f.host_id
 cross join lateral (select c.seen_at is not null and c.seen_at < now() - interval '24 hours' as silent) s;
