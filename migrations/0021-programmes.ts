import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The rules of the programmes as dated rows: posts, rates, how part of a year counts, when money may be called.
 *
 * Nothing here is edited. A version is drafted, released by a second person, and for the KI guideline released once
 * more by the school ministry; a later version supersedes it from the day the later one begins. No two versions of a
 * programme hold on the same day: that is a constraint, so "which rate applies" has one answer.
 */
export class Programmes1700000002100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(PROGRAMMES);
    await runner.query(GUIDELINES);
    await runner.query(FORWARD);
    await runner.query(RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const PROGRAMMES = `
  create table programme (
    code text primary key check (code ~ '^[A-Z][A-Z0-9_]{1,19}$'),
    id uuid not null unique,
    name text not null,
    instrument text not null check (instrument in ('grant', 'earmarked_lump_sum')),
    note text
  );
  comment on table programme is
    'What the state funds. An earmarked lump sum (fachbezogene Pauschale) is paid by budget act without application and is no grant under § 44 LHO NRW.';
  insert into programme (code, id, name, instrument, note) values
    ('KI', '0190a000-0000-7000-8000-000000000001', 'Kommunale Integrationszentren', 'grant', null),
    ('KOMM_AN_I', '0190a000-0000-7000-8000-000000000002', 'KOMM-AN NRW, Programmteil I: Stärkung der Kommunalen Integrationszentren', 'grant', null),
    ('KOMM_AN_II', '0190a000-0000-7000-8000-000000000003', 'KOMM-AN NRW, Programmteil II: Maßnahmen vor Ort', 'grant', null),
    ('KOMM_AN_III', '0190a000-0000-7000-8000-000000000004', 'KOMM-AN NRW, Programmteil III: Integrationsagenturen', 'grant', 'Empfänger sind die Spitzenverbände der Freien Wohlfahrtspflege.'),
    ('KIM_1', '0190a000-0000-7000-8000-000000000005', 'Kommunales Integrationsmanagement, Baustein 1', 'grant', null),
    ('KIM_2', '0190a000-0000-7000-8000-000000000006', 'Kommunales Integrationsmanagement, Baustein 2', 'earmarked_lump_sum', 'Fachbezogene Pauschale 2020 bis 2022; im Aufruf 2025 auf Antrag.'),
    ('KIM_3', '0190a000-0000-7000-8000-000000000007', 'Kommunales Integrationsmanagement, Baustein 3', 'earmarked_lump_sum', 'Fachbezogene Pauschale 2020 bis 2022.');
`;

const GUIDELINES = `
  create table guideline_version (
    id uuid primary key,
    programme text not null references programme (code),
    title text not null,
    legal_instrument text not null,
    valid_from date not null,
    valid_to date,
    superseded_from date,
    financing_type text not null check (financing_type in ('fixed_amount', 'full_funding', 'proportional', 'deficit')),
    financing_type_source text not null,
    financing_type_confidence text not null check (financing_type_confidence in ('verified', 'derived', 'assumed')),
    funded_share_hundredths integer check (funded_share_hundredths between 1 and 10000),
    share_rule text not null check (share_rule in ('actual_days', 'thirty_day_months', 'months_begun')),
    share_rule_source text not null,
    share_rule_confidence text not null check (share_rule_confidence in ('verified', 'derived', 'assumed')),
    rounding text not null check (rounding in ('half_away_from_zero')),
    rounding_source text not null,
    rounding_confidence text not null check (rounding_confidence in ('verified', 'derived', 'assumed')),
    proof_due_month integer not null check (proof_due_month between 1 and 12),
    proof_due_day integer not null check (proof_due_day between 1 and 31),
    proof_due_months integer not null check (proof_due_months between 0 and 60),
    proof_due_source text not null,
    proof_due_confidence text not null check (proof_due_confidence in ('verified', 'derived', 'assumed')),
    source text not null,
    confidence text not null check (confidence in ('verified', 'derived', 'assumed')),
    note text,
    state text not null check (state in ('drafted', 'released', 'co_released', 'withdrawn')),
    drafted_at timestamptz not null default transaction_timestamp(),
    drafted_by uuid not null references person,
    released_at timestamptz,
    released_by uuid references person,
    co_released_at timestamptz,
    co_released_by uuid references person,
    replaced_at timestamptz,
    withdrawn_at timestamptz,
    withdrawn_by uuid references person,
    withdrawal_reason text,
    version integer not null default 1,
    check ((financing_type = 'proportional') = (funded_share_hundredths is not null)),
    check (replaced_at is null or released_at is not null),
    check (valid_to > valid_from),
    check (superseded_from > valid_from),
    check (released_by <> drafted_by),
    check (co_released_by <> drafted_by and co_released_by <> released_by),
    -- Only a version that nobody has to obey is withdrawn: a draft, or one the school ministry has not released yet.
    check (case state when 'drafted' then released_at is null
                      when 'withdrawn' then released_at is null or programme = 'KI'
                      else released_at is not null end),
    check ((state = 'withdrawn') = (withdrawn_at is not null)),
    check ((withdrawn_at is null) = (withdrawal_reason is null)),
    check ((state = 'co_released') = (co_released_at is not null)),
    check (state <> 'co_released' or programme = 'KI'),
    constraint guideline_version_one_a_day exclude using gist (
      programme with =,
      daterange(valid_from, least(valid_to, superseded_from)) with &&,
      tstzrange(coalesce(co_released_at, released_at), replaced_at) with &&
    ) where (state = 'co_released' or (state = 'released' and programme <> 'KI'))
  );
  comment on table guideline_version is
    'A guideline as dated data: from valid_from up to, but excluding, valid_to or the day a later version supersedes it. replaced_at: until then it was recorded as holding; since then another version holds for all its days. Proof of use falls due on the named day of the following year, or proof_due_months after a decision was released, whichever is later. What was withdrawn before it bound anybody stays to be read.';
  create index guideline_version_programme on guideline_version (programme, valid_from);
  create trigger stamp before insert or update on guideline_version for each row
    execute function access.stamp('drafted_by', 'drafted_at', 'released_by', 'released_at', 'co_released_by', 'co_released_at',
                                  'withdrawn_by', 'withdrawn_at');

  create table guideline_post (
    id uuid primary key,
    guideline_version_id uuid not null references guideline_version,
    host_type text not null check (host_type in ('kreis', 'stadt')),
    category text not null check (category in ('specialist', 'assistant', 'teacher')),
    fte_hundredths integer check (fte_hundredths > 0),
    funder text not null check (funder in ('integration_ministry', 'school_ministry')),
    source text not null,
    confidence text not null check (confidence in ('verified', 'derived', 'assumed', 'missing')),
    check ((fte_hundredths is null) = (confidence = 'missing')),
    unique (guideline_version_id, host_type, category)
  );
  comment on table guideline_post is 'How many posts a version funds per host type and category, in hundredths of a full-time equivalent; null where no source says.';

  create table guideline_rate (
    id uuid primary key,
    guideline_version_id uuid not null references guideline_version,
    category text not null check (category in ('specialist', 'assistant', 'teacher')),
    amount_cents bigint check (amount_cents > 0),
    per_fte_hundredths integer not null check (per_fte_hundredths > 0),
    in_kind boolean not null,
    source text not null,
    confidence text not null check (confidence in ('verified', 'derived', 'assumed', 'missing')),
    valid_from date not null,
    valid_to date,
    check ((amount_cents is null) = (confidence = 'missing')),
    check (valid_to > valid_from),
    exclude using gist (guideline_version_id with =, category with =, daterange(valid_from, valid_to) with &&)
  );
  comment on table guideline_rate is
    'What a post is worth a year, in cents per per_fte_hundredths. In kind: seconded staff, counted but never paid. Null: the amount is missing, so nothing is computed from it.';

  create table guideline_material (
    id uuid primary key,
    guideline_version_id uuid not null references guideline_version,
    code text not null check (code in ('interpreter_pool', 'material', 'workplace')),
    kind text not null check (kind in ('lump_sum', 'ceiling')),
    amount_cents bigint check (amount_cents > 0),
    per_fte_hundredths integer check (per_fte_hundredths > 0),
    source text not null,
    confidence text not null check (confidence in ('verified', 'derived', 'assumed', 'missing')),
    valid_from date not null,
    valid_to date,
    check ((amount_cents is null) = (confidence = 'missing')),
    check (valid_to > valid_from),
    exclude using gist (guideline_version_id with =, code with =, daterange(valid_from, valid_to) with &&)
  );
  comment on table guideline_material is
    'What is given a year for material, in cents: as a lump sum or up to a ceiling, per centre, or per per_fte_hundredths of its posts.';

  create table guideline_deadline (
    id uuid primary key,
    guideline_version_id uuid not null references guideline_version,
    kind text not null check (kind in ('application')),
    funding_year integer check (funding_year between 2000 and 2100),
    year_offset integer not null check (year_offset between -1 and 1),
    month integer not null check (month between 1 and 12),
    day integer not null check (day between 1 and 31),
    source text not null,
    confidence text not null check (confidence in ('verified', 'derived', 'assumed')),
    unique nulls not distinct (guideline_version_id, kind, funding_year)
  );
  comment on table guideline_deadline is
    'The last day for something about a funding year: of that year, the year before (-1) or after (1). Without funding_year it holds for every year that has no day of its own.';

  create table guideline_provision (
    id uuid primary key,
    guideline_version_id uuid not null references guideline_version,
    position integer not null check (position > 0),
    code text not null check (code ~ '^[a-z][a-z0-9_]*$'),
    reach text not null check (reach in ('general', 'special')),
    provision text not null,
    text_de text not null,
    text_en text not null,
    source text not null,
    confidence text not null check (confidence in ('verified', 'derived', 'assumed')),
    valid_from date not null,
    valid_to date,
    unique (guideline_version_id, position),
    check (valid_to > valid_from),
    exclude using gist (guideline_version_id with =, code with =, daterange(valid_from, valid_to) with &&)
  );
  comment on table guideline_provision is
    'Ancillary provisions (Nebenbestimmungen), in their order: general ones become part of every notice drafted while they are in force, special ones of those that choose them.';

  create table guideline_checklist_item (
    id uuid primary key,
    guideline_version_id uuid not null references guideline_version,
    position integer not null check (position > 0),
    code text not null check (code ~ '^[a-z][a-z0-9_]*$'),
    provision text not null,
    text_de text not null,
    text_en text not null,
    source text not null,
    confidence text not null check (confidence in ('verified', 'derived', 'assumed')),
    unique (guideline_version_id, position),
    unique (guideline_version_id, code)
  );
  comment on table guideline_checklist_item is
    'What the granting authority answers about every application under a version before it recommends what to decide, in its order.';

  create table guideline_copy_threshold (
    id uuid primary key,
    guideline_version_id uuid not null references guideline_version,
    threshold_cents bigint not null check (threshold_cents >= 0),
    source text not null,
    confidence text not null check (confidence in ('verified', 'derived', 'assumed')),
    valid_from date not null,
    valid_to date,
    check (valid_to > valid_from),
    exclude using gist (guideline_version_id with =, daterange(valid_from, valid_to) with &&)
  );
  comment on table guideline_copy_threshold is
    'Above which grant, in cents of state money for all its years, notice and application are copied to the court of audit, by the day the decision is drafted. Days without a row ask for no copy.';

  create table guideline_early_start_ban (
    id uuid primary key,
    guideline_version_id uuid not null references guideline_version,
    provision text not null,
    source text not null,
    confidence text not null check (confidence in ('verified', 'derived', 'assumed')),
    valid_from date not null,
    valid_to date,
    check (valid_to > valid_from),
    exclude using gist (guideline_version_id with =, daterange(valid_from, valid_to) with &&)
  );
  comment on table guideline_early_start_ban is
    'On which days of drafting a decision nothing may have begun before it without consent (VV zu § 44 LHO). Days without a row prohibit nothing.';

  create table guideline_payment_date (
    id uuid primary key,
    guideline_version_id uuid not null references guideline_version,
    month integer not null check (month between 1 and 12),
    day integer not null check (day between 1 and 31),
    cumulative_hundredths integer not null check (cumulative_hundredths between 1 and 10000),
    basis text not null,
    confidence text not null check (confidence in ('verified', 'derived', 'assumed')),
    unique (guideline_version_id, month, day)
  );
  comment on table guideline_payment_date is
    'From this day of the budget year the named part of the grant may be called, earlier dates included: 5000 is half, 10000 all.';
`;

const PARTS = [
  'guideline_post',
  'guideline_rate',
  'guideline_payment_date',
  'guideline_material',
  'guideline_deadline',
  'guideline_provision',
  'guideline_checklist_item',
  'guideline_copy_threshold',
  'guideline_early_start_ban',
] as const;

const FORWARD = `
  create function audit.guideline_only_forward() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
  declare
    acts constant text[] := array['state', 'released_at', 'released_by', 'co_released_at', 'co_released_by', 'superseded_from', 'replaced_at',
                                  'withdrawn_at', 'withdrawn_by', 'withdrawal_reason', 'version'];
  begin
    if old.withdrawn_at is not null
       or (old.released_at is not null and new.released_at is distinct from old.released_at)
       or (old.co_released_at is not null and new.co_released_at is distinct from old.co_released_at)
       or (old.replaced_at is not null and new.replaced_at is distinct from old.replaced_at)
       or (old.superseded_from is not null and (new.superseded_from is null or new.superseded_from > old.superseded_from))
       or to_jsonb(old) - acts <> to_jsonb(new) - acts then
      raise exception 'a guideline version is never edited: draft a new one' using errcode = '42501';
    end if;
    return new;
  end $$;
  comment on function audit.guideline_only_forward() is
    'Trigger: a version is released, co-released, superseded and replaced, each once, or withdrawn for ever, and never changed otherwise.';
  create trigger zz_only_forward before update on guideline_version for each row execute function audit.guideline_only_forward();

  -- A released version would be edited by adding a rate to it, so its parts are complete when it is released.
  create function audit.guideline_part_of_draft() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  begin
    if not exists (select from guideline_version v where v.id = new.guideline_version_id and v.state = 'drafted'
                      and v.drafted_by is not distinct from access.person()) then
      raise exception 'posts, rates, dates and provisions are entered with the draft, by its drafter' using errcode = '42501';
    end if;
    return new;
  end $$;
  comment on function audit.guideline_part_of_draft() is 'Trigger: posts, rates, dates and provisions belong to a draft of one''s own.';
  ${PARTS.map(
    (part) =>
      `create trigger part_of_draft before insert on ${part} for each row execute function audit.guideline_part_of_draft();`,
  ).join('\n  ')}
`;

const STATEWIDE = `foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_auditor,
  foerderbuch_system`;
const OTHERS = 'foerderbuch_cashier, foerderbuch_municipality';

const RIGHTS = `
  select audit.declare_technical('programme', 'fixed reference rows, changed by migrations only'),
         audit.declare_business('guideline_version'), audit.declare_business('guideline_post'),
         audit.declare_business('guideline_rate'), audit.declare_business('guideline_payment_date'),
         audit.declare_business('guideline_material'), audit.declare_business('guideline_deadline'),
         audit.declare_business('guideline_provision'), audit.declare_business('guideline_checklist_item'),
         audit.declare_business('guideline_copy_threshold'), audit.declare_business('guideline_early_start_ban');

  grant select on programme, guideline_version, ${PARTS.join(', ')} to ${STATEWIDE}, ${OTHERS};
  grant insert on guideline_version, ${PARTS.join(', ')} to foerderbuch_ministry;
  grant update (state, released_at, superseded_from, replaced_at, withdrawn_at, withdrawal_reason, version) on guideline_version
    to foerderbuch_ministry;
  grant update (state, co_released_at, superseded_from, replaced_at, withdrawn_at, withdrawal_reason, version) on guideline_version
    to foerderbuch_school_ministry;

  create policy everybody on programme for select to ${STATEWIDE}, ${OTHERS} using ((select access.context()));
  -- A draft is the ministries' own business; what holds is law, and for everybody.
  create policy statewide on guideline_version for select to ${STATEWIDE} using ((select access.context()));
  create policy binding on guideline_version for select to ${OTHERS}
    using ((state = 'co_released' or (state = 'released' and programme <> 'KI')) and (select access.context()));
  create policy draft on guideline_version for insert to foerderbuch_ministry
    with check (state = 'drafted' and (select access.context()));
  create policy release_or_withdraw on guideline_version for update to foerderbuch_ministry using ((select access.context()));
  create policy co_release_or_withdraw on guideline_version for update to foerderbuch_school_ministry
    using ((select access.context())) with check (programme = 'KI' and state in ('co_released', 'withdrawn'));
  ${PARTS.map(
    (part) => `
  create index ${part}_version on ${part} (guideline_version_id);
  create policy as_version on ${part} for select to ${STATEWIDE}, ${OTHERS}
    using ((select access.context()) and exists (select from guideline_version v where v.id = guideline_version_id));
  create policy draft on ${part} for insert to foerderbuch_ministry with check ((select access.context()));`,
  ).join('\n')}
`;
