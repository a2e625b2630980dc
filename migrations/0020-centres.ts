import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who receives the money, and the centre it is for.
 *
 * A centre has no legal personality: its recipient is the Kreis, the city or the Städteregion behind it. The day most
 * centres opened is not known, only a day by which they were open; both are kept apart, so that a count for an early
 * day can say what it does not know.
 */
export class Centres1700000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TABLES = `
  create table recipient (
    id uuid primary key,
    name text not null,
    kind text not null check (kind in ('kreis', 'kreisfreie_stadt', 'staedteregion', 'stadt')),
    version integer not null default 1
  );
  comment on table recipient is 'The legal person that receives a grant: Kreis, city or Städteregion.';

  create table centre (
    id uuid primary key,
    recipient_id uuid not null references recipient,
    ags text not null unique check (ags ~ '^05[0-9]{6}$'),
    name text not null,
    host_type text not null check (host_type in ('kreis', 'stadt')),
    regierungsbezirk text not null check (regierungsbezirk in ('Arnsberg', 'Detmold', 'Düsseldorf', 'Köln', 'Münster')),
    opened_on date,
    known_open_by date,
    assumed_open_from date,
    assumed_open_reason text,
    closed_on date,
    ordinal integer check (ordinal >= 1),
    population integer check (population >= 1),
    population_on date,
    population_confidence text check (population_confidence in ('verified', 'derived', 'assumed')),
    note text,
    version integer not null default 1,
    unique (id, recipient_id),
    check (opened_on is null or known_open_by is null),
    check ((assumed_open_from is null) = (assumed_open_reason is null)),
    -- An assumption only ever moves a known day back; where the day itself is known there is nothing to assume.
    check (assumed_open_from is null or (known_open_by is not null and assumed_open_from < known_open_by)),
    check (closed_on > coalesce(opened_on, known_open_by)),
    check ((population is null) = (population_confidence is null) and (population is null) = (population_on is null))
  );
  comment on table centre is
    'A Kommunales Integrationszentrum by the AGS of its body. Either the opening day is known, or only a day by which it was open (known_open_by), or neither: then it is not open yet. assumed_open_from: the ministry lets grants begin earlier than is known, and says why.';
  create index centre_recipient on centre (recipient_id);

  create table bank_account (
    id uuid primary key,
    recipient_id uuid not null,
    centre_id uuid not null,
    iban text not null check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
    holder text not null,
    proposed_at timestamptz not null default transaction_timestamp(),
    proposed_by uuid not null references person,
    confirmed_at timestamptz,
    confirmed_by uuid references person,
    replaced_at timestamptz,
    withdrawn_at timestamptz,
    withdrawn_by uuid references person,
    withdrawal_reason text,
    version integer not null default 1,
    -- An account is the recipient's own; the pair keeps the payment from leaving it.
    foreign key (centre_id, recipient_id) references centre (id, recipient_id),
    check (confirmed_by <> proposed_by),
    check ((confirmed_at is null) = (confirmed_by is null)),
    check (replaced_at is null or confirmed_at is not null),
    check (withdrawn_at is null or confirmed_at is null),
    check ((withdrawn_at is null) = (withdrawal_reason is null))
  );
  comment on table bank_account is
    'Where a centre''s money goes. Entered by one person, confirmed by another; the account confirmed last replaces the one before. What was entered by mistake is withdrawn with the reason, and never used.';
  create unique index bank_account_live on bank_account (centre_id) where confirmed_at is not null and replaced_at is null;
  create index bank_account_centre on bank_account (centre_id, id);
  create trigger stamp before insert or update on bank_account for each row
    execute function access.stamp('proposed_by', 'proposed_at', 'confirmed_by', 'confirmed_at', 'withdrawn_by', 'withdrawn_at');

  -- Column grants keep number and holder as proposed; this keeps a confirmation or a withdrawal from being taken back or backdated.
  create function audit.account_only_forward() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    if old.withdrawn_at is not null
       or (old.confirmed_at is not null and new.confirmed_at is distinct from old.confirmed_at)
       or (old.replaced_at is not null and new.replaced_at is distinct from old.replaced_at) then
      raise exception 'a bank account is confirmed once and replaced once, or withdrawn for ever: propose a new one' using errcode = '42501';
    end if;
    return new;
  end $$;
  comment on function audit.account_only_forward() is 'Trigger: a bank account is confirmed once and replaced once, or withdrawn for ever.';
  create trigger zz_only_forward before update on bank_account for each row execute function audit.account_only_forward();
`;

const EVERYBODY = `foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
  foerderbuch_municipality, foerderbuch_auditor, foerderbuch_admin, foerderbuch_system`;

const RIGHTS = `
  select audit.declare_business('recipient'), audit.declare_business('centre'), audit.declare_business('bank_account');

  -- Which centres there are is public; where their money goes is not.
  grant select on recipient, centre to ${EVERYBODY};
  grant insert on recipient, centre to foerderbuch_ministry;
  create policy everybody on recipient for select to ${EVERYBODY} using ((select access.context()));
  create policy everybody on centre for select to ${EVERYBODY} using ((select access.context()));
  create policy found on recipient for insert to foerderbuch_ministry with check ((select access.context()));
  create policy found on centre for insert to foerderbuch_ministry with check ((select access.context()));
  grant update (assumed_open_from, assumed_open_reason, version) on centre to foerderbuch_ministry;
  create policy assume on centre for update to foerderbuch_ministry using ((select access.context()));

  grant select on bank_account to
    foerderbuch_granting_authority, foerderbuch_cashier, foerderbuch_municipality, foerderbuch_auditor, foerderbuch_system;
  grant insert on bank_account to foerderbuch_granting_authority;
  grant update (confirmed_at, replaced_at, withdrawn_at, withdrawal_reason, version) on bank_account to foerderbuch_granting_authority;
  create policy statewide on bank_account for select to
    foerderbuch_granting_authority, foerderbuch_cashier, foerderbuch_auditor, foerderbuch_system
    using ((select access.context()));
  create policy own on bank_account for select to foerderbuch_municipality using (centre_id = (select access.centre()));
  create policy propose on bank_account for insert to foerderbuch_granting_authority
    with check (confirmed_at is null and withdrawn_at is null and (select access.context()));
  create policy confirm_or_withdraw on bank_account for update to foerderbuch_granting_authority using ((select access.context()));
`;
