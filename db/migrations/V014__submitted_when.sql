-- What is in review has a time since when: lists are sorted by it.

update profile_version set submitted_at = coalesce(decided_at, created_at) where state <> 'draft' and submitted_at is null;
alter table profile_version add constraint profile_version_in_review_since
  check (state = 'draft' or submitted_at is not null);
