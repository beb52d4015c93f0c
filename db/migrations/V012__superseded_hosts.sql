-- A host whose release was overtaken by another rollout's is done in the first one.

alter table rollout_host drop constraint rollout_host_state_check;
alter table rollout_host add constraint rollout_host_state_check
  check (state in ('planned', 'refused', 'offered', 'fetched', 'verified', 'failing', 'superseded'));

-- Whoever takes its release by hand leaves no trace of a fetch; everybody else does.
create index release_offer_fetched on release_offer (host_id, release_digest) where fetched_at is not null;
