import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Attachments: files that belong to an application, kept in the database in pieces.
 *
 * The journal holds what a file is and its hashes, never its bytes, and of its name, which may name a person, a
 * commitment only. The whole hashes to what the row says: the database itself looks before it commits.
 */
export class Attachments1700000011100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(WHOLE);
    await runner.query(RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TABLES = `
  create table attachment (
    id uuid primary key,
    holder_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null,
    kind text not null check (kind in ('post_description', 'cost_estimate', 'council_resolution', 'cooperation_agreement', 'other')),
    file_name text not null check (length(file_name) between 1 and 200),
    salt bytea not null default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
    media_type text not null,
    size_bytes bigint not null check (size_bytes > 0),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    uploaded_at timestamptz not null default transaction_timestamp(),
    uploaded_by uuid not null references person,
    uploaded_on date not null,
    kept_at timestamptz,
    removed_at timestamptz,
    removed_by uuid references person,
    version integer not null default 1,
    unique (id, case_id, centre_id),
    foreign key (holder_id, case_id, centre_id) references application (id, case_id, centre_id)
  );
  comment on table attachment is
    'A file that belongs to an application: what it is by its content, its size and SHA-256. kept_at: since then a submission names it, so its bytes stay even when it is removed.';
  create index attachment_holder on attachment (holder_id, id);
  create index attachment_case on attachment (case_id);
  create trigger stamp before insert or update on attachment for each row
    execute function access.stamp('uploaded_by', 'uploaded_at', 'removed_by', 'removed_at');

  create table attachment_chunk (
    id uuid primary key,
    attachment_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null,
    position integer not null check (position >= 1),
    content bytea check (octet_length(content) between 1 and 262144),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    version integer not null default 1,
    unique (attachment_id, position),
    foreign key (attachment_id, case_id, centre_id) references attachment (id, case_id, centre_id),
    check (content is null or sha256 = encode(sha256(content), 'hex'))
  );
  comment on table attachment_chunk is
    'A piece of an attachment, at most 256 KiB. Emptied when the attachment is removed and no submission names it.';

  select audit.declare_business('attachment', personal => '{file_name}'),
         audit.declare_business('attachment_chunk', secret => '{content}');
`;

const WHOLE = `
  create function audit.attachment_whole() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
  declare
    whole bytea;
  begin
    select string_agg(c.content, ''::bytea order by c.position) into whole
      from attachment_chunk c where c.attachment_id = new.id;
    if whole is null or octet_length(whole) <> new.size_bytes or encode(sha256(whole), 'hex') <> new.sha256 then
      raise exception 'the pieces of an attachment make another file than its row says' using errcode = '42501';
    end if;
    return null;
  end $$;
  comment on function audit.attachment_whole() is
    'Trigger: before the commit, the pieces of a new attachment hash to what its row says.';
  create constraint trigger whole after insert on attachment deferrable initially deferred
    for each row execute function audit.attachment_whole();
`;

const READERS = 'foerderbuch_granting_authority, foerderbuch_auditor, foerderbuch_system';
const OFFICES = 'foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_cashier';

const RIGHTS = `
  grant select on attachment, attachment_chunk to ${READERS}, foerderbuch_municipality;
  -- Other offices learn that something is attached, not how the municipality called it and not what it says.
  grant select (id, holder_id, case_id, centre_id, kind, media_type, size_bytes, sha256, kept_at, removed_at)
    on attachment to ${OFFICES};
  create policy statewide on attachment for select to ${READERS}, ${OFFICES} using ((select access.context()));
  create policy statewide on attachment_chunk for select to ${READERS} using ((select access.context()));
  create policy own on attachment for select to foerderbuch_municipality using (centre_id = (select access.centre()));
  create policy own on attachment_chunk for select to foerderbuch_municipality
    using (centre_id = (select access.centre()));

  grant insert on attachment, attachment_chunk to foerderbuch_municipality;
  grant update (kept_at, removed_at, version) on attachment to foerderbuch_municipality;
  grant update (content, version) on attachment_chunk to foerderbuch_municipality;
  create policy attach on attachment for insert to foerderbuch_municipality
    with check (centre_id = (select access.centre()) and access.with_applicant(holder_id));
  create policy change on attachment for update to foerderbuch_municipality
    using (centre_id = (select access.centre()) and access.with_applicant(holder_id));
  create policy attach on attachment_chunk for insert to foerderbuch_municipality
    with check (centre_id = (select access.centre()) and exists (
      select from attachment a where a.id = attachment_id and access.with_applicant(a.holder_id)));
  -- Only what was removed and never submitted may be emptied, and it may only be emptied.
  create policy empty on attachment_chunk for update to foerderbuch_municipality
    using (centre_id = (select access.centre()) and exists (
      select from attachment a where a.id = attachment_id and a.removed_at is not null and a.kept_at is null))
    with check (content is null);
`;
