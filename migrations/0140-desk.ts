import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Follow-ups (Wiedervorlagen), and the indexes by which a desk finds what waits on it.
 *
 * What waits and what falls due is computed and stands in no table. Only a follow-up is somebody's own intention. It
 * is a note inside one office and no part of the case file: no other office reads it, so it names its case in a
 * column that the journal does not take for one, and its record names neither case nor, for an office of the Land,
 * centre.
 */
export class Desk1700000014000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(RIGHTS);
    await runner.query(INDEXES);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TABLE = `
  create table follow_up (
    id uuid primary key,
    office text not null check (office in ('ministry', 'school_ministry', 'granting_authority', 'cashier', 'municipality', 'auditor')),
    centre_id uuid references centre,
    subject_type text not null check (subject_type in (
      'application', 'call', 'centre', 'decision', 'drawdown', 'guideline', 'payment', 'settlement')),
    subject_id uuid not null,
    about_case_id uuid,
    due_on date not null,
    note text check (char_length(note) between 1 and 2000),
    for_person_id uuid references person,
    created_at timestamptz not null default transaction_timestamp(),
    created_by uuid not null references person,
    done_at timestamptz,
    done_by uuid references person,
    done_on date,
    remark text check (char_length(remark) between 1 and 2000),
    salt bytea not null default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
    version integer not null default 1,
    check (office <> 'municipality' or centre_id is not null),
    check ((done_at is null) = (done_by is null) and (done_at is null) = (done_on is null)),
    check (remark is null or done_at is not null)
  );
  comment on table follow_up is
    'A follow-up (Wiedervorlage): on a day an office, or one person of it, wants to see a thing again. Its office alone reads it; a municipality''s is its own. Note and remark are free text and may name persons.';
  comment on column follow_up.note is 'Null once a person it may tell of was erased, and the remark with it.';
  comment on column follow_up.centre_id is 'Of the subject; of a municipality''s follow-up always its own centre.';
  comment on column follow_up.about_case_id is 'The case of the subject. Not named case_id, because the note is no part of the case file.';
  comment on column follow_up.for_person_id is 'Whom it is for; null for the whole office.';
  create index follow_up_open on follow_up (office, due_on, id) where done_at is null;
  create index follow_up_subject on follow_up (subject_id, id);
  create index follow_up_centre on follow_up (centre_id, id);
  create trigger stamp before insert or update on follow_up for each row
    execute function access.stamp('created_by', 'created_at', 'done_by', 'done_at');
  select audit.declare_business('follow_up', personal => '{note,remark}');

  create function audit.done_once() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    -- Only an erasure empties a note; no office has the right to write that column.
    if old.done_at is not null and (new.note is not null or old.note is null) then
      raise exception 'a follow-up is done once, and stays done' using errcode = '42501';
    end if;
    return new;
  end $$;
  comment on function audit.done_once() is 'Trigger: what is done is never undone or remarked on again; only erasing a person empties its words.';
  create trigger zz_done_once before update on follow_up for each row execute function audit.done_once();

  create function access.is_colleague(p_person uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select access.context() and (p_person is null or exists (
      select from role_grant g join user_account u on u.id = g.user_id
       where g.person_id = p_person and g.role = access.setting('role')
         and g.centre_id is not distinct from access.setting('centre_id')::uuid
         and g.confirmed_at is not null and g.revoked_at is null and u.disabled_at is null))
  $$;
  comment on function access.is_colleague(uuid) is
    'Whether the person acts in the same office as the caller, at the same centre where there is one; null stands for all of them.';
  create index role_grant_person on role_grant (person_id);
`;

const OFFICES = ['ministry', 'school_ministry', 'granting_authority', 'cashier', 'auditor'];
const ROLES = [...OFFICES, 'municipality'].map((office) => `foerderbuch_${office}`).join(', ');
const OWN = `centre_id = (select access.centre()) and office = 'municipality'`;

const policies = (office: string, where: string): string => `
  create policy ${office}_reads on follow_up for select to foerderbuch_${office} using (${where});
  create policy ${office}_notes on follow_up for insert to foerderbuch_${office}
    with check (${where} and done_at is null and note is not null and access.is_colleague(for_person_id));
  create policy ${office}_does on follow_up for update to foerderbuch_${office} using (${where}) with check (${where});`;

const RIGHTS = `
  grant execute on function access.is_colleague(uuid) to ${ROLES};
  grant select, insert on follow_up to ${ROLES};
  grant update (done_at, done_on, remark, version) on follow_up to ${ROLES};
  ${OFFICES.map((office) => policies(office, `office = '${office}' and (select access.context())`)).join('')}
  ${policies('municipality', OWN)}
`;

/** Each for a state in which a thing waits for somebody; what is finished stands in none of them. */
const INDEXES = `
  create index decision_waiting on decision (state, id) where state in ('drafted', 'released', 'notified');
  create index hearing_waiting on hearing (due_on, id) where state = 'open';
  create index settlement_waiting on settlement (state, id) where state <> 'accepted';
  create index grant_year_unproved on grant_year (proof_due_on, id) where received_on is null;
  create index bank_account_waiting on bank_account (proposed_at, id)
    where confirmed_at is null and withdrawn_at is null;
  create index role_grant_waiting on role_grant (granted_at, id) where confirmed_at is null and revoked_at is null;
`;
