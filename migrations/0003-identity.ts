import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Persons, their accounts and roles, sessions, and the check at the start of every transaction.
 *
 * Four eyes are about persons: an account always belongs to a person, and a role is granted by one administrator
 * and confirmed by another. `access.enter` looks all of this up again for each transaction, so that disabling an
 * account or revoking a role takes effect with the very next request.
 */
export class Identity1700000000300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(ENTER);
    await runner.query(RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TABLES = `
  create table person (
    id uuid primary key,
    name text,
    email text,
    salt bytea default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
    erased_at timestamptz,
    version integer not null default 1,
    check ((erased_at is null) = (name is not null)),
    check (erased_at is null or (email is null and salt is null))
  );
  comment on table person is 'A natural person. Four eyes count persons, so every account belongs to one. Erasing empties name, email and salt.';

  create table user_account (
    id uuid primary key,
    person_id uuid not null references person,
    username text unique check (username ~ '^[a-z0-9][a-z0-9._-]{2,63}$'),
    salt bytea default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
    disabled_at timestamptz,
    version integer not null default 1,
    unique (id, person_id),
    check (username is not null or disabled_at is not null)
  );
  comment on table user_account is 'A sign-in of a person. Disabling takes effect on the next request.';
  create index user_account_person on user_account (person_id);

  create table credential (
    user_id uuid primary key references user_account,
    password_hash text not null,
    failed_attempts integer not null default 0,
    locked_until timestamptz
  );
  comment on table credential is 'argon2id hash of a password, and how often it was missed in a row.';

  create table role_grant (
    id uuid primary key,
    user_id uuid not null,
    person_id uuid not null,
    role text not null check (role in ('ministry', 'school_ministry', 'granting_authority', 'cashier', 'municipality', 'auditor', 'admin')),
    centre_id uuid,
    powers text[] not null default '{}',
    granted_at timestamptz not null default transaction_timestamp(),
    granted_by uuid references person,
    confirmed_at timestamptz,
    confirmed_by uuid references person,
    revoked_at timestamptz,
    revoked_by uuid references person,
    version integer not null default 1,
    -- The person stands here once more, so that the constraints below can count persons and not accounts.
    unique (id, person_id),
    foreign key (user_id, person_id) references user_account (id, person_id),
    check ((role = 'municipality') = (centre_id is not null)),
    check ((role = 'municipality') = (cardinality(powers) > 0)),
    check (powers <@ array['drafter', 'treasurer', 'signatory']),
    check (confirmed_by <> granted_by),
    check (confirmed_by <> person_id),
    check (confirmed_at is null or (granted_by is null) = (confirmed_by is null))
  );
  comment on table role_grant is 'A role of an account, granted by one administrator and confirmed by another person, who is not the one to hold it. Only bootstrap leaves both empty. What a municipality''s role may do is part of the grant and never changed: other powers are another grant, with another confirmation.';
  create index role_grant_user on role_grant (user_id);
  create unique index role_grant_live on role_grant (user_id, role, centre_id) nulls not distinct where revoked_at is null;
  create trigger stamp before insert or update on role_grant for each row
    execute function access.stamp('granted_by', 'granted_at', 'confirmed_by', 'confirmed_at', 'revoked_by', 'revoked_at');

  create table session (
    id uuid primary key,
    user_id uuid not null references user_account,
    role_grant_id uuid not null references role_grant,
    begun_at timestamptz not null default transaction_timestamp(),
    expires_at timestamptz not null,
    ended_at timestamptz
  );
  comment on table session is 'A signed-in session: one account acting in one role. Ending it invalidates its access tokens at once.';
  create index session_user_id on session (user_id) where ended_at is null;

  create table refresh_token (
    sha256 bytea primary key,
    session_id uuid not null references session,
    issued_at timestamptz not null default transaction_timestamp(),
    used_at timestamptz
  );
  comment on table refresh_token is 'Single-use refresh tokens, by hash. Using one twice ends the whole session.';
  create index refresh_token_session on refresh_token (session_id);

  create table idempotent_answer (
    user_id uuid not null references user_account,
    key text not null,
    action text not null,
    fingerprint text not null,
    status integer not null,
    etag text,
    location text,
    body bytea,
    answered_at timestamptz not null default transaction_timestamp(),
    primary key (user_id, key)
  );
  comment on table idempotent_answer is 'The exact bytes once answered to an Idempotency-Key; asking again gives them again and changes nothing.';
`;

const ENTER = `
  create function access.enter(acting_session uuid, acting_role text, acting_action text, acting_request uuid,
                               acting_for uuid default null, acting_on date default null) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    found_grant uuid;
    found_user uuid;
    found_person uuid;
    found_centre uuid;
  begin
    perform access.named(acting_action, acting_request);
    select g.id, u.id, u.person_id, g.centre_id into found_grant, found_user, found_person, found_centre
      from session s
      join user_account u on u.id = s.user_id
      join role_grant g on g.id = s.role_grant_id
     where s.id = acting_session and s.ended_at is null and s.expires_at > transaction_timestamp()
       and u.disabled_at is null
       and g.role = acting_role and g.revoked_at is null and g.confirmed_at is not null;
    if not found then
      raise exception 'the session has ended' using errcode = 'FB401';
    end if;
    if acting_for is not null and access.stands_in(found_grant, acting_for, acting_on) is not true then
      raise exception 'nobody is represented without a substitution that holds' using errcode = 'FB403';
    end if;
    perform set_config('foerderbuch.role', acting_role, true),
            set_config('foerderbuch.action', acting_action, true),
            set_config('foerderbuch.request_id', acting_request::text, true),
            set_config('foerderbuch.person_id', found_person::text, true),
            set_config('foerderbuch.user_id', found_user::text, true),
            set_config('foerderbuch.centre_id', coalesce(found_centre::text, ''), true),
            set_config('foerderbuch.on_behalf_of', coalesce(acting_for::text, ''), true);
    perform set_config('foerderbuch.seal', access.sealed(), true);
  end $$;
  comment on function access.enter(uuid, text, text, uuid, uuid, date) is
    'Checks session, account and role grant, and fixes who acts, and on whose behalf, for this one transaction. FB401 when the session has ended, FB403 when no substitution holds on the business day.';

  create function access.user_id() returns uuid
  language plpgsql stable set search_path = pg_catalog, pg_temp as $$
  begin
    perform access.context();
    return access.setting('user_id')::uuid;
  end $$;

  grant execute on function access.enter(uuid, text, text, uuid, uuid, date) to foerderbuch_app;
  grant execute on function access.user_id() to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality, foerderbuch_auditor, foerderbuch_admin, foerderbuch_signin, foerderbuch_system;
`;

const RIGHTS = `
  select audit.declare_business('person', personal => '{name,email}'),
         audit.declare_business('user_account', personal => '{username}'),
         audit.declare_business('role_grant'),
         audit.declare_technical('credential', 'secret, changes at every failed sign-in', secret => '{password_hash}'),
         audit.declare_technical('session', 'its commands are in the audit record'),
         audit.declare_technical('refresh_token', 'its commands are in the audit record', secret => '{sha256}'),
         audit.declare_technical('idempotent_answer', 'a copy of what was answered', secret => '{body}');

  grant select on person, user_account, role_grant to foerderbuch_admin, foerderbuch_auditor, foerderbuch_signin, foerderbuch_system;
  grant insert on person, user_account, role_grant, credential to foerderbuch_admin, foerderbuch_system;
  grant select on credential to foerderbuch_signin;
  -- What identifies a person, an account or a role is never rewritten; only what happens to it is added.
  grant update (version) on person, user_account to foerderbuch_admin, foerderbuch_system;
  grant update (disabled_at) on user_account to foerderbuch_admin;
  grant update (confirmed_at, revoked_at, version) on role_grant to foerderbuch_admin, foerderbuch_system;
  grant update (failed_attempts, locked_until) on credential to foerderbuch_signin;
  grant select, insert on session, refresh_token to foerderbuch_signin;
  grant update (ended_at) on session to foerderbuch_signin, foerderbuch_admin;
  grant update (used_at) on refresh_token to foerderbuch_signin;
  grant select on session to foerderbuch_admin;
  grant select, insert on idempotent_answer to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality, foerderbuch_auditor, foerderbuch_admin;

  create policy readers on person for select to foerderbuch_auditor, foerderbuch_signin using ((select access.context()));
  create policy keepers on person to foerderbuch_admin, foerderbuch_system using ((select access.context()));
  create policy readers on user_account for select to foerderbuch_auditor, foerderbuch_signin using ((select access.context()));
  create policy keepers on user_account to foerderbuch_admin, foerderbuch_system using ((select access.context()));
  create policy readers on role_grant for select to foerderbuch_auditor, foerderbuch_signin using ((select access.context()));
  create policy keepers on role_grant to foerderbuch_admin, foerderbuch_system using ((select access.context()));
  create policy keepers on credential to foerderbuch_admin, foerderbuch_signin, foerderbuch_system using ((select access.context()));
  create policy keepers on session to foerderbuch_signin, foerderbuch_admin using ((select access.context()));
  create policy keepers on refresh_token to foerderbuch_signin using ((select access.context()));
  -- Everybody may see who they are, and end the session they act in.
  grant select on person, user_account, role_grant to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality;
  create policy own on person for select to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality using (id = (select access.person()));
  create policy own on user_account for select to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality using (id = (select access.user_id()));
  create policy own on role_grant for select to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality using (user_id = (select access.user_id()));
  grant select on session to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality, foerderbuch_auditor;
  grant update (ended_at) on session to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality, foerderbuch_auditor;
  create policy own on session to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality, foerderbuch_auditor using (user_id = (select access.user_id()));

  create policy own on idempotent_answer to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality, foerderbuch_auditor, foerderbuch_admin
    using (user_id = (select access.user_id())) with check (user_id = (select access.user_id()));
`;
