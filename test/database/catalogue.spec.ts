import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { roles, technicalRoles } from '../../src/kernel/actor.js';
import { cloneDatabase, type TestDatabase } from '../support/database.js';

/** Tables that are not ours to declare, each with its reason. The list may only shrink. */
const FOREIGN: Readonly<Record<string, string>> = {
  schema_migration: 'TypeORM’s own list of migrations; no role of the application has a right on it',
};

/** Tables nobody but the owner reads, each with its reason. The list may only shrink. */
const OWNER_ONLY: Readonly<Record<string, string>> = {
  context_secret: 'seals the context of a transaction; whoever reads it could forge one',
  person_pepper: 'keys the pseudonyms of persons; whoever reads it could try names',
};

/** What the record of the house rests on, and must never lose the trigger that refuses changes even to the owner. */
const APPEND_ONLY = [
  'act_on_behalf',
  'application_answer',
  'application_change',
  'application_change_answer',
  'application_check',
  'application_check_result',
  'application_query',
  'application_submission',
  'audit_case',
  'audit_checkpoint',
  'audit_leaf',
  'audit_node',
  'audit_part',
  'audit_record',
  'audit_subject',
  'decision_derivation',
  'payment_part',
  'published_figure',
  'reconciliation_candidate',
  'row_change',
  'settlement_note',
  'transfer',
];

const appRoles = [...roles, ...technicalRoles].map((role) => `foerderbuch_${role}`);
const OURS = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;
/** Our tables, one row each, as `t`. */
const TABLES = `(select c.oid, c.relname::text as name, c.relrowsecurity, c.relforcerowsecurity
                   from pg_class c join pg_namespace n on n.oid = c.relnamespace
                  where c.relkind in ('r', 'p') and ${OURS}
                    and c.relname not in (${Object.keys(FOREIGN)
                      .map((name) => `'${name}'`)
                      .join(', ')})) as t`;

/** Everything the catalogue knows, of all tables there are: a new table is held to this without being named here. */
describe('the catalogue', () => {
  let database: TestDatabase;
  let owner: pg.Client;

  beforeAll(async () => {
    database = await cloneDatabase('catalogue');
    owner = new pg.Client(database.ownerUrl);
    await owner.connect();
  }, 120_000);

  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  /** Names that a statement finds at fault; the first column is the name. */
  async function faults(sql: string, parameters: unknown[] = []): Promise<string[]> {
    const { rows } = await owner.query<{ name: string }>(sql, parameters);
    return rows.map(({ name }) => name);
  }

  it('has tables at all', async () => {
    expect((await faults(`select name from ${TABLES}`)).length).toBeGreaterThan(30);
  });

  describe('every table', () => {
    it('forces row-level security', async () => {
      expect(
        await faults(`select name from ${TABLES} where not (relrowsecurity and relforcerowsecurity)`),
      ).toEqual([]);
    });

    it('lets its owner through, or a back-fill would silently touch nothing', async () => {
      const found = await faults(`
        select name from ${TABLES} where not exists (
          select from pg_policy p
           where p.polrelid = t.oid and p.polname = 'owner' and p.polpermissive and p.polcmd = '*'
             and p.polroles = array[(select oid from pg_roles where rolname = 'foerderbuch_owner')]
             and pg_get_expr(p.polqual, p.polrelid) = 'true' and pg_get_expr(p.polwithcheck, p.polrelid) = 'true')`);
      expect(found).toEqual([]);
    });

    it('has a policy for somebody else', async () => {
      const found = await faults(`
        select name from ${TABLES}
         where not exists (select from pg_policy p where p.polrelid = t.oid and p.polname <> 'owner') order by 1`);
      expect(found).toEqual(Object.keys(OWNER_ONLY));
    });

    it('says in a comment what it is for', async () => {
      expect(
        await faults(`select name from ${TABLES} where obj_description(t.oid, 'pg_class') is null`),
      ).toEqual([]);
    });

    it('is declared business or technical, technical with a reason', async () => {
      const found = await faults(`
        select name from ${TABLES} left join table_classification k on k.table_name = t.name
         where k.class is null or (k.class = 'technical' and coalesce(k.reason, '') = '')`);
      expect(found).toEqual([]);
    });

    it('has every column classified, and no classification without a column', async () => {
      const columns = `(select t.name as table_name, a.attname::text as column_name from ${TABLES}
                          join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped) as c`;
      expect(
        await faults(`
          select coalesce(c.table_name, k.table_name) || '.' || coalesce(c.column_name, k.column_name) as name
            from ${columns} full join column_classification k using (table_name, column_name)
           where c.column_name is null or k.column_name is null`),
      ).toEqual([]);
    });

    it('that is business is journalled row by row and cannot be emptied at a stroke', async () => {
      const found = await faults(`
        select t.name || ' lacks ' || w.trigger as name
          from ${TABLES} join table_classification k on k.table_name = t.name and k.class = 'business'
          cross join (values ('journal', 'audit.journal'), ('no_truncate', 'audit.refuse_truncate')) as w(trigger, routine)
         where not exists (select from pg_trigger g where g.tgrelid = t.oid and g.tgname = w.trigger
                              and g.tgenabled = 'O' and g.tgfoid::regproc::text = w.routine)`);
      expect(found).toEqual([]);
    });

    it('that is business journals each column as it is classified', async () => {
      const found = await faults(`
        select t.name from ${TABLES}
          join table_classification k on k.table_name = t.name and k.class = 'business'
          join pg_trigger g on g.tgrelid = t.oid and g.tgname = 'journal'
          cross join lateral (
            select coalesce(string_agg(column_name, ',' order by column_name) filter (where class = 'personal'), '') as personal,
                   coalesce(string_agg(column_name, ',' order by column_name) filter (where class = 'blob'), '') as secret
              from column_classification where table_name = t.name) as c
          cross join lateral string_to_array(encode(g.tgargs, 'escape'), E'\\\\000') as a
         where array(select unnest(string_to_array(a[1], ',')) order by 1) <> array(select unnest(string_to_array(c.personal, ',')) order by 1)
            or array(select unnest(string_to_array(a[2], ',')) order by 1) <> array(select unnest(string_to_array(c.secret, ',')) order by 1)`);
      expect(found).toEqual([]);
    });

    it('keeps money as whole cents, instants with their zone, and no number that rounds', async () => {
      const found = await faults(`
        select t.name || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) as name
          from ${TABLES} join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
         where a.atttypid in ('real'::regtype, 'float8'::regtype, 'numeric'::regtype, 'money'::regtype, 'timestamp'::regtype,
                              'json'::regtype, 'jsonb'::regtype, 'varchar'::regtype, 'bpchar'::regtype)
            or (a.attname ~ '_cents$' and a.atttypid <> 'bigint'::regtype)
            or (a.attname ~ '_at$' and a.atttypid <> 'timestamptz'::regtype)
            or (a.attname ~ '_on$' and a.atttypid <> 'date'::regtype)`);
      expect(found).toEqual([]);
    });
  });

  describe('append-only tables', () => {
    /** Tables that refuse UPDATE and DELETE row by row, whoever asks. */
    const refusing = () =>
      faults(`
        select name from ${TABLES} join pg_trigger g on g.tgrelid = t.oid and g.tgname = 'append_only'
         where g.tgenabled = 'O' and g.tgfoid::regproc::text = 'audit.refuse_change' and g.tgtype & 26 = 26 order by 1`);

    it('are at least those the record rests on', async () => {
      expect(await refusing()).toEqual(expect.arrayContaining(APPEND_ONLY));
    });

    it('give no role of the application a right to change or remove', async () => {
      const found = await faults(
        `select r.role || ' may ' || p.privilege || ' ' || t.name as name
           from ${TABLES} cross join unnest($1::text[]) as r(role) cross join unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) as p(privilege)
          where t.name = any ($2)
            and (has_table_privilege(r.role, t.oid, p.privilege)
                 or (p.privilege = 'UPDATE' and has_any_column_privilege(r.role, t.oid, 'UPDATE')))`,
        [[...appRoles, 'foerderbuch_app'], await refusing()],
      );
      expect(found).toEqual([]);
    });

    it('cannot be emptied, not even by the owner', async () => {
      for (const table of await refusing()) {
        await owner.query('begin');
        const outcome = await owner.query(`truncate ${table} cascade`).then(
          () => 'emptied',
          (error: unknown) => (error as pg.DatabaseError).code,
        );
        await owner.query('rollback');
        expect([table, outcome]).toEqual([table, '42501']);
      }
    });
  });

  describe('rights', () => {
    it('to delete or empty a table are nobody’s', async () => {
      const found = await faults(
        `select r.role || ' may ' || p.privilege || ' ' || t.name as name
           from ${TABLES} cross join unnest($1::text[]) as r(role)
           cross join unnest(array['DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) as p(privilege)
          where has_table_privilege(r.role, t.oid, p.privilege)`,
        [[...appRoles, 'foerderbuch_app']],
      );
      expect(found).toEqual([]);
    });

    it('of the account the application signs in with are none', async () => {
      const found = await faults(`
        select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where ${OURS} and c.relkind in ('r', 'p', 'v', 'm', 'S')
           and case c.relkind when 'S' then has_sequence_privilege('foerderbuch_app', c.oid, 'USAGE,SELECT,UPDATE')
               else has_any_column_privilege('foerderbuch_app', c.oid, 'SELECT,INSERT,UPDATE')
                 or has_table_privilege('foerderbuch_app', c.oid, 'DELETE,TRUNCATE') end`);
      expect(found).toEqual([]);
    });

    it('are not handed to PUBLIC', async () => {
      const found = await faults(`
        select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) as a
         where ${OURS} and a.grantee = 0
        union all
        select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where ${OURS} and p.prolang <> (select oid from pg_language where lanname = 'c')
           and exists (select from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) as a where a.grantee = 0)`);
      expect(found).toEqual([]);
    });

    it('to write come with a policy that says which rows', async () => {
      const found = await faults(
        `select r.role || ' may ' || p.privilege || ' ' || t.name || ' but no policy lets it' as name
           from ${TABLES} cross join unnest($1::text[]) as r(role)
           cross join (values ('SELECT', 'r'), ('INSERT', 'a'), ('UPDATE', 'w')) as p(privilege, command)
          where has_any_column_privilege(r.role, t.oid, p.privilege)
            and not exists (select from pg_policy y where y.polrelid = t.oid and y.polcmd::text in ('*', p.command)
                               and (select oid from pg_roles where rolname = r.role) = any (y.polroles))`,
        [appRoles],
      );
      expect(found).toEqual([]);
    });

    it('are bound to roles that cannot sign in, inherit, or step around row-level security', async () => {
      const found = await faults(
        `select rolname as name from pg_roles
          where rolname = any ($1) and (rolcanlogin or rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolinherit)
         union all
         select rolname from pg_roles
          where rolname in ('foerderbuch_app', 'foerderbuch_owner') and (rolsuper or rolbypassrls)
         union all
         select rolname from pg_roles where rolname = 'foerderbuch_app' and rolinherit`,
        [appRoles],
      );
      expect(found).toEqual([]);
    });
  });

  describe('policies', () => {
    it('ask for the context, so that forgetting it raises instead of showing nothing', async () => {
      const found = await faults(`
        select t.name || '.' || p.polname as name from ${TABLES} join pg_policy p on p.polrelid = t.oid and p.polname <> 'owner'
         where (p.polqual is not null and pg_get_expr(p.polqual, p.polrelid) !~ 'access\\.(context|centre|person|user_id)\\(')
            or (p.polcmd = 'a' and pg_get_expr(p.polwithcheck, p.polrelid) !~ 'access\\.(context|centre|person|user_id)\\(')`);
      expect(found).toEqual([]);
    });

    it('hold a municipality to its own centre in every table that has one', async () => {
      const found = await faults(`
        select t.name || '.' || p.polname as name
          from ${TABLES} join pg_policy p on p.polrelid = t.oid
          join pg_attribute a on a.attrelid = t.oid and a.attname = 'centre_id' and not a.attisdropped
         where (select oid from pg_roles where rolname = 'foerderbuch_municipality') = any (p.polroles)
           and coalesce(pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
               !~ 'centre_id = \\( SELECT access\\.centre\\(\\)'
           and not (t.name = 'role_grant' and pg_get_expr(p.polqual, p.polrelid) ~ 'user_id = \\( SELECT access\\.user_id\\(\\)')`);
      expect(found).toEqual([]);
    });

    it('never join a role and a tenant with OR', async () => {
      const found = await faults(`
        select t.name || '.' || p.polname as name from ${TABLES} join pg_policy p on p.polrelid = t.oid
         where pg_get_expr(p.polqual, p.polrelid) ~ 'access\\.centre' and pg_get_expr(p.polqual, p.polrelid) ~ ' OR '`);
      expect(found).toEqual([]);
    });
  });

  describe('functions', () => {
    it('have a fixed search path that ends in pg_temp', async () => {
      const found = await faults(`
        select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where ${OURS} and p.prolang <> (select oid from pg_language where lanname = 'c')
           and not exists (select from unnest(p.proconfig) as s
                            where s ~ '^search_path=pg_catalog, (public, )?pg_temp$')`);
      expect(found).toEqual([]);
    });

    it('that act as their owner belong to it', async () => {
      const found = await faults(`
        select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
         where ${OURS} and p.prosecdef and pg_get_userbyid(p.proowner) <> 'foerderbuch_owner'`);
      expect(found).toEqual([]);
    });

    it('that act as their owner and can be called ask for the context first', async () => {
      // These run before there is a context, make or check it, or tell nothing of any row.
      const exempt = [
        'access.context',
        'access.enter',
        'access.enter_technical',
        'audit.current_epoch',
        'audit.journal',
      ];
      const found = await faults(
        `select p.oid::regproc::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
          where ${OURS} and p.prosecdef and p.prosrc !~ '(access\\.(context|centre|person)|audit\\.may_see_case)\\(' and p.oid::regproc::text <> all ($1)
            and exists (select from unnest($2::text[]) as r(role) where has_function_privilege(r.role, p.oid, 'EXECUTE'))`,
        [exempt, appRoles],
      );
      expect(found).toEqual([]);
    });
  });

  it('has no view: it would need a policy of its own', async () => {
    expect(
      await faults(`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
                     where c.relkind in ('v', 'm') and ${OURS}`),
    ).toEqual([]);
  });

  describe('as seen by the application', () => {
    let app: pg.Client;
    beforeAll(async () => {
      app = new pg.Client(database.appUrl);
      await app.connect();
    });
    afterAll(() => app.end());

    // A table without rows asks nobody; the same is tried on full tables in test/every-endpoint.
    it.each(appRoles)('%s reads no row without a context', async (role) => {
      const { rows } = await owner.query<{ name: string }>(
        `select t.oid::regclass::text as name from ${TABLES} where has_any_column_privilege($1, t.oid, 'SELECT')`,
        [role],
      );
      for (const { name } of rows) {
        await app.query('begin');
        await app.query(`set local role ${role}`);
        const outcome = await app.query(`select from ${name} limit 1`).then(
          ({ rowCount }) => `${String(rowCount)} rows`,
          (error: unknown) => (error as pg.DatabaseError).code,
        );
        expect([name, outcome]).toEqual([name, expect.stringMatching(/^(42501|0 rows)$/)]);
        await app.query('rollback');
      }
    });
  });
});
