-- Whom a rollout would cut off, as foretold, and who let a host take part all the same.

alter table rollout_host
  add lock_outs jsonb not null default '[]' check (jsonb_typeof(lock_outs) = 'array'),
  add let_through_by text references account_user (username),
  add let_through_at timestamptz,
  add let_through_reason text,
  add let_through_risks jsonb check (jsonb_typeof(let_through_risks) = 'array' and jsonb_array_length(let_through_risks) > 0),
  add constraint rollout_host_let_through_says_who_and_why check (
    (let_through_by is null and let_through_at is null and let_through_reason is null and let_through_risks is null)
    or (let_through_by is not null and let_through_at is not null and let_through_risks is not null
      and length(trim(coalesce(let_through_reason, ''))) between 3 and 1000)),
  add constraint rollout_host_locked_out_is_refused_or_let_through check (
    state not in ('planned', 'offered') or lock_outs = '[]' or let_through_by is not null);
comment on column rollout_host.lock_outs is 'What was foretold when the host was looked at last: [{setting, what, evidence, cure}]';
comment on column rollout_host.let_through_risks is 'What the person accepted; other lock-outs are refused again';
