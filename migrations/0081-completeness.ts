import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Commands, row changes and transfers must match one to one, in both directions, and what stands in the tables must
 * be what was journalled last. `audit.faults` finds whatever does not: a changed, missing or invented record, row
 * change, business row, transfer or account, a disabled trigger, a leaf or node that does not fit.
 *
 * It compares every stored column with what the sealed bodies say. The signatures over the tree are checked outside
 * the database, by the key that is outside.
 */
export class Completeness1700000008100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(WORDS);
    await runner.query(RECORDS);
    await runner.query(CHANGES);
    await runner.query(LEDGER);
    await runner.query(TREE);
    await runner.query(ALL);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const WORDS = `
  create function audit.json_in(bytes bytea) returns jsonb
  language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
  begin
    return convert_from(bytes, 'UTF8')::jsonb;
  exception when others then
    return null;
  end $$;
  comment on function audit.json_in(bytea) is 'What a body or part says; null when it is no JSON any more.';

  create function audit.instant(moment timestamptz) returns text
  language sql immutable set search_path = pg_catalog, pg_temp as $$
    select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  $$;
  comment on function audit.instant(timestamptz) is 'An instant as bodies write it.';

  create type audit.fault as (fault text, place text, field text);
  comment on type audit.fault is 'What does not fit, where it stands, and which of its fields.';

  -- "offset 0", here and below: a body is parsed once, and not for each of its fields that is looked at.
  -- Everything one record says, of no case or of each of its cases, with the number of the record.
  create function audit.told() returns table (
    record_id bigint, epoch integer, xid xid8, at timestamptz, case_id uuid, said jsonb)
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select r.id, r.epoch, r.xid, r.at, null::uuid, audit.json_in(r.body) from audit_record r
    union all
    select r.id, r.epoch, r.xid, r.at, p.case_id, audit.json_in(p.bytes)
      from audit_part p join audit_record r on r.id = p.record_id
  $$;
  comment on function audit.told() is 'Bodies and parts as JSON, each with its record.';
`;

const RECORDS = `
  create function audit.record_faults() returns setof audit.fault
  language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
  begin
    return query
      select 'record-altered', 'record ' || r.id, f.name
        from audit_record r cross join lateral (select audit.json_in(r.body) as said offset 0) as b
        cross join lateral (values
          ('body', b.said is null),
          ('epoch', b.said ->> 'epoch' is distinct from r.epoch::text),
          ('at', b.said ->> 'at' is distinct from audit.instant(r.at)),
          ('actor_person', b.said #>> '{actor,person}' is distinct from r.actor_person::text),
          ('on_behalf_of', b.said #>> '{actor,onBehalfOf}' is distinct from r.on_behalf_of::text),
          ('role', b.said #>> '{actor,role}' is distinct from r.role),
          ('action', b.said ->> 'action' is distinct from r.action),
          ('centre_id', b.said ->> 'centreId' is distinct from r.centre_id::text),
          ('case_id', b.said ->> 'caseId' is distinct from r.case_id::text),
          ('request_id', b.said ->> 'requestId' is distinct from r.request_id::text)) as f(name, wrong)
       where f.wrong;

    return query
      with said as (
        select t.record_id, s.type as subject_type, s.id as subject_id, s.version, s."centreId" as centre_id, s."caseId" as case_id
          from audit.told() t cross join lateral jsonb_to_recordset(t.said -> 'subjects')
            as s(type text, id uuid, version integer, "centreId" uuid, "caseId" uuid))
      select case when s.record_id is null then 'subject-invented' when k.record_id is null then 'subject-missing'
                  else 'subject-altered' end,
             'record ' || coalesce(s.record_id, k.record_id) || ' subject ' || coalesce(s.subject_id, k.subject_id), f.name
        from said s full join audit_subject k using (record_id, subject_type, subject_id)
        cross join lateral (values
          ('record_id', s.record_id is null or k.record_id is null),
          ('version', s.version is distinct from k.version),
          ('centre_id', s.centre_id is distinct from k.centre_id),
          ('case_id', s.case_id is distinct from k.case_id)) as f(name, wrong)
       where f.wrong and (f.name = 'record_id' or s.record_id is not null and k.record_id is not null);

    return query
      with pinned as (
        select r.id as record_id, p.value ->> 'sha256' as sha256
          from audit_record r cross join lateral jsonb_array_elements(audit.json_in(r.body) -> 'parts') as p)
      select case when n.sha256 is null then 'part-altered' else 'part-missing' end,
             'record ' || coalesce(n.record_id, p.record_id), 'bytes'
        from pinned n
        full join (select record_id, encode(sha256(bytes), 'hex') as sha256 from audit_part) as p using (record_id, sha256)
       where n.record_id is null or p.record_id is null
      union all
      select 'part-altered', 'record ' || p.record_id || ' case ' || p.case_id, f.name
        from audit_part p cross join lateral (select audit.json_in(p.bytes) as said offset 0) as b
        cross join lateral (values
          ('case_id', b.said ->> 'caseId' is distinct from p.case_id::text),
          ('centre_id', b.said ->> 'centreId' is distinct from p.centre_id::text)) as f(name, wrong)
       where f.wrong;
  end $$;
  comment on function audit.record_faults() is 'Records, subjects and parts against the bytes that were sealed.';

  create function audit.chain_faults() returns setof audit.fault
  language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
  begin
    return query
      with said as (
        select t.record_id, (l.value ->> 'caseId')::uuid as case_id, (l.value ->> 'sequence')::integer as sequence,
               l.value ->> 'previous' as previous
          from audit.told() t
          cross join lateral jsonb_array_elements(
            case when t.case_id is null then t.said -> 'cases' else jsonb_build_array(t.said) end) as l),
      stored as (
        select c.case_id, c.sequence, c.record_id, encode(sha256('\\x00'::bytea || r.body), 'hex') as leaf
          from audit_case c left join audit_record r on r.id = c.record_id)
      select 'case-link-altered', 'case ' || coalesce(s.case_id, k.case_id) || ' link ' || coalesce(s.sequence, k.sequence),
             case when k.case_id is null then 'missing' when s.case_id is null then 'invented' else 'record_id' end
        from said s full join stored k using (case_id, sequence)
       where s.record_id is distinct from k.record_id
      union all
      select 'case-link-altered', 'case ' || s.case_id || ' link ' || s.sequence, 'previous'
        from said s left join stored k on k.case_id = s.case_id and k.sequence = s.sequence - 1
       where s.previous is distinct from k.leaf
      union all
      select 'case-head-altered', 'case ' || coalesce(h.case_id, k.case_id),
             case when h.sequence is distinct from k.sequence then 'sequence' else 'leaf_hash' end
        from audit_case_head h
        full join (select distinct on (s.case_id) s.case_id, s.sequence, s.leaf from stored s order by s.case_id, s.sequence desc) as k
          using (case_id)
       where h.sequence is distinct from k.sequence or encode(h.leaf_hash, 'hex') is distinct from k.leaf;
  end $$;
  comment on function audit.chain_faults() is 'The chain of each case: numbered without a gap, each link naming the leaf before.';
`;

const CHANGES = `
  create function audit.change_faults() returns setof audit.fault
  language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
  begin
    return query
      with said as (
        select t.record_id, t.epoch, t.xid, t.at, p.id, p."table" as table_name, p."rowId" as row_id, p.operation, p.sha256
          from audit.told() t cross join lateral jsonb_to_recordset(t.said -> 'rowChanges')
            as p(id bigint, "table" text, "rowId" uuid, operation text, sha256 text))
      select case when k.id is null then 'row-change-missing' when s.id is null then 'row-change-unrecorded' else 'row-change-altered' end,
             'row change ' || coalesce(s.id, k.id) || coalesce(' of record ' || s.record_id, ''), f.name
        from said s full join row_change k using (id)
        cross join lateral (values
          ('id', s.id is null or k.id is null),
          ('epoch', s.epoch is distinct from k.epoch),
          ('xid', s.xid is distinct from k.xid),
          ('at', s.at is distinct from k.at),
          ('table_name', s.table_name is distinct from k.table_name),
          ('row_id', s.row_id is distinct from k.row_id),
          ('operation', s.operation is distinct from k.operation),
          ('sha256', s.sha256 is distinct from encode(k.sha256, 'hex'))) as f(name, wrong)
       where f.wrong and (f.name = 'id' or s.id is not null and k.id is not null);

    return query
      select 'row-change-altered', 'row change ' || k.id, f.name
        from row_change k cross join lateral (values
          ('before, after', k.sha256 <> sha256(convert_to(concat_ws(E'\\n', k.table_name, k.operation, k.row_id::text,
                                                coalesce(k.before, ''), coalesce(k.after, '')), 'UTF8'))),
          ('case_id', audit.json_in(convert_to(coalesce(k.after, k.before), 'UTF8')) ->> 'case_id'
                      is distinct from k.case_id::text)) as f(name, wrong)
       where f.wrong;
  end $$;
  comment on function audit.change_faults() is 'Every row change has one record that names it, and every named one is there with the hash it had.';

  create function audit.row_faults() returns setof audit.fault
  language plpgsql stable set search_path = pg_catalog, public, pg_temp set timezone = 'UTC' as $$
  declare
    target record;
  begin
    for target in
      select t.table_name,
             coalesce(array_agg(c.column_name) filter (where c.class = 'personal'), '{}') as personal,
             coalesce(array_agg(c.column_name) filter (where c.class = 'blob'), '{}') as secret
        from table_classification t join column_classification c using (table_name)
       where t.class = 'business' group by t.table_name
    loop
      return query execute format($query$
        with known as (
          select distinct on (row_id) row_id, operation, after from row_change where table_name = %1$L order by row_id, id desc),
        standing as (select id as row_id, audit.shown(to_jsonb(t), %2$L, %3$L) as shown from %1$I as t)
        select case when k.row_id is null then 'row-invented' when s.row_id is null then 'row-vanished' else 'row-altered' end,
               %1$L || ' ' || coalesce(k.row_id, s.row_id),
               case when k.row_id is null or s.row_id is null then 'id' else (
                 select string_agg(name, ', ' order by name)
                   from (select jsonb_object_keys(s.shown::jsonb) union select jsonb_object_keys(b.before)) as n(name)
                  where s.shown::jsonb -> name is distinct from b.before -> name) end
          from known k full join standing s using (row_id)
          cross join lateral (select audit.json_in(convert_to(k.after, 'UTF8')) as before offset 0) as b
         where not (k.operation is not distinct from 'delete' and s.row_id is null)
           and (k.after is null or s.shown is distinct from k.after)$query$,
        target.table_name, target.personal, target.secret);
      -- The journal holds no bytes of documents, but the hash that stands beside them.
      if 'content' = any (target.secret) then
        return query execute format($query$
          select 'row-altered', %1$L || ' ' || id, 'content' from %1$I
           where content is not null and sha256 <> encode(sha256(content), 'hex')$query$, target.table_name);
      end if;
    end loop;

    return query
      select 'trigger-missing', w.table_name, w.trigger
        from (select table_name, 'journal' as trigger, 'audit.journal' as routine from table_classification where class = 'business'
              union all select table_name, 'no_truncate', 'audit.refuse_truncate' from table_classification where class = 'business'
              union all select name, 'append_only', 'audit.refuse_change'
                from unnest(array['audit_record', 'audit_subject', 'audit_part', 'audit_case', 'row_change', 'transfer',
                                  'audit_leaf', 'audit_node', 'audit_checkpoint']) as name) as w
       where not exists (select from pg_trigger g
                          where g.tgrelid = to_regclass('public.' || w.table_name) and g.tgname = w.trigger
                            and g.tgenabled in ('O', 'A') and g.tgfoid::regproc::text = w.routine);
  end $$;
  comment on function audit.row_faults() is
    'Every business row is as the journal saw it last, personal values by their commitments, and the triggers that journal stand.';
`;

const LEDGER = `
  create function audit.ledger_faults() returns setof audit.fault
  language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
  begin
    return query
      with said as (
        -- A transfer between two cases stands in the parts of both.
        select distinct on (v.value ->> 'id') t.record_id, t.epoch, t.xid, t.at, (v.value ->> 'id')::uuid as id, v.value as v
          from audit.told() t cross join lateral jsonb_array_elements(t.said -> 'transfers') as v)
      select case when k.id is null then 'transfer-missing' when s.id is null then 'transfer-unrecorded' else 'transfer-altered' end,
             'transfer ' || coalesce(s.id, k.id) || coalesce(' of record ' || s.record_id, ''), f.name
        from said s full join transfer k using (id)
        cross join lateral (values
          ('id', s.id is null or k.id is null),
          ('journal', v ->> 'journal' is distinct from k.journal::text),
          ('debit', v #>> '{debit,account}' is distinct from k.debit::text),
          ('credit', v #>> '{credit,account}' is distinct from k.credit::text),
          ('amount_cents', v ->> 'amountCents' is distinct from k.amount_cents::text),
          ('code', v ->> 'code' is distinct from k.code),
          ('effective_on', v ->> 'effectiveOn' is distinct from k.effective_on::text),
          ('reverses', v ->> 'reverses' is distinct from k.reverses::text),
          ('debit_version', v #>> '{debit,version}' is distinct from k.debit_version::text),
          ('credit_version', v #>> '{credit,version}' is distinct from k.credit_version::text),
          ('centre_id', coalesce(v #>> '{credit,centreId}', v #>> '{debit,centreId}') is distinct from k.centre_id::text),
          ('case_id', coalesce(v #>> '{credit,caseId}', v #>> '{debit,caseId}') is distinct from k.case_id::text),
          ('epoch', s.epoch is distinct from k.epoch),
          ('xid', s.xid is distinct from k.xid),
          ('at', s.at is distinct from k.at)) as f(name, wrong)
       where f.wrong and (f.name = 'id' or s.id is not null and k.id is not null);

    return query
      with folded as (
        select side.account as id, sum(side.debit) as debits, sum(side.credit) as credits, max(side.version) as version,
               count(*) as times
          from transfer t cross join lateral (values
            (t.debit, t.amount_cents, 0, t.debit_version), (t.credit, 0, t.amount_cents, t.credit_version))
              as side(account, debit, credit, version)
         group by side.account)
      select 'account-altered', 'account ' || coalesce(a.id, f.id), w.name
        from account a full join folded f using (id)
        cross join lateral (values
          ('id', a.id is null),
          ('debits', a.debits is distinct from coalesce(f.debits, 0)),
          ('credits', a.credits is distinct from coalesce(f.credits, 0)),
          ('version', a.version is distinct from coalesce(f.version, 0) or a.version is distinct from coalesce(f.times, 0))) as w(name, wrong)
       where w.wrong and (w.name = 'id' or a.id is not null);

    return query
      with said as (
        select distinct on (side.value ->> 'account') (side.value ->> 'account')::uuid as id, side.value as v
          from audit.told() t cross join lateral jsonb_array_elements(t.said -> 'transfers') as m
          cross join lateral (values (m.value -> 'debit'), (m.value -> 'credit')) as side(value))
      select 'account-altered', 'account ' || a.id, w.name
        from account a join said s on s.id = a.id
        cross join lateral (values
          ('stage', v ->> 'stage' is distinct from a.stage),
          ('line_id', v ->> 'lineId' is distinct from a.line_id::text),
          ('funding_year', v ->> 'fundingYear' is distinct from a.funding_year::text),
          ('issue_year', v ->> 'issueYear' is distinct from a.issue_year::text),
          ('programme', v ->> 'programme' is distinct from a.programme),
          ('centre_id', v ->> 'centreId' is distinct from a.centre_id::text),
          ('source', v ->> 'source' is distinct from a.source),
          ('case_id', v ->> 'caseId' is distinct from a.case_id::text),
          ('bounded', a.bounded <> (a.stage !~ 'outside$'))) as w(name, wrong)
       where w.wrong;
  end $$;
  comment on function audit.ledger_faults() is 'Every transfer stands in one record and every recorded one in the ledger; accounts are their fold.';
`;

const TREE = `
  create function audit.seal_faults() returns setof audit.fault
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  begin
    perform access.context();
    return query
      select 'record-unsealed', 'record ' || r.id, 'leaf'
        from audit_record r cross join audit_tree t
       where (r.epoch < t.epoch or r.xid < t.watermark) and not exists (select from audit_leaf l where l.record_id = r.id);
    return query
      select 'record-missing', 'leaf ' || l.leaf_index, 'record_id'
        from audit_leaf l where not exists (select from audit_record r where r.id = l.record_id);
  end $$;
  comment on function audit.seal_faults() is 'The two alarms: a record below the watermark without a leaf, and a leaf without a record.';

  create function audit.tree_faults() returns setof audit.fault
  language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
  begin
    return query select * from audit.seal_faults();
    return query
      select 'leaf-altered', 'leaf ' || l.leaf_index || ' record ' || r.id, f.name
        from audit_leaf l join audit_record r on r.id = l.record_id
        cross join lateral (values
          ('hash', l.hash <> sha256('\\x00'::bytea || r.body)),
          ('xid', l.xid <> r.xid)) as f(name, wrong)
       where f.wrong;
    return query
      select 'leaf-missing', 'leaf ' || n.leaf_index, 'leaf_index'
        from audit_tree t cross join lateral generate_series(0, t.size - 1) as n(leaf_index)
       where not exists (select from audit_leaf l where l.leaf_index = n.leaf_index);
    return query
      select 'leaf-invented', 'leaf ' || l.leaf_index, 'leaf_index' from audit_leaf l cross join audit_tree t where l.leaf_index >= t.size;
    return query
      with hashes as (
        select 0::smallint as level, leaf_index as node_index, hash from audit_leaf
        union all select level, node_index, hash from audit_node),
      pairs as (
        select (l.level + 1)::smallint as level, l.node_index / 2 as node_index, sha256('\\x01'::bytea || l.hash || r.hash) as hash
          from hashes l join hashes r on r.level = l.level and r.node_index = l.node_index + 1
         where l.node_index % 2 = 0)
      select case when p.level is null then 'node-invented' when n.level is null then 'node-missing' else 'node-altered' end,
             'level ' || coalesce(p.level, n.level) || ' node ' || coalesce(p.node_index, n.node_index), 'hash'
        from pairs p full join audit_node n using (level, node_index)
       where p.hash is distinct from n.hash;
    return query
      select 'tree-altered', 'tree', f.name
        from audit_tree t cross join lateral (values
          ('epoch', t.epoch <> (select max(epoch) from audit_epoch)),
          ('watermark', exists (select from audit_leaf l join audit_record r on r.id = l.record_id
                                 where r.epoch = t.epoch and l.xid >= t.watermark)),
          ('watermark', t.watermark > pg_snapshot_xmax(pg_current_snapshot())),
          ('system_id', t.origin is not null and t.system_id is distinct from audit.system_id())) as f(name, wrong)
       where f.wrong;
  end $$;
  comment on function audit.tree_faults() is 'Leaves against records, nodes against leaves. The signed roots are compared outside the database.';
`;

const ALL = `
  create function audit.faults() returns setof audit.fault
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp set timezone = 'UTC' as $$
  declare
    part text;
  begin
    perform access.context();
    foreach part in array array['record', 'chain', 'change', 'row', 'ledger', 'tree'] loop
      begin
        return query execute format('select * from audit.%I()', part || '_faults');
      exception when others then
        -- Something was altered so that it cannot even be read; that must not hide what else was.
        return next ('unreadable', part, sqlerrm)::audit.fault;
      end;
    end loop;
  end $$;
  comment on function audit.faults() is
    'Everything that does not fit between commands, row changes, transfers, rows, accounts and the sealed log. Empty when nothing was altered.';

  grant execute on function audit.faults(), audit.seal_faults() to foerderbuch_auditor, foerderbuch_system, foerderbuch_sealer;
  grant usage on type audit.fault to foerderbuch_auditor, foerderbuch_system, foerderbuch_sealer;
`;
