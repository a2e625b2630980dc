import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Substitutes for people on leave, and four eyes that see through them.
 *
 * Whoever acts for somebody counts as both: as the one acting and as the one represented. The columns that say who
 * did something name the one acting, as before; whom they represented stands beside, in act_on_behalf, and every
 * table that wants a second person asks for both. The pairs listed below are those of the tables' own constraints; a
 * test of the catalogue compares the two.
 */
export class Substitutes1700000015000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SUBSTITUTION);
    await runner.query(ON_BEHALF);
    await runner.query(OTHER_PERSONS);
    await runner.query(IN_A_CASE);
    for (const [table, pairs] of Object.entries(OTHERS)) {
      await runner.query(
        `create trigger stamp_others before insert or update on ${table} for each row
           execute function access.other_persons(${quoted(pairs.flat())})`,
      );
    }
    for (const [table, columns] of Object.entries(acts())) {
      await runner.query(
        `create trigger stamp_on_behalf before insert or update on ${table} for each row
           execute function access.on_behalf(${quoted(columns)})`,
      );
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

/** Who may not be the same person: the later act, and whose hands came before. */
const OTHERS: Readonly<Record<string, readonly (readonly [later: string, before: string])[]>> = {
  role_grant: [
    ['confirmed_by', 'granted_by'],
    ['confirmed_by', 'person_id'],
  ],
  substitution: [
    ['confirmed_by', 'proposed_by'],
    ['confirmed_by', 'person_id'],
    ['confirmed_by', 'substitute_id'],
  ],
  person_erasure: [
    ['confirmed_by', 'requested_by'],
    ['confirmed_by', 'person_id'],
  ],
  bank_account: [['confirmed_by', 'proposed_by']],
  guideline_version: [
    ['released_by', 'drafted_by'],
    ['co_released_by', 'drafted_by'],
    ['co_released_by', 'released_by'],
  ],
  appropriation: [['released_by', 'proposed_by']],
  allocation: [['released_by', 'proposed_by']],
  commitment_authorisation: [['released_by', 'proposed_by']],
  decision: [['released_by', 'drafted_by']],
  drawdown: [
    ['ordered_by', 'arithmetically_certified_by'],
    ['ordered_by', 'requested_by'],
    ['factually_certified_by', 'requested_by'],
    ['arithmetically_certified_by', 'requested_by'],
  ],
  payment: [
    ['confirmed_by', 'ordered_by'],
    ['came_back_by', 'ordered_by'],
  ],
  settlement: [
    ['examined_by', 'submitted_by'],
    ['accepted_by', 'examined_by'],
    ['accepted_by', 'submitted_by'],
  ],
};

/** Hands that count in the release of a decision, in tables that want no second person themselves. */
const HANDS: Readonly<Record<string, readonly string[]>> = {
  application: ['recommended_by'],
  application_check: ['checked_by'],
  decision_derivation: ['drafted_by'],
};

/** Every column that says who did something a second person must not have done. */
function acts(): Readonly<Record<string, readonly string[]>> {
  const paired = Object.entries(OTHERS).map(([table, pairs]): [string, string[]] => [
    table,
    [...new Set(pairs.flat())].filter((column) => column.endsWith('_by')),
  ]);
  return { ...Object.fromEntries(paired), ...HANDS };
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}

const OFFICES = `foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
  foerderbuch_municipality`;

const SUBSTITUTION = `
  create table substitution (
    id uuid primary key,
    role_grant_id uuid not null,
    person_id uuid not null,
    substitute_grant_id uuid not null,
    substitute_id uuid not null,
    valid_from date not null,
    valid_to date not null,
    proposed_at timestamptz not null default transaction_timestamp(),
    proposed_by uuid not null references person,
    confirmed_at timestamptz,
    confirmed_by uuid references person,
    ended_at timestamptz,
    ended_by uuid references person,
    version integer not null default 1,
    foreign key (role_grant_id, person_id) references role_grant (id, person_id),
    foreign key (substitute_grant_id, substitute_id) references role_grant (id, person_id),
    check (valid_from < valid_to),
    check (substitute_id <> person_id),
    check (confirmed_by <> proposed_by),
    check (confirmed_by <> person_id),
    check (confirmed_by <> substitute_id),
    constraint substitution_once exclude using gist (
      role_grant_id with =, substitute_id with =, daterange(valid_from, valid_to) with &&) where (ended_at is null)
  );
  comment on table substitution is
    'Who stands in for somebody on leave: a role of one person, exercised by another person who holds the same role, on the business days [valid_from, valid_to). Entered by one administrator and confirmed by another, who is neither of the two; ended by any, with the next request.';
  create index substitution_substitute on substitution (substitute_grant_id, person_id);
  create index substitution_person on substitution (person_id);
  create trigger stamp before insert or update on substitution for each row
    execute function access.stamp('proposed_by', 'proposed_at', 'confirmed_by', 'confirmed_at', 'ended_by', 'ended_at');
  select audit.declare_business('substitution');

  grant select, insert on substitution to foerderbuch_admin;
  grant update (confirmed_at, ended_at, version) on substitution to foerderbuch_admin;
  grant select on substitution to foerderbuch_auditor, ${OFFICES};
  create policy keepers on substitution to foerderbuch_admin using ((select access.context()));
  create policy readers on substitution for select to foerderbuch_auditor using ((select access.context()));
  create policy own on substitution for select to ${OFFICES} using (substitute_id = (select access.person()));
  create policy own_leave on substitution for select to ${OFFICES} using (person_id = (select access.person()));

  create function access.stands_in(acting_grant uuid, acting_for uuid, acting_on date) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select exists (
      select from substitution s
        join role_grant own on own.id = s.substitute_grant_id
        join role_grant away on away.id = s.role_grant_id
        join user_account account on account.id = away.user_id
       where s.substitute_grant_id = acting_grant and s.person_id = acting_for
         and s.valid_from <= acting_on and acting_on < s.valid_to
         and s.confirmed_at is not null and s.ended_at is null
         and away.confirmed_at is not null and away.revoked_at is null and account.disabled_at is null
         and away.role = own.role and away.centre_id is not distinct from own.centre_id and away.powers <@ own.powers)
  $$;
  comment on function access.stands_in(uuid, uuid, date) is
    'Whether the holder of a role grant stands in for a person on a business day. A substitute gains no right: it holds the same role, for the same centre and with the same powers at least.';
`;

const ON_BEHALF = `
  create table act_on_behalf (
    id uuid primary key,
    table_name text not null,
    row_id uuid not null,
    case_id uuid,
    column_name text not null,
    person_id uuid not null references person,
    on_behalf_of uuid not null references person,
    acted_at timestamptz not null default transaction_timestamp(),
    check (on_behalf_of <> person_id)
  );
  comment on table act_on_behalf is
    'Whom a substitute represented: the column column_name of the row says that person_id did it, and this row says for whom. Written by the database itself; four eyes count both.';
  create index act_on_behalf_row on act_on_behalf (row_id, column_name);
  create trigger append_only before update or delete on act_on_behalf for each row execute function audit.refuse_change();
  select audit.declare_business('act_on_behalf');
  grant select on act_on_behalf to foerderbuch_auditor, foerderbuch_admin;
  create policy readers on act_on_behalf for select to foerderbuch_auditor, foerderbuch_admin using ((select access.context()));

  -- By its instant, as the stamp has it: what was sent back and is done again still names whoever did it first.
  create function access.is_done_now(person_column text, after_row jsonb, before_row jsonb) returns boolean
  language sql immutable set search_path = pg_catalog, pg_temp as $$
    select coalesce(after_row ->> (case when after_row ? act then act else person_column end) is not null
                    and before_row ->> (case when after_row ? act then act else person_column end) is null, false)
      from regexp_replace(person_column, '_by$', '_at') as t(act)
  $$;
  comment on function access.is_done_now(text, jsonb, jsonb) is
    'Whether this very change does the act whose person the column names, for the first time or again.';

  create function access.on_behalf() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    after_row jsonb;
    before_row jsonb;
    acted text;
  begin
    if access.setting('on_behalf_of') is null then
      return new;
    end if;
    perform access.context();
    after_row := to_jsonb(new);
    before_row := case when tg_op = 'UPDATE' then to_jsonb(old) end;
    foreach acted in array tg_argv loop
      if access.is_done_now(acted, after_row, before_row) then
        insert into act_on_behalf (id, table_name, row_id, case_id, column_name, person_id, on_behalf_of)
        values (gen_random_uuid(), tg_table_name, new.id, (after_row ->> 'case_id')::uuid, acted,
                (after_row ->> acted)::uuid, access.setting('on_behalf_of')::uuid);
      end if;
    end loop;
    return new;
  end $$;
  comment on function access.on_behalf() is
    'Trigger, after the stamp: on_behalf(person_column, ...) writes down whom the acting person represents in what it does now.';

  create function access.hands(hand_table text, hand_row uuid, hand_column text, hand uuid) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select array[hand] || array(
      select b.on_behalf_of from act_on_behalf b
       where b.row_id = hand_row and b.column_name = hand_column and b.table_name = hand_table and b.person_id = hand)
  $$;
  comment on function access.hands(text, uuid, text, uuid) is
    'Whoever was at work in an act: the person who did it, and the one represented.';

  create function access.had_hand(hand_table text, hand_row uuid, hand_column text, hand uuid, persons uuid[])
    returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select (select access.context()) and coalesce(access.hands(hand_table, hand_row, hand_column, hand) && persons, false)
  $$;
  comment on function access.had_hand(text, uuid, text, uuid, uuid[]) is
    'Whether one of the persons was at work in an act; a work list leaves out what the triggers would refuse.';
  grant execute on function access.had_hand(text, uuid, text, uuid, uuid[]) to
    foerderbuch_admin, foerderbuch_auditor, ${OFFICES};
`;

const OTHER_PERSONS = `
  create function access.other_persons() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    after_row jsonb := to_jsonb(new);
    before_row jsonb := case when tg_op = 'UPDATE' then to_jsonb(old) end;
    position integer := 0;
    later text;
    earlier text;
  begin
    while position < tg_nargs loop
      later := tg_argv[position];
      earlier := tg_argv[position + 1];
      if access.is_done_now(later, after_row, before_row) and after_row ->> earlier is not null
         and array[(after_row ->> later)::uuid, access.setting('on_behalf_of')::uuid]
             && access.hands(tg_table_name, new.id, earlier, (after_row ->> earlier)::uuid) then
        raise exception '% is another person than %', later, earlier using errcode = '23514', constraint = 'four_eyes';
      end if;
      position := position + 2;
    end loop;
    return new;
  end $$;
  comment on function access.other_persons() is
    'Trigger, after the stamp: other_persons(later_column, earlier_column, ...) refuses a second act by whoever was at work in the first, in person, as a substitute or through one.';
`;

const IN_A_CASE = `
  create function audit.decision_by_others() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  begin
    if new.released_by is null or old.released_by is not null then
      return new;
    end if;
    if exists (
      select from (
        select access.hands('decision_derivation', v.id, 'drafted_by', v.drafted_by) as persons
          from decision_derivation v where v.decision_id = new.id
        union all
        -- An act on a grant has no application of its own that somebody checked and recommended.
        select access.hands('application_check', c.id, 'checked_by', c.checked_by)
          from application_check c where new.basis_id is null and c.application_id = new.application_id
        union all
        select access.hands('application', a.id, 'recommended_by', a.recommended_by)
          from application a where new.basis_id is null and a.id = new.application_id) as before_it
       where before_it.persons && array[new.released_by, access.setting('on_behalf_of')::uuid]) then
      raise exception 'whoever had a hand in the decision does not release it' using errcode = '23514', constraint = 'decision_four_eyes';
    end if;
    return new;
  end $$;
  comment on function audit.decision_by_others() is
    'Trigger: whoever worded any draft of a decision, checked its application or recommended it does not release it, nor does who represented them or was represented by them.';
  create trigger stamp_others_in_case before update on decision for each row execute function audit.decision_by_others();
`;
