-- When the password was chosen: sessions that began before it have ended.

alter table account_user add column password_set_at timestamptz;
update account_user set password_set_at = created_at where password_hash is not null;
