import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Erasing a person (Art. 17 DSGVO) in a record that must not change.
 *
 * Record and journal never held a name: only commitments salted per person. Erasing empties name, e-mail address,
 * user names and the salts, so the commitments still prove that nothing was altered and say nothing any more. What
 * was answered to somebody with those names in it is forgotten as well, and so are the words of follow-ups that the
 * person wrote, did or was meant to do, or that name the person as the account does.
 */
export class Erasure1700000008200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(ERASE);
    await runner.query(RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TABLE = `
  create table person_erasure (
    id uuid primary key,
    person_id uuid not null references person,
    ground text not null check (ground in ('on_request', 'retention_ended')),
    requested_at timestamptz not null default transaction_timestamp(),
    requested_by uuid references person,
    confirmed_at timestamptz,
    confirmed_by uuid references person,
    version integer not null default 1,
    check (confirmed_by <> requested_by),
    check (confirmed_by <> person_id)
  );
  comment on table person_erasure is
    'That a person is to be erased, asked by one administrator and done by another. It cannot be undone, so never by one alone.';
  create unique index person_erasure_open on person_erasure (person_id) where confirmed_at is null;
  create trigger stamp before insert or update on person_erasure for each row
    execute function access.stamp('requested_by', 'requested_at', 'confirmed_by', 'confirmed_at');
`;

const ERASE = `
  create function access.words(p_text text) returns text
  language sql immutable set search_path = pg_catalog, pg_temp as $$
    select ' ' || lower(regexp_replace(p_text, '[[:space:][:punct:]]+', ' ', 'g')) || ' '
  $$;
  comment on function access.words(text) is
    'A text as its words in small letters, each between spaces: one text names another where it contains it so.';

  create function access.erase_person(p_person uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    notes uuid[];
  begin
    perform access.context();
    if access.setting('action') <> 'person.confirmErasure' or not exists (
      select from person_erasure e
       where e.person_id = p_person and e.confirmed_at is null and e.requested_by <> access.person()) then
      raise exception 'nobody is erased whom another person has not asked to erase' using errcode = '42501';
    end if;
    select coalesce(array_agg(f.id), '{}') into notes
      from follow_up f
     where p_person in (f.created_by, f.done_by, f.for_person_id)
        or exists (select from person p left join user_account u on u.person_id = p.id
                    where p.id = p_person
                      and exists (select from unnest(array[p.name, p.email, u.username]) as called
                                   where position(access.words(called) in access.words(concat_ws(' ', f.note, f.remark))) > 0));
    -- Answers first, because they are found by the names: as these stand in JSON, without the quotes around them.
    with names as (
      select p.name as plain from person p where p.id = p_person
      union select p.email from person p where p.id = p_person
      union select u.username from user_account u where u.person_id = p_person
      union select note::text from unnest(notes) as note),
    needles as (
      select convert_to(substr(j, 2, length(j) - 2), 'UTF8') as needle
        from names cross join lateral (select to_json(plain)::text as j) as q where plain is not null)
    update idempotent_answer a set body = null, fingerprint = 'erased'
     where exists (select from needles n where position(n.needle in a.body) > 0);
    -- Another salt, not none: an open follow-up is still done one day, and what is remarked then is salted too.
    update follow_up
       set note = null, remark = null, salt = uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
           version = version + 1
     where id = any (notes);
    update role_grant set revoked_at = transaction_timestamp(), version = version + 1
     where person_id = p_person and revoked_at is null;
    update session s set ended_at = transaction_timestamp()
      from user_account u where u.id = s.user_id and u.person_id = p_person and s.ended_at is null;
    update credential c set password_hash = 'erased' from user_account u where u.id = c.user_id and u.person_id = p_person;
    update user_account
       set username = null, salt = null, disabled_at = coalesce(disabled_at, transaction_timestamp()), version = version + 1
     where person_id = p_person;
    update person set name = null, email = null, salt = null, erased_at = transaction_timestamp(), version = version + 1
     where id = p_person;
    update person_erasure set confirmed_at = transaction_timestamp(), version = version + 1
     where person_id = p_person and confirmed_at is null;
  end $$;
  comment on function access.erase_person(uuid) is
    'Empties everything that names the person, the words of their follow-ups included, ends roles and sessions, and forgets stored answers with those names. Only for whoever confirms what another one asked.';
`;

const RIGHTS = `
  select audit.declare_business('person_erasure');
  -- Locking the row for its confirmation needs a right to update; what is written is written by access.erase_person.
  grant update (version) on person_erasure to foerderbuch_admin;
  grant select on person_erasure to foerderbuch_admin, foerderbuch_auditor, foerderbuch_system;
  grant insert on person_erasure to foerderbuch_admin;
  create policy readers on person_erasure for select to foerderbuch_auditor, foerderbuch_system using ((select access.context()));
  create policy keepers on person_erasure to foerderbuch_admin using ((select access.context()));
  grant execute on function access.erase_person(uuid) to foerderbuch_admin;
`;
