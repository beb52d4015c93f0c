-- Every release names the catalog by which it was resolved, as the check derives its manifest again by that catalog.
-- Rows of unreleased builds that name none get a digest that no catalog has: they are not delivered.

update release_release set catalog_version = repeat('0', 64) where catalog_version is null;
alter table release_release alter column catalog_version set not null;
comment on column release_release.catalog_version is
  'Digest of the catalog by which it was first resolved; the program, not the database, knows which ones there are';
