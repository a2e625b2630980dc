import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The audit record in its final shape, the journal of row changes, and the declaration every table must make.
 *
 * A record cannot be reshaped once it is hashed, so everything the sealed log will need stands here from the
 * first day: the exact bytes of the body, the transaction that wrote it, its subjects, the parts that belong to
 * several cases, and a chain per case that shows a missing record. No role of the application may insert, change
 * or delete here: `audit.append` is the only writer.
 */
export class AuditRecord1700000000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(DECLARATIONS);
    await runner.query(JOURNAL);
    await runner.query(WRITER);
    await runner.query(RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TABLES = `
  create table column_classification (
    table_name text not null,
    column_name text not null,
    class text not null check (class in ('public', 'personal', 'blob')),
    primary key (table_name, column_name)
  );
  comment on table column_classification is
    'What each column holds: public facts, personal values (only as salted commitments in journal and record), or blobs and secrets (never journalled).';

  create table table_classification (
    table_name text primary key,
    class text not null check (class in ('business', 'technical')),
    reason text
  );
  comment on table table_classification is
    'Business tables are journalled row by row; a technical table says why it is not.';

  create table audit_epoch (
    epoch integer primary key,
    begun_at timestamptz not null default now(),
    reason text not null
  );
  comment on table audit_epoch is
    'The life of this database. A restore from a backup opens a new epoch, because transaction numbers begin again.';
  insert into audit_epoch (epoch, reason) values (1, 'first installation');

  create table audit_record (
    id bigint generated always as identity primary key,
    epoch integer not null references audit_epoch,
    xid xid8 not null default pg_current_xact_id(),
    at timestamptz not null default transaction_timestamp(),
    actor_person uuid,
    on_behalf_of uuid,
    role text not null,
    action text not null,
    centre_id uuid,
    case_id uuid,
    request_id uuid not null,
    body bytea not null,
    unique (epoch, xid)
  );
  comment on table audit_record is
    'Exactly one record per command: who did what, for whom, with which request. The body is the canonical text (RFC 8785) that is hashed as stored.';
  create index audit_record_case on audit_record (case_id, id) where case_id is not null;
  create index audit_record_centre on audit_record (centre_id, id) where centre_id is not null;
  create index audit_record_person on audit_record (actor_person, id) where actor_person is not null;
  create index audit_record_at on audit_record (at, id);

  create table audit_subject (
    record_id bigint not null references audit_record,
    subject_type text not null,
    subject_id uuid not null,
    version integer,
    centre_id uuid,
    case_id uuid,
    primary key (record_id, subject_type, subject_id)
  );
  comment on table audit_subject is 'What a command was about. Where a subject has versions, each version stems from one record.';
  create unique index audit_subject_version on audit_subject (subject_type, subject_id, version) where version is not null;
  create index audit_subject_case on audit_subject (case_id, record_id) where case_id is not null;

  create table audit_part (
    record_id bigint not null references audit_record,
    case_id uuid not null,
    centre_id uuid,
    bytes bytea not null,
    primary key (record_id, case_id)
  );
  comment on table audit_part is
    'What a record of several cases says about one of them. The body holds only its salted SHA-256, so an export shows its own case and no other.';
  create index audit_part_case on audit_part (case_id, record_id);

  create table audit_case (
    case_id uuid not null,
    sequence integer not null check (sequence >= 1),
    record_id bigint not null references audit_record,
    primary key (case_id, sequence),
    unique (record_id, case_id)
  );
  comment on table audit_case is 'Which record is which link of which case: gapless, for finding; the proof itself stands in the bodies.';

  create table audit_case_head (
    case_id uuid primary key,
    sequence integer not null check (sequence >= 1),
    leaf_hash bytea not null check (octet_length(leaf_hash) = 32)
  );
  comment on table audit_case_head is
    'The newest link of each case''s chain: every record names its place and the hash of the one before, so a gap shows.';

  create table row_change (
    id bigint generated always as identity primary key,
    epoch integer not null references audit_epoch,
    xid xid8 not null default pg_current_xact_id(),
    at timestamptz not null default transaction_timestamp(),
    table_name text not null,
    row_id uuid not null,
    case_id uuid,
    operation text not null check (operation in ('insert', 'update', 'delete')),
    before text,
    after text,
    sha256 bytea not null
  );
  comment on table row_change is
    'Before and after of every row of a business table, as text; personal values only as salted commitments. The record of the same transaction holds the hash.';
  create index row_change_xid on row_change (epoch, xid);
  create index row_change_row on row_change (table_name, row_id);
`;

const DECLARATIONS = `
  create function audit.classify(target text, personal text[], secret text[]) returns void
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
  declare
    unknown text;
  begin
    select name into unknown from unnest(personal || secret) as name
     where not exists (select from information_schema.columns c
                        where c.table_schema = 'public' and c.table_name = target and c.column_name = name);
    if unknown is not null then
      raise exception 'table % has no column %', target, unknown;
    end if;
    insert into column_classification (table_name, column_name, class)
    select target, c.column_name,
           case when c.column_name = any (personal) then 'personal'
                when c.column_name = any (secret) then 'blob' else 'public' end
      from information_schema.columns c
     where c.table_schema = 'public' and c.table_name = target
    on conflict (table_name, column_name) do update set class = excluded.class;
    execute format('alter table public.%I enable row level security', target);
    execute format('alter table public.%I force row level security', target);
    execute format('drop policy if exists owner on public.%I', target);
    execute format('create policy owner on public.%I to foerderbuch_owner using (true) with check (true)', target);
  end $$;

  create function audit.declare_technical(target text, reason text, personal text[] default '{}', secret text[] default '{}')
  returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
  begin
    perform audit.classify(target, personal, secret);
    insert into table_classification values (target, 'technical', reason)
    on conflict (table_name) do update set class = 'technical', reason = excluded.reason;
  end $$;
  comment on function audit.declare_technical(text, text, text[], text[]) is
    'Declares a table that is not journalled, and why. Row-level security is forced all the same.';

  create function audit.declare_business(target text, personal text[] default '{}', secret text[] default '{}')
  returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
  begin
    if cardinality(personal) > 0 and not exists (
      select from information_schema.columns c
       where c.table_schema = 'public' and c.table_name = target and c.column_name = 'salt') then
      raise exception 'table % has personal columns and needs a column salt', target;
    end if;
    if cardinality(personal) > 0 then
      secret := secret || array['salt'];
    end if;
    perform audit.classify(target, personal, secret);
    insert into table_classification values (target, 'business', null)
    on conflict (table_name) do update set class = 'business', reason = null;
    execute format('drop trigger if exists journal on public.%I', target);
    execute format(
      'create trigger journal after insert or update or delete on public.%I for each row execute function audit.journal(%L, %L)',
      target, array_to_string(personal, ','), array_to_string(secret, ','));
    execute format('drop trigger if exists no_truncate on public.%I', target);
    execute format(
      'create trigger no_truncate before truncate on public.%I for each statement execute function audit.refuse_truncate()',
      target);
  end $$;
  comment on function audit.declare_business(text, text[], text[]) is
    'Declares a table whose every row change is journalled. Call it again after adding columns.';
`;

const JOURNAL = `
  create function audit.refuse_truncate() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    raise exception 'business tables are never truncated' using errcode = '42501';
  end $$;

  create function audit.current_epoch() returns integer
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select max(epoch) from audit_epoch
  $$;

  -- A row as the journal may show it: personal values as commitments, secrets not at all.
  create function audit.shown(source jsonb, personal text[], secret text[]) returns text
  language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
  declare
    shown jsonb := source - secret;
    name text;
  begin
    if source is null then
      return null;
    end if;
    foreach name in array personal loop
      if source ->> name is not null then
        shown := shown || jsonb_build_object(name, 'sha256:' || encode(sha256(
          convert_to(coalesce(source ->> 'salt', '') || E'\\n' || name || E'\\n' || (source ->> name), 'UTF8')), 'hex'));
      end if;
    end loop;
    return shown::text;
  end $$;
  comment on function audit.shown(jsonb, text[], text[]) is
    'A row as journal text: personal values as SHA-256 over salt, column and value; without the salt the commitment says nothing.';

  create function audit.journal() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp set timezone = 'UTC' as $$
  declare
    personal text[] := string_to_array(tg_argv[0], ',');
    secret text[] := string_to_array(tg_argv[1], ',');
    before_row jsonb;
    after_row jsonb;
    before_text text;
    after_text text;
    row_key uuid;
  begin
    perform access.context();
    if tg_op <> 'INSERT' then
      before_row := to_jsonb(old);
      before_text := audit.shown(before_row, personal, secret);
      row_key := old.id;
    end if;
    if tg_op <> 'DELETE' then
      after_row := to_jsonb(new);
      after_text := audit.shown(after_row, personal, secret);
      row_key := new.id;
    end if;
    -- A row that belongs to a case says so in its column case_id: its change goes into the file of that case.
    insert into row_change (epoch, table_name, row_id, case_id, operation, before, after, sha256)
    values (audit.current_epoch(), tg_table_name, row_key, (coalesce(after_row, before_row) ->> 'case_id')::uuid,
            lower(tg_op), before_text, after_text,
            sha256(convert_to(concat_ws(E'\\n', tg_table_name, lower(tg_op), row_key::text,
                                        coalesce(before_text, ''), coalesce(after_text, '')), 'UTF8')));
    return null;
  end $$;
  comment on function audit.journal() is
    'Trigger of every business table: journals before and after, and refuses a write without context.';
`;

const WRITER = `
  create function audit.collect(case_ids uuid[]) returns jsonb
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp set timezone = 'UTC' as $$
  declare
    links jsonb := '[]';
    changes jsonb;
    one uuid;
    head audit_case_head;
    now_epoch integer := audit.current_epoch();
  begin
    perform access.context();
    if access.setting('centre_id') is not null and exists (
      select from unnest(case_ids) as named where not audit.is_case_of(named, access.setting('centre_id')::uuid)) then
      raise exception 'a case of another centre' using errcode = '42501';
    end if;
    -- A restore opens a new epoch; a transaction it overtook is run again, or its record would stand in neither.
    if exists (select from row_change where epoch = now_epoch - 1 and xid = pg_current_xact_id()) then
      raise exception 'a new epoch of the audit record has begun' using errcode = '40001';
    end if;
    select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'table', c.table_name, 'rowId', c.row_id,
                                                 'operation', c.operation, 'caseId', c.case_id,
                                                 'sha256', encode(c.sha256, 'hex')) order by c.id), '[]')
      into changes
      from row_change c where c.epoch = now_epoch and c.xid = pg_current_xact_id();
    -- Whoever changes a row of a case acts in that case, whether the command says so or not.
    for one in
      select unnest(case_ids) union select (c.value ->> 'caseId')::uuid from jsonb_array_elements(changes) as c
       where c.value ->> 'caseId' is not null
       order by 1
    loop
      select * into head from audit_case_head where case_id = one for update;
      if not found then
        -- Serialises the first record of a case, whose head row does not exist yet.
        perform pg_advisory_xact_lock(hashtextextended('case ' || one, 0));
        select * into head from audit_case_head where case_id = one for update;
      end if;
      links := links || jsonb_build_object('caseId', one, 'sequence', coalesce(head.sequence, 0) + 1,
                                           'previous', encode(head.leaf_hash, 'hex'));
    end loop;
    return jsonb_build_object(
      'at', to_char(transaction_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'epoch', now_epoch, 'cases', links, 'rowChanges', changes);
  end $$;
  comment on function audit.collect(uuid[]) is
    'What this transaction changed so far, its instant, and the next link of the chain of each case (the heads stay locked).';

  create function audit.judge_claims(p_subjects jsonb, p_parts jsonb, p_cases uuid[], p_centre uuid) returns void
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    own uuid := access.setting('centre_id')::uuid;
  begin
    perform access.context();
    -- A version is claimed by who made it: the row was changed in this very transaction.
    if exists (
      select from jsonb_to_recordset(p_subjects) as s(id uuid, version integer)
       where s.version is not null and not exists (
         select from row_change c
          where c.epoch = audit.current_epoch() and c.xid = pg_current_xact_id() and c.row_id = s.id)) then
      raise exception 'a version is claimed that this transaction did not make' using errcode = '42501';
    end if;
    -- Whoever acts for one centre speaks of that centre and its cases only.
    if own is not null and (
         p_centre is distinct from own and p_centre is not null
         or exists (select from jsonb_to_recordset(p_subjects) as s("centreId" uuid) where s."centreId" <> own)
         or exists (select from jsonb_to_recordset(p_parts) as p("centreId" uuid) where p."centreId" <> own)
         or exists (select from unnest(p_cases) as one where not audit.is_case_of(one, own))) then
      raise exception 'the record speaks of another centre' using errcode = '42501';
    end if;
  end $$;
  comment on function audit.judge_claims(jsonb, jsonb, uuid[], uuid) is
    'Refuses a record that claims versions it did not make, or cases of a centre its actor does not act for.';

  create function audit.is_case_of(p_case uuid, p_centre uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select not exists (select from audit_subject s
                        where s.case_id = p_case and s.centre_id is not null and s.centre_id <> p_centre)
  $$;
  comment on function audit.is_case_of(uuid, uuid) is 'Whether nothing recorded so far of a case belongs to another centre.';

  create function audit.append(p_body bytea, p_subjects jsonb, p_parts jsonb, p_cases uuid[],
                               p_person uuid, p_case uuid, p_centre uuid) returns bigint
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    record_key bigint;
    body jsonb := convert_from(p_body, 'UTF8')::jsonb;
    -- Only signing in names a person: the context cannot know one before the password was right.
    actor uuid := case when access.setting('role') in ('signin', 'system') then p_person else access.person() end;
  begin
    perform access.context();
    if body #>> '{actor,role}' is distinct from access.setting('role')
       or (body #>> '{actor,person}')::uuid is distinct from actor
       or (body #>> '{actor,onBehalfOf}')::uuid is distinct from access.setting('on_behalf_of')::uuid
       or body ->> 'action' is distinct from access.setting('action')
       or (body ->> 'requestId')::uuid is distinct from access.setting('request_id')::uuid
       or (body ->> 'epoch')::integer is distinct from audit.current_epoch()
       or (body ->> 'at')::timestamptz is distinct from transaction_timestamp()
       or (body ->> 'caseId')::uuid is distinct from p_case
       or (body ->> 'centreId')::uuid is distinct from p_centre then
      raise exception 'the record says something else than what is known of this transaction' using errcode = '42501';
    end if;
    perform audit.judge_claims(p_subjects, p_parts, p_cases, p_centre);
    insert into audit_record (epoch, actor_person, on_behalf_of, role, action, centre_id, case_id, request_id, body)
    values (audit.current_epoch(), actor, access.setting('on_behalf_of')::uuid, access.setting('role'), access.setting('action'),
            p_centre, p_case, access.setting('request_id')::uuid, p_body)
    returning id into record_key;
    insert into audit_subject (record_id, subject_type, subject_id, version, centre_id, case_id)
    select record_key, s.type, s.id, s.version, s."centreId", s."caseId"
      from jsonb_to_recordset(p_subjects) as s(type text, id uuid, version integer, "centreId" uuid, "caseId" uuid);
    insert into audit_part (record_id, case_id, centre_id, bytes)
    select record_key, p."caseId", p."centreId", decode(p.bytes, 'base64')
      from jsonb_to_recordset(p_parts) as p("caseId" uuid, "centreId" uuid, bytes text);
    with links as (
      insert into audit_case_head as head (case_id, sequence, leaf_hash)
      select distinct one, 1, sha256('\\x00'::bytea || p_body) from unnest(p_cases) as one order by one
      on conflict (case_id) do update set sequence = head.sequence + 1, leaf_hash = excluded.leaf_hash
      returning case_id, sequence)
    insert into audit_case (case_id, sequence, record_id) select case_id, sequence, record_key from links;
    return record_key;
  end $$;
  comment on function audit.append(bytea, jsonb, jsonb, uuid[], uuid, uuid, uuid) is
    'The only writer of the audit record. Who, as what, and which request come from the context, not from the caller.';

  create function audit.must_be_recorded() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  begin
    -- Migrations and repairs by the owner are in the journal; only commands have records.
    if session_user = 'foerderbuch_owner' or (select rolsuper from pg_roles where rolname = session_user) then
      return null;
    end if;
    if not exists (select from audit_record r where r.epoch = new.epoch and r.xid = new.xid) then
      raise exception 'a change without an audit record cannot be committed' using errcode = '42501';
    end if;
    return null;
  end $$;
  comment on function audit.must_be_recorded() is
    'Trigger at commit: whatever was changed, by whatever SQL, the transaction holds the record of it.';

  create function audit.refuse_change() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    raise exception '% is append-only', tg_table_name using errcode = '42501';
  end $$;
  comment on function audit.refuse_change() is
    'Trigger of append-only tables: not even the owner changes what is recorded while it stands.';
`;

const RIGHTS = `
  select audit.declare_technical('context_secret', 'seals contexts', secret => '{secret}'),
         audit.declare_technical('column_classification', 'describes the schema itself'),
         audit.declare_technical('table_classification', 'describes the schema itself'),
         audit.declare_technical('audit_epoch', 'part of the audit record'),
         audit.declare_technical('audit_record', 'is the audit record', secret => '{body}'),
         audit.declare_technical('audit_subject', 'is the audit record'),
         audit.declare_technical('audit_part', 'is the audit record', secret => '{bytes}'),
         audit.declare_technical('audit_case', 'is the audit record'),
         audit.declare_technical('audit_case_head', 'part of the audit record'),
         audit.declare_technical('row_change', 'is the journal');

  create constraint trigger recorded after insert on row_change deferrable initially deferred
    for each row execute function audit.must_be_recorded();

  do $$
  declare
    target text;
  begin
    foreach target in array array['audit_record', 'audit_subject', 'audit_part', 'audit_case', 'row_change'] loop
      execute format('create trigger append_only before update or delete on %I for each row execute function audit.refuse_change()', target);
      execute format('create trigger no_truncate before truncate on %I for each statement execute function audit.refuse_truncate()', target);
    end loop;
  end $$;

  grant execute on function audit.collect(uuid[]), audit.current_epoch(),
    audit.append(bytea, jsonb, jsonb, uuid[], uuid, uuid, uuid) to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality, foerderbuch_auditor, foerderbuch_admin, foerderbuch_signin, foerderbuch_system;

  grant select on audit_record, audit_subject to
    foerderbuch_ministry, foerderbuch_granting_authority, foerderbuch_cashier, foerderbuch_school_ministry,
    foerderbuch_municipality, foerderbuch_auditor, foerderbuch_admin, foerderbuch_system;
  grant select on audit_part to
    foerderbuch_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality, foerderbuch_auditor, foerderbuch_system;
  grant select on audit_case, audit_case_head to foerderbuch_auditor, foerderbuch_ministry, foerderbuch_system;
  create policy statewide on audit_case for select
    to foerderbuch_auditor, foerderbuch_ministry, foerderbuch_system using ((select access.context()));
  create policy statewide on audit_case_head for select
    to foerderbuch_auditor, foerderbuch_ministry, foerderbuch_system using ((select access.context()));
  grant select on row_change to foerderbuch_auditor, foerderbuch_system;
  grant select on column_classification, table_classification, audit_epoch to foerderbuch_auditor, foerderbuch_system;

  create policy readers on column_classification to foerderbuch_auditor, foerderbuch_system using ((select access.context()));
  create policy readers on table_classification to foerderbuch_auditor, foerderbuch_system using ((select access.context()));
  create policy readers on audit_epoch to foerderbuch_auditor, foerderbuch_system using ((select access.context()));
  create policy statewide on row_change for select to foerderbuch_auditor, foerderbuch_system using ((select access.context()));

  create policy statewide on audit_record for select
    to foerderbuch_ministry, foerderbuch_auditor, foerderbuch_system using ((select access.context()));
  create policy statewide on audit_subject for select
    to foerderbuch_ministry, foerderbuch_auditor, foerderbuch_system using ((select access.context()));
  create policy statewide on audit_part for select
    to foerderbuch_ministry, foerderbuch_auditor, foerderbuch_system using ((select access.context()));
  create policy cases on audit_record for select to foerderbuch_granting_authority, foerderbuch_cashier
    using ((select access.context()) and case_id is not null);
  create policy cases on audit_subject for select to foerderbuch_granting_authority, foerderbuch_cashier
    using ((select access.context()) and case_id is not null);
  create policy cases on audit_part for select to foerderbuch_granting_authority, foerderbuch_cashier
    using ((select access.context()));
  create policy own on audit_record for select to foerderbuch_municipality using (centre_id = (select access.centre()));
  create policy own on audit_subject for select to foerderbuch_municipality using (centre_id = (select access.centre()));
  create policy own on audit_part for select to foerderbuch_municipality using (centre_id = (select access.centre()));
  create policy own_acts on audit_record for select to foerderbuch_school_ministry, foerderbuch_admin
    using (actor_person = (select access.person()));
  create policy own_acts on audit_subject for select to foerderbuch_school_ministry, foerderbuch_admin
    using ((select access.context()) and record_id in (select id from audit_record));
`;
