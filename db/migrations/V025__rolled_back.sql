-- A host that went back by itself is done in its rollout, and has failed there.

alter table rollout_host drop constraint rollout_host_state_check;
alter table rollout_host add constraint rollout_host_state_check
  check (state in ('planned', 'refused', 'offered', 'fetched', 'verified', 'failing', 'superseded', 'rolled_back'));
