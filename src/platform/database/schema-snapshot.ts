/** Runs one SELECT and returns its rows. */
export type CatalogueQuery = (sql: string) => Promise<unknown[]>;

interface Line {
  readonly object: string;
  readonly section: number;
  readonly position: string;
  readonly line: string;
}

const HEADER = [
  '-- What the database looks like after all migrations, read from its catalogue; for reading and comparing, not for',
  '-- running. Written by `npm run schema`, compared by test/database/schema.spec.ts. It is the same on PostgreSQL 15 to',
  '-- 18, so whatever differs between these (names of NOT NULL constraints, MAINTAIN, table prefixes in views) is left out.',
].join('\n');

/**
 * The schema as text that two databases share if and only if they have the same tables, columns, constraints,
 * indexes, triggers, functions, policies, grants and roles. Sorted by code point, without oids and without data.
 */
export async function schemaSnapshot(query: CatalogueQuery): Promise<string> {
  const lines: Line[] = [];
  for (const section of SECTIONS) {
    lines.push(...((await query(section)) as Line[]));
  }
  const objects = new Map<string, Line[]>();
  for (const line of lines) {
    objects.set(line.object, [...(objects.get(line.object) ?? []), line]);
  }
  const texts = [...objects]
    .sort(([left], [right]) => byCodePoint(left, right))
    .map(([object, own]) => [`-- ${object}`, ...own.sort(inOrder).map(({ line }) => tidy(line))].join('\n'));
  return `${[HEADER, ...texts].join('\n\n')}\n`;
}

function inOrder(left: Line, right: Line): number {
  return (
    left.section - right.section ||
    byCodePoint(left.position, right.position) ||
    byCodePoint(left.line, right.line)
  );
}

function byCodePoint(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function tidy(line: string): string {
  return line.replace(/[ \t]+$/gm, '').trimEnd();
}

/** Ours: not PostgreSQL's own, not an extension's. */
const SCHEMAS = `n.nspname <> 'information_schema' and n.nspname !~ '^pg_'`;
const outsideExtensions = (catalogue: string, oid: string) =>
  `not exists (select from pg_depend e where e.classid = '${catalogue}'::regclass and e.objid = ${oid} and e.deptype = 'e')`;
const RELATIONS = `
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where ${SCHEMAS} and ${outsideExtensions('pg_class', 'c.oid')}`;
const KIND = `case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' else 'table' end`;
const NAME = `format('%I.%I', n.nspname, c.relname)`;
const RELATION = `${KIND} || ' ' || ${NAME}`;
const grantee = (acl: string) =>
  `case ${acl}.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(${acl}.grantee)) end`;
const option = (acl: string) => `case when ${acl}.is_grantable then ' with grant option' else '' end`;

const ROLES = `
  select 'roles' as object, 0 as section, r.rolname::text as position,
         format('role %I%s%s%s%s%s%s', r.rolname,
           case when r.rolcanlogin then ' login' else ' nologin' end,
           case when r.rolinherit then ' inherit' else ' noinherit' end,
           case when r.rolsuper then ' superuser' else '' end,
           case when r.rolbypassrls then ' bypassrls' else '' end,
           case when r.rolcreaterole then ' createrole' else '' end,
           case when r.rolcreatedb then ' createdb' else '' end) as line
  from pg_roles r where r.rolname ~ '^foerderbuch_' and r.rolname <> 'foerderbuch_owner'
  union all
  -- From PostgreSQL 16 on whoever creates a role is made its member: that the owner is one says nothing.
  select 'roles', 1, g.rolname::text || ' ' || m.rolname::text, format('grant %I to %I', g.rolname, m.rolname)
  from pg_auth_members a join pg_roles g on g.oid = a.roleid join pg_roles m on m.oid = a.member
  where g.rolname ~ '^foerderbuch_' and m.rolname ~ '^foerderbuch_' and m.rolname <> 'foerderbuch_owner'`;

const EXTENSIONS = `
  select 'extensions' as object, 0 as section, extname::text as position,
         format('extension %I in schema %I', extname, n.nspname) as line
  from pg_extension join pg_namespace n on n.oid = extnamespace where extname <> 'plpgsql'`;

const NAMESPACES = `
  select format('schema %I', n.nspname) as object, 0 as section, '' as position,
         format('owner %I', pg_get_userbyid(n.nspowner)) as line
  from pg_namespace n where ${SCHEMAS}
  union all
  select format('schema %I', n.nspname), 1, ${grantee('a')} || a.privilege_type,
         format('grant %s to %s%s', lower(a.privilege_type), ${grantee('a')}, ${option('a')})
  from pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
  where ${SCHEMAS} and a.grantee <> n.nspowner
  union all
  select format('schema %I', n.nspname), 2, '', format('comment %L', obj_description(n.oid, 'pg_namespace'))
  from pg_namespace n where ${SCHEMAS} and n.nspname <> 'public' and obj_description(n.oid, 'pg_namespace') is not null`;

const DEFAULT_RIGHTS = `
  select 'default rights' as object, 0 as section, coalesce(n.nspname::text, '') || d.defaclobjtype::text as position,
         format('of %I%s on %s: %s', pg_get_userbyid(d.defaclrole), ' in ' || quote_ident(n.nspname),
           case d.defaclobjtype when 'f' then 'functions' when 'r' then 'tables' when 'S' then 'sequences'
             when 'T' then 'types' when 'n' then 'schemas' else d.defaclobjtype::text end,
           coalesce((select string_agg(lower(a.privilege_type) || ' to ' || ${grantee('a')}, ', '
                       order by ${grantee('a')} collate "C", a.privilege_type collate "C")
                     from aclexplode(d.defaclacl) a
                     where a.grantee <> d.defaclrole and a.privilege_type <> 'MAINTAIN'), 'nobody else')) as line
  from pg_default_acl d left join pg_namespace n on n.oid = d.defaclnamespace`;

const TYPES = `
  select format('type %I.%I', n.nspname, t.typname) as object, 0 as section, '' as position,
         case t.typtype
           when 'e' then 'enum ' || (select string_agg(quote_literal(v.enumlabel), ', ' order by v.enumsortorder)
                                     from pg_enum v where v.enumtypid = t.oid)
           when 'd' then format('domain %s%s%s', format_type(t.typbasetype, t.typtypmod),
             case when t.typnotnull then ' not null' else '' end, ' default ' || t.typdefault)
           when 'r' then 'range'
           else 'composite ' || (select string_agg(format('%I %s', f.attname, format_type(f.atttypid, f.atttypmod)), ', '
                                   order by f.attnum)
                                 from pg_attribute f where f.attrelid = t.typrelid and not f.attisdropped) end as line
  from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_class k on k.oid = t.typrelid
  where ${SCHEMAS} and ${outsideExtensions('pg_type', 't.oid')}
    and (t.typtype in ('e', 'd', 'r') or t.typtype = 'c' and k.relkind = 'c')
  union all
  select format('type %I.%I', n.nspname, t.typname), 1, k.conname::text,
         format('constraint %I %s', k.conname, pg_get_constraintdef(k.oid))
  from pg_constraint k join pg_type t on t.oid = k.contypid join pg_namespace n on n.oid = t.typnamespace
  where ${SCHEMAS} and k.contype = 'c' and ${outsideExtensions('pg_type', 't.oid')}`;

const TABLES = `
  select ${RELATION} as object, 0 as section, '' as position,
         format('owner %I%s%s%s%s', pg_get_userbyid(c.relowner),
           case when c.relpersistence = 'u' then ', unlogged' else '' end,
           case when c.relrowsecurity then ', row level security' else '' end,
           case when c.relforcerowsecurity then ' forced' else '' end,
           ', with (' || array_to_string(c.reloptions, ', ') || ')') as line
  ${RELATIONS} and c.relkind in ('r', 'p', 'v', 'm', 'S')
  union all
  select ${RELATION}, 1, '', format('partition by %s', pg_get_partkeydef(c.oid)) ${RELATIONS} and c.relkind = 'p'
  union all
  select ${RELATION}, 1, '', format('partition of %s %s', i.inhparent::regclass, pg_get_expr(c.relpartbound, c.oid))
  from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_inherits i on i.inhrelid = c.oid
  where ${SCHEMAS} and c.relispartition and c.relkind in ('r', 'p')
  union all
  select ${RELATION}, 1, '', format('comment %L', obj_description(c.oid, 'pg_class'))
  ${RELATIONS} and c.relkind in ('r', 'p', 'v', 'm', 'S') and obj_description(c.oid, 'pg_class') is not null`;

const COLUMNS = `
  select ${RELATION} as object, 2 as section, to_char(f.attnum, 'FM00000') as position,
         format('  %I %s%s%s%s', f.attname, format_type(f.atttypid, f.atttypmod),
           case when f.attcollation <> t.typcollation then ' collate ' || f.attcollation::regcollation else '' end,
           case when f.attnotnull then ' not null' else '' end,
           case when f.attidentity = 'a' then ' generated always as identity'
             when f.attidentity = 'd' then ' generated by default as identity'
             when f.attgenerated <> '' then format(' generated always as (%s)%s', pg_get_expr(d.adbin, d.adrelid),
               case f.attgenerated when 's' then ' stored' else '' end)
             else ' default ' || pg_get_expr(d.adbin, d.adrelid) end) as line
  from pg_attribute f join pg_class c on c.oid = f.attrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_type t on t.oid = f.atttypid
    left join pg_attrdef d on d.adrelid = f.attrelid and d.adnum = f.attnum
  where ${SCHEMAS} and ${outsideExtensions('pg_class', 'c.oid')}
    and c.relkind in ('r', 'p', 'v', 'm') and f.attnum > 0 and not f.attisdropped
  union all
  select ${RELATION}, 8, to_char(f.attnum, 'FM00000'),
         format('comment on %I %L', f.attname, col_description(c.oid, f.attnum))
  from pg_attribute f join pg_class c on c.oid = f.attrelid join pg_namespace n on n.oid = c.relnamespace
  where ${SCHEMAS} and c.relkind in ('r', 'p', 'v', 'm') and f.attnum > 0 and not f.attisdropped
    and col_description(c.oid, f.attnum) is not null`;

const CONSTRAINTS = `
  select ${RELATION} as object, 3 as section, k.conname::text as position,
         format('constraint %I %s', k.conname, pg_get_constraintdef(k.oid)) as line
  from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
  where ${SCHEMAS} and k.contype in ('c', 'f', 'p', 'u', 'x') and ${outsideExtensions('pg_class', 'c.oid')}
  union all
  select ${RELATION}, 4, pg_get_indexdef(i.indexrelid),
         pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' -- not valid' end
  from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
  where ${SCHEMAS} and ${outsideExtensions('pg_class', 'c.oid')} and c.relkind in ('r', 'p', 'm')
    and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))
  union all
  select ${RELATION}, 5, g.tgname::text,
         pg_get_triggerdef(g.oid) || case g.tgenabled when 'O' then '' else ' -- fires: ' || g.tgenabled::text end
  from pg_trigger g join pg_class c on c.oid = g.tgrelid join pg_namespace n on n.oid = c.relnamespace
  where ${SCHEMAS} and not g.tgisinternal and ${outsideExtensions('pg_class', 'c.oid')}`;

const POLICIES = `
  select ${RELATION} as object, 6 as section, p.polname::text as position,
         format('policy %I%s for %s to %s%s%s', p.polname, case when p.polpermissive then '' else ' as restrictive' end,
           case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete'
             else 'all' end,
           (select string_agg(case r when 0 then 'public' else quote_ident(pg_get_userbyid(r)) end, ', '
              order by pg_get_userbyid(r) collate "C") from unnest(p.polroles) r),
           ' using (' || pg_get_expr(p.polqual, p.polrelid) || ')',
           ' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')') as line
  from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace
  where ${SCHEMAS}`;

const GRANTS = `
  select object, 7 as section, rights as position,
         format('grant %s to %s', rights, string_agg(grantee, ', ' order by grantee collate "C")) as line
  from (
    select ${RELATION} as object, ${grantee('a')} || ${option('a')} as grantee,
           string_agg(lower(a.privilege_type), ', ' order by a.privilege_type collate "C") as rights
    from pg_class c join pg_namespace n on n.oid = c.relnamespace, aclexplode(c.relacl) a
    where ${SCHEMAS} and ${outsideExtensions('pg_class', 'c.oid')} and c.relkind in ('r', 'p', 'v', 'm', 'S')
      and a.grantee <> c.relowner and a.privilege_type <> 'MAINTAIN'
    group by n.nspname, c.relname, c.relkind, a.grantee, a.is_grantable
  ) each_grantee
  group by object, rights
  union all
  select ${RELATION}, 7, ${grantee('a')} || ' ' || lower(a.privilege_type),
         format('grant %s (%s) to %s%s', lower(a.privilege_type),
           string_agg(quote_ident(f.attname), ', ' order by f.attnum), ${grantee('a')}, ${option('a')})
  from pg_attribute f join pg_class c on c.oid = f.attrelid join pg_namespace n on n.oid = c.relnamespace,
    aclexplode(f.attacl) a
  where ${SCHEMAS} and ${outsideExtensions('pg_class', 'c.oid')} and a.grantee <> c.relowner and not f.attisdropped
  group by n.nspname, c.relname, c.relkind, a.grantee, a.privilege_type, a.is_grantable`;

/** Since PostgreSQL 16 a view over one table is shown without table prefixes, before with them: none are kept. */
const VIEWS = `
  select ${RELATION} as object, 3 as section, '' as position,
         regexp_replace(pg_get_viewdef(c.oid, true), '\\m[a-z_][a-z0-9_]*\\.([a-z_"][a-z0-9_"]*)(?![a-z0-9_"(])', '\\1', 'g') as line
  ${RELATIONS} and c.relkind in ('v', 'm')`;

const FUNCTION = `format('function %I.%I(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid))`;
const FUNCTIONS = `
  select ${FUNCTION} as object, 0 as section, '' as position,
         format('owner %I', pg_get_userbyid(p.proowner)) as line
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where ${SCHEMAS} and ${outsideExtensions('pg_proc', 'p.oid')}
  union all
  select ${FUNCTION}, 1, '', pg_get_functiondef(p.oid)
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where ${SCHEMAS} and p.prokind in ('f', 'p') and ${outsideExtensions('pg_proc', 'p.oid')}
  union all
  select ${FUNCTION}, 2, '',
         'grant execute to ' || string_agg(${grantee('a')} || ${option('a')}, ', ' order by ${grantee('a')} collate "C")
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace,
    aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
  where ${SCHEMAS} and a.grantee <> p.proowner and ${outsideExtensions('pg_proc', 'p.oid')}
  group by p.oid, n.nspname, p.proname
  union all
  select ${FUNCTION}, 3, '', format('comment %L', obj_description(p.oid, 'pg_proc'))
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where ${SCHEMAS} and ${outsideExtensions('pg_proc', 'p.oid')} and obj_description(p.oid, 'pg_proc') is not null`;

const SECTIONS = [
  ROLES,
  EXTENSIONS,
  NAMESPACES,
  DEFAULT_RIGHTS,
  TYPES,
  TABLES,
  COLUMNS,
  VIEWS,
  CONSTRAINTS,
  POLICIES,
  GRANTS,
  FUNCTIONS,
];
