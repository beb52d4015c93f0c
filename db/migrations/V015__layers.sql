-- What a version lies over is approved as well: nobody approves something that rests on what nobody approved.

create function profile_version_base_guard() returns trigger language plpgsql as $$
declare
  base jsonb := new.content::jsonb -> 'extends';
begin
  if jsonb_typeof(base) = 'object' and not exists (
    select from profile_version v
      join profile_profile p on p.id = v.profile_id
     where p.slug = base ->> 'slug' and v.number = (base ->> 'number')::integer
       and v.digest = base ->> 'digest' and v.state = 'approved' and v.profile_id <> new.profile_id) then
    raise exception 'what the version extends is not approved: % v%', base ->> 'slug', base ->> 'number'
      using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger profile_version_base_guard before update on profile_version
  for each row when (new.state = 'approved' and old.state <> 'approved')
  execute function profile_version_base_guard();

do $$ begin
  execute format('alter function profile_version_base_guard() set search_path = %I, pg_temp', current_schema());
end $$;
