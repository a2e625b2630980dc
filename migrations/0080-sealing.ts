import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The sealed log over the audit record: an RFC 6962 tree of the stored bodies, its signed checkpoints and keys.
 *
 * The sealer appends what is certain to be complete: all records of transactions that ended before the oldest one
 * still running began (`pg_snapshot_xmin`). A cursor by id or time would miss records of slow transactions. The key
 * that signs is not in this database, so whoever rules the database still cannot forge a checkpoint.
 *
 * Leaves and nodes are never rewritten, not even by a restore: it opens a new epoch with a new origin, and the tree
 * goes on from what survived.
 */
export class Sealing1700000008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(EPOCH);
    await runner.query(CASE_FILE);
    await runner.query(RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TABLES = `
  create table audit_tree (
    singleton boolean primary key default true check (singleton),
    epoch integer not null references audit_epoch,
    origin text,
    size bigint not null default 0 check (size >= 0),
    watermark xid8 not null default '0',
    commits text,
    system_id text,
    check (origin is not null or size = 0)
  );
  comment on table audit_tree is
    'The head of the sealed log; its row lock makes one of any number of sealers the leader. Every record of a transaction below the watermark is a leaf. After a restore, commits names the last published head of the log before.';
  insert into audit_tree (epoch) values (1);

  create table audit_leaf (
    leaf_index bigint primary key check (leaf_index >= 0),
    record_id bigint not null unique,
    xid xid8 not null,
    hash bytea not null check (octet_length(hash) = 32)
  );
  comment on table audit_leaf is
    'Leaf n of the log: SHA-256 over 0x00 and the body of one record. No foreign key: that a leaf has lost its record is for the check to find, not for the database to prevent.';

  create table audit_node (
    level smallint not null check (level between 1 and 62),
    node_index bigint not null check (node_index >= 0),
    hash bytea not null check (octet_length(hash) = 32),
    primary key (level, node_index)
  );
  comment on table audit_node is
    'Hashes of complete subtrees: a node covers the leaves from node_index * 2^level on. A proof reads a logarithm of them.';

  create table audit_checkpoint (
    epoch integer not null references audit_epoch,
    tree_size bigint not null check (tree_size >= 0),
    root bytea not null check (octet_length(root) = 32),
    note text not null,
    signed_at timestamptz not null default transaction_timestamp(),
    primary key (epoch, tree_size)
  );
  comment on table audit_checkpoint is 'The signed heads of the log (c2sp.org/tlog-checkpoint) as they were published.';

  create table audit_key (
    epoch integer not null references audit_epoch,
    from_size bigint not null check (from_size >= 0),
    until_size bigint check (until_size >= from_size),
    verifier_key text not null unique,
    endorsement text,
    primary key (epoch, from_size)
  );
  comment on table audit_key is
    'Public keys of the log and the tree sizes they sign. Each but the first is endorsed by the one before, so whoever trusts an old key can follow.';

  create trigger append_only before update or delete on audit_leaf for each row execute function audit.refuse_change();
  create trigger append_only before update or delete on audit_node for each row execute function audit.refuse_change();
  create trigger append_only before update or delete on audit_checkpoint for each row execute function audit.refuse_change();
  create trigger no_truncate before truncate on audit_leaf for each statement execute function audit.refuse_truncate();
  create trigger no_truncate before truncate on audit_node for each statement execute function audit.refuse_truncate();
  create trigger no_truncate before truncate on audit_checkpoint for each statement execute function audit.refuse_truncate();
  create trigger no_truncate before truncate on audit_key for each statement execute function audit.refuse_truncate();
`;

const EPOCH = `
  create function audit.system_id() returns text
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  begin
    perform access.context();
    return (select system_identifier::text from pg_control_system());
  end $$;
  comment on function audit.system_id() is
    'Which cluster this is: a dump loaded into another one counts its transactions anew, so its log needs a new epoch.';

  create function audit.open_epoch(p_reason text, p_origin text, p_commits text, p_above integer) returns integer
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    opened integer;
  begin
    perform access.context();
    -- Waits for every writer that has read the old epoch, and holds new ones until this commits.
    lock table audit_epoch in access exclusive mode;
    insert into audit_epoch (epoch, reason)
    select greatest(max(epoch), p_above) + 1, p_reason from audit_epoch returning epoch into opened;
    update audit_tree set epoch = opened, origin = p_origin, commits = p_commits, watermark = '0', system_id = audit.system_id();
    return opened;
  end $$;
  comment on function audit.open_epoch(text, text, text, integer) is
    'Opens a new epoch of the log after a restore. The tree keeps its leaves; transaction numbers count anew.';
`;

const CASE_FILE = `
  create function audit.may_see_case(p_case uuid) returns boolean
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  begin
    perform access.context();
    if access.setting('role') = 'municipality' then
      return exists (select from audit_subject s where s.case_id = p_case and s.centre_id = access.centre());
    end if;
    return access.setting('role') in ('ministry', 'granting_authority', 'cashier', 'auditor', 'system')
       and exists (select from audit_case c where c.case_id = p_case);
  end $$;
  comment on function audit.may_see_case(uuid) is 'Whether whoever acts may have the file of a case: offices of the Land any, a municipality its own.';

  create function audit.case_leaves(p_case uuid) returns table (record_id bigint, leaf_index bigint)
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  begin
    if audit.may_see_case(p_case) then
      return query select c.record_id, l.leaf_index from audit_case c join audit_leaf l on l.record_id = c.record_id where c.case_id = p_case;
    end if;
  end $$;
  comment on function audit.case_leaves(uuid) is
    'The leaves of a case: against the records one may read they show how far its file may go.';

  create function audit.case_links(p_case uuid, p_size bigint) returns table (
    sequence integer, leaf_index bigint, body bytea, part bytea, rows text[])
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  begin
    if not audit.may_see_case(p_case) then
      return;
    end if;
    -- Up to the first link that is not sealed below that size: a later one may be, and would leave a gap.
    return query
      select c.sequence, l.leaf_index, r.body, p.bytes, array(
               select concat_ws(E'\\n', h.table_name, h.operation, h.row_id::text, coalesce(h.before, ''), coalesce(h.after, ''))
                 from row_change h
                where h.epoch = r.epoch and h.xid = r.xid and (p.bytes is null or h.case_id is null or h.case_id = p_case)
                order by p.bytes is not null and h.case_id is not null, h.id)
        from audit_case c
        join audit_record r on r.id = c.record_id
        join audit_leaf l on l.record_id = r.id
        left join audit_part p on p.record_id = r.id and p.case_id = c.case_id
       where c.case_id = p_case and l.leaf_index < p_size
         and c.sequence < coalesce((
           select min(g.sequence) from audit_case g left join audit_leaf s on s.record_id = g.record_id
            where g.case_id = p_case and (s.leaf_index is null or s.leaf_index >= p_size)), 2147483647)
       order by c.sequence;
  end $$;
  comment on function audit.case_links(uuid, bigint) is
    'The sealed records of a case in its order, with its own parts and row changes; nothing for those who may not see the case.';
`;

const RIGHTS = `
  select audit.declare_technical('audit_tree', 'part of the audit record'),
         audit.declare_technical('audit_leaf', 'part of the audit record'),
         audit.declare_technical('audit_node', 'part of the audit record'),
         audit.declare_technical('audit_checkpoint', 'part of the audit record'),
         audit.declare_technical('audit_key', 'part of the audit record');

  -- Hashes, checkpoints and public keys say nothing of their records; whoever has a record proves it with them.
  do $$
  declare
    target text;
  begin
    foreach target in array array['audit_tree', 'audit_leaf', 'audit_node', 'audit_checkpoint', 'audit_key'] loop
      execute format(
        'grant select on %1$I to foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority,
           foerderbuch_cashier, foerderbuch_municipality, foerderbuch_auditor, foerderbuch_admin, foerderbuch_system,
           foerderbuch_sealer;
         create policy readers on %1$I for select
           to foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
           foerderbuch_municipality, foerderbuch_auditor, foerderbuch_admin, foerderbuch_system, foerderbuch_sealer
           using ((select access.context()))', target);
    end loop;
  end $$;

  grant update (origin, size, watermark, system_id) on audit_tree to foerderbuch_sealer;
  grant insert on audit_leaf, audit_node, audit_checkpoint, audit_key to foerderbuch_sealer;
  grant update (until_size) on audit_key to foerderbuch_sealer;
  grant select (id, epoch, xid, at, body) on audit_record to foerderbuch_sealer;
  grant select on audit_epoch to foerderbuch_sealer;
  create policy sealer on audit_tree for update to foerderbuch_sealer using ((select access.context()));
  create policy sealer on audit_leaf for insert to foerderbuch_sealer with check ((select access.context()));
  create policy sealer on audit_node for insert to foerderbuch_sealer with check ((select access.context()));
  create policy sealer on audit_checkpoint for insert to foerderbuch_sealer with check ((select access.context()));
  create policy sealer on audit_key for insert to foerderbuch_sealer with check ((select access.context()));
  create policy successor on audit_key for update to foerderbuch_sealer using ((select access.context()));
  create policy sealer on audit_record for select to foerderbuch_sealer using ((select access.context()));
  create policy sealer on audit_epoch for select to foerderbuch_sealer using ((select access.context()));

  grant execute on function audit.system_id(), audit.open_epoch(text, text, text, integer) to foerderbuch_sealer;
  grant execute on function audit.may_see_case(uuid), audit.case_leaves(uuid), audit.case_links(uuid, bigint) to
    foerderbuch_ministry, foerderbuch_granting_authority, foerderbuch_cashier, foerderbuch_municipality,
    foerderbuch_auditor, foerderbuch_system;
`;
