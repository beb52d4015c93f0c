-- Which release a host was last known to run: its evidence named it, or everything held under it. It goes by digest, so
-- that a new offer of the same release changes no verdict.
alter table audit_checkin
  add proven_release text,
  add proven_at timestamptz,
  add check ((proven_release is null) = (proven_at is null));

update audit_checkin c
   set proven_release = p.digest, proven_at = p.at
  from (select c.host_id, coalesce(r.release_digest, v.release_digest) as digest,
               case when r.release_digest is not null then c.seen_at else v.changed_at end as at
          from audit_checkin c
          join audit_report r on r.id = c.report_id
          left join lateral (select h.release_digest, h.changed_at from rollout_host h
                              where h.host_id = c.host_id and h.state = 'verified' and h.release_digest is not null
                              order by h.changed_at desc limit 1) v on true) p
 where p.host_id = c.host_id and p.digest is not null;

-- What failed on a host when its release was offered, what is not known of it since, and whether its failure is one that it
-- had before: such a failure counts neither for nor against the rollout.
alter table rollout_host
  add failing_before jsonb not null default '[]',
  add not_known integer not null default 0 check (not_known >= 0),
  add failed_before boolean not null default false;
