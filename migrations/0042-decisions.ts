import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Decisions, their amounts by year and source, the reckoning they rest on, and the grant years they open. An amendment,
 * a withdrawal or a revocation is a decision too: it names the decision it changes, and its amounts those they replace.
 *
 * A decision is an administrative act only once it is notified: until then its addressee does not see it (§ 43
 * VwVfG NRW). What was released is never reworded, and what it was computed from is frozen with it. A grant year
 * is the promise to prove the use of one year's money; settlement writes into it, drawdowns read it.
 */
export class Decisions1700000004200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(DECISION);
    await runner.query(PARTS);
    await runner.query(FROZEN);
    await runner.query(READERS);
    await runner.query(WRITERS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const DECISION = `
  create table decision (
    id uuid primary key,
    case_id uuid not null,
    application_id uuid not null,
    submission integer not null,
    centre_id uuid not null references centre,
    recipient_id uuid not null references recipient,
    programme text not null references programme (code),
    kind text not null check (kind in ('grant', 'partial_grant', 'refusal', 'amendment', 'withdrawal', 'revocation')),
    basis_id uuid references decision,
    hearing_id uuid,
    ground text check (ground in (
      'unlawful_from_start', 'obtained_by_deceit', 'wrong_statements', 'unlawfulness_known',
      'not_used_for_purpose', 'requirement_broken')),
    known_on date,
    knowledge_reasons text,
    state text not null check (state in ('drafted', 'discarded', 'released', 'notified', 'closed')),
    draft integer not null default 1 check (draft >= 1),
    file_number text not null,
    guideline_version_id uuid not null references guideline_version,
    funding_year integer not null check (funding_year between 2000 and 2100),
    proof_due_on date,
    proof_months integer check (proof_months between 0 and 60),
    reasons text,
    remedy_information boolean not null,
    copy_required boolean not null default false,
    copy_threshold_cents bigint check (copy_threshold_cents >= 0),
    copy_basis text,
    copy_confidence text check (copy_confidence in ('verified', 'derived', 'assumed')),
    copy_waiver text,
    provision_codes text[] not null default '{}',
    further_provision text,
    further_provision_reason text,
    drafted_at timestamptz not null default transaction_timestamp(),
    drafted_by uuid not null references person,
    discarded_at timestamptz,
    discarded_by uuid references person,
    discard_reason text,
    released_at timestamptz,
    released_by uuid references person,
    released_on date,
    notified_at timestamptz,
    notified_by uuid references person,
    notified_on date,
    notified_mode text check (notified_mode in ('handover', 'post', 'electronic', 'portal', 'formal_service')),
    received_on date,
    remedy_ends_on date,
    final_on date,
    waived_at timestamptz,
    waived_by uuid references person,
    waived_on date,
    version integer not null default 1,
    foreign key (application_id, case_id, centre_id) references application (id, case_id, centre_id),
    foreign key (application_id, submission) references application_submission (application_id, number),
    unique (id, case_id, centre_id),
    constraint decision_four_eyes check (released_by <> drafted_by),
    check (kind = 'grant' or reasons is not null),
    constraint decision_proof check ((kind in ('grant', 'partial_grant')) = (proof_due_on is not null)
                                     and (proof_due_on is null) = (proof_months is null)),
    constraint decision_act check ((kind in ('amendment', 'withdrawal', 'revocation')) = (basis_id is not null)),
    constraint decision_taking_back check (
      num_nulls(hearing_id, ground, known_on, knowledge_reasons)
        = case when kind in ('withdrawal', 'revocation') then 0 else 4 end),
    constraint decision_ground check (
      ground is null
      or (kind = 'withdrawal') = (ground in ('unlawful_from_start', 'obtained_by_deceit', 'wrong_statements', 'unlawfulness_known'))),
    check ((further_provision is null) = (further_provision_reason is null)),
    check (num_nulls(copy_threshold_cents, copy_basis, copy_confidence) in (0, 3)),
    check (not copy_required or (copy_threshold_cents is not null and copy_waiver is null)),
    check ((state in ('drafted', 'discarded')) = (released_at is null)),
    check ((state = 'discarded') = (discarded_at is not null)),
    check ((discarded_at is null) = (discard_reason is null)),
    check ((released_at is null) = (released_on is null)),
    check ((state in ('drafted', 'discarded', 'released')) = (notified_at is null)),
    check (num_nulls(notified_at, notified_on, notified_mode, received_on, remedy_ends_on, final_on) in (0, 6)),
    check (notified_on >= released_on),
    check (received_on >= notified_on and remedy_ends_on > received_on),
    check ((waived_at is null) = (waived_on is null)),
    check (waived_at is null or (notified_at is not null and waived_on >= notified_on))
  );
  comment on table decision is
    'An administrative act on an application (§ 35 VwVfG NRW). Drafted and released by different persons, or discarded; it takes effect when notified, and may be paid on once it is final. draft counts how often it was worded. Guideline version, funding year and proof are those of its first year; every year stands in grant_year.';
  comment on column decision.basis_id is 'The decision that an amendment, withdrawal or revocation changes.';
  comment on column decision.known_on is
    'The day since which all facts for taking the decision back are fully known, with the reasons beside it: a year runs from here (§ 48 (4) VwVfG NRW).';
  create unique index decision_application on decision (application_id) where state <> 'discarded' and basis_id is null;
  create unique index decision_file_number on decision (programme, funding_year, file_number) where state <> 'discarded';
  create index decision_case on decision (case_id);
  create index decision_centre on decision (centre_id, funding_year);
  create index decision_year on decision (funding_year, id);
  create index decision_basis on decision (basis_id) where basis_id is not null;
  create index decision_copied on decision (id) where copy_required;
  comment on column decision.copy_required is
    'Whether notice and application are copied to the court of audit: the state money of all years is above copy_threshold_cents, and nobody waived it. An act on a grant follows its grant.';
  comment on column decision.provision_codes is
    'The special ancillary provisions chosen, by their codes in the guideline version of the first year; further_provision is one of no catalogue.';
  create trigger stamp before insert or update on decision for each row
    execute function access.stamp('drafted_by', 'drafted_at', 'discarded_by', 'discarded_at', 'released_by', 'released_at',
                                  'notified_by', 'notified_at', 'waived_by', 'waived_at');
`;

const PARTS = `
  create table decision_amount (
    id uuid primary key,
    decision_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null,
    funding_year integer not null check (funding_year between 2000 and 2100),
    line_id uuid references budget_line,
    source text not null check (source in ('state_integration', 'state_school', 'municipal', 'third_party')),
    in_kind boolean not null,
    modelled boolean not null default false,
    amount_cents bigint not null check (amount_cents between 0 and 9007199254740991),
    validity text not null default 'drafted'
      check (validity in ('drafted', 'in_force', 'discarded', 'superseded', 'withdrawn', 'revoked')),
    final_on date,
    replaces_id uuid references decision_amount,
    replaced_cents bigint check (replaced_cents between 0 and 9007199254740991),
    suit text not null default 'no_suit' check (suit in ('no_suit', 'suit_recorded', 'upheld', 'annulled')),
    suit_id uuid,
    challenged_cents bigint not null default 0,
    annulled_cents bigint not null default 0,
    suit_ended_on date,
    to_be_repaid_cents bigint check (to_be_repaid_cents between 0 and 9007199254740991),
    version integer not null default 1,
    foreign key (decision_id, case_id, centre_id) references decision (id, case_id, centre_id),
    check (in_kind = (source = 'state_school')),
    check ((line_id is not null) = (source = 'state_integration')),
    constraint decision_amount_replaces check ((replaces_id is null) = (replaced_cents is null)),
    constraint decision_amount_challenged check (
      challenged_cents between 0 and abs(amount_cents - coalesce(replaced_cents, 0))),
    constraint decision_amount_annulled check (
      annulled_cents between 0 and challenged_cents and (annulled_cents > 0) = (suit = 'annulled')),
    constraint decision_amount_suit check (
      (suit = 'no_suit') = (suit_id is null) and (suit = 'no_suit') = (challenged_cents = 0)
      and (suit in ('upheld', 'annulled')) = (suit_ended_on is not null))
  );
  comment on table decision_amount is
    'What a decision fixes for one year and source, in cents. State money names its budget line; the municipality''s and third parties'' shares are taken from the plan. An amount of a draft is in force from its release; a draft worded anew or given up leaves its amounts behind as discarded. final_on: the first day it can no longer be challenged.';
  comment on column decision_amount.replaces_id is
    'The amount this one takes the place of, once its decision is notified; replaced_cents is what that one came to.';
  comment on column decision_amount.suit is
    'Whether a suit concerns the amount, and how it ended. challenged_cents of what the decision gave or took here are not final before that; annulled_cents of it the court set aside.';
  comment on column decision_amount.to_be_repaid_cents is
    'What was called or paid beyond the amount that is left, as of the notice, and would have to be paid back (§ 49a (1) VwVfG NRW).';
  create unique index decision_amount_once on decision_amount (decision_id, funding_year, source, line_id) nulls not distinct
    where validity <> 'discarded';
  create index decision_amount_case on decision_amount (case_id);
  create index decision_amount_year on decision_amount (funding_year, centre_id);
  create index decision_amount_replaces on decision_amount (replaces_id) where replaces_id is not null;
  create index decision_amount_suit on decision_amount (suit_id) where suit_id is not null;

  create table decision_derivation (
    id uuid primary key,
    decision_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null,
    draft integer not null check (draft >= 1),
    drafted_at timestamptz not null default transaction_timestamp(),
    drafted_by uuid not null references person,
    inputs text not null,
    steps text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    foreign key (decision_id, case_id, centre_id) references decision (id, case_id, centre_id),
    unique (decision_id, draft),
    check (sha256 = encode(sha256(convert_to(inputs || E'\\n' || steps, 'UTF8')), 'hex'))
  );
  comment on table decision_derivation is
    'What a decision rests on, frozen: canonical text (RFC 8785) of the inputs and of every step of the reckoning, and SHA-256 over both. One for each time the decision was worded; the one with the draft number of the decision counts, and whoever wrote any of them does not release it.';
  create trigger stamp before insert on decision_derivation for each row
    execute function access.stamp('drafted_by', 'drafted_at');
  create trigger append_only before update or delete on decision_derivation for each row
    execute function audit.refuse_change();

  create table grant_year (
    id uuid primary key,
    case_id uuid not null,
    decision_id uuid not null,
    centre_id uuid not null,
    programme text not null references programme (code),
    funding_year integer not null check (funding_year between 2000 and 2100),
    guideline_version_id uuid not null references guideline_version,
    proof_due_on date not null,
    received_on date,
    settled_on date,
    version integer not null default 1,
    foreign key (decision_id, case_id, centre_id) references decision (id, case_id, centre_id),
    unique (case_id, funding_year),
    check (settled_on is null or received_on is not null)
  );
  comment on table grant_year is
    'One funding year of a grant, the guideline version that governs it, and its proof of use: due, received, settled (VVG zu § 44 LHO).';
  create index grant_year_decision on grant_year (decision_id);
  create index grant_year_centre on grant_year (centre_id, programme, funding_year);

  select audit.declare_business('decision'), audit.declare_business('decision_amount'),
         audit.declare_business('decision_derivation'), audit.declare_business('grant_year');
`;

const FROZEN = `
  create function audit.released_decision() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
  declare
    later constant text[] := array['state', 'released_at', 'released_by', 'released_on',
                                   'notified_at', 'notified_by', 'notified_on', 'notified_mode', 'received_on', 'remedy_ends_on', 'final_on', 'waived_at', 'waived_by', 'waived_on', 'version'];
  begin
    if old.state <> 'drafted' and to_jsonb(old) - later <> to_jsonb(new) - later then
      raise exception 'a released decision is never reworded' using errcode = '42501';
    end if;
    return new;
  end $$;
  comment on function audit.released_decision() is
    'Trigger: once released, a decision keeps its words; only what happens to it is added.';
  create trigger zz_released before update on decision for each row execute function audit.released_decision();

  create function audit.released_amount() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    if new.validity <> old.validity
       and (old.validity, new.validity) not in (
         ('drafted', 'in_force'), ('drafted', 'discarded'),
         ('in_force', 'superseded'), ('in_force', 'withdrawn'), ('in_force', 'revoked')) then
      raise exception 'an amount in force stays so until another decision says otherwise' using errcode = '42501';
    end if;
    if new.suit <> old.suit
       and (old.suit, new.suit) not in (('no_suit', 'suit_recorded'), ('suit_recorded', 'upheld'), ('suit_recorded', 'annulled')) then
      raise exception 'a suit against an amount is recorded once and ends once' using errcode = '42501';
    end if;
    if (new.amount_cents, new.replaced_cents, new.replaces_id) is distinct from (old.amount_cents, old.replaced_cents, old.replaces_id)
       or (old.suit <> 'no_suit' and (new.challenged_cents, new.suit_id) is distinct from (old.challenged_cents, old.suit_id)) then
      raise exception 'what an amount says is never changed' using errcode = '42501';
    end if;
    return new;
  end $$;
  comment on function audit.released_amount() is
    'Trigger: an amount comes into force once, gives way once to another decision, and meets at most one suit.';
  create trigger zz_released before update on decision_amount for each row execute function audit.released_amount();

  -- The applicant does not see drafts of the authority, and needs no right to them: its retraction ends them.
  create function audit.retracted_application() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  begin
    perform access.context();
    update decision_amount a set validity = 'discarded', version = a.version + 1
      from decision d
     where d.id = a.decision_id and d.application_id = new.id and d.state = 'drafted' and a.validity = 'drafted';
    update decision set state = 'discarded', discarded_at = transaction_timestamp(), version = version + 1,
                        discard_reason = 'Der Antrag wurde zurückgezogen. · The application was retracted.'
     where application_id = new.id and state = 'drafted';
    return null;
  end $$;
  comment on function audit.retracted_application() is
    'Trigger: a retracted application leaves no draft of a decision behind.';
  create trigger retracted after update on application for each row
    when (new.state = 'retracted' and old.state <> 'retracted') execute function audit.retracted_application();
`;

const READERS = `
  grant select on decision, decision_amount, decision_derivation, grant_year to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_municipality, foerderbuch_auditor, foerderbuch_system;
  ${['decision', 'decision_amount', 'decision_derivation', 'grant_year']
    .map(
      (table) => `
  create policy statewide on ${table} for select to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
    foerderbuch_auditor, foerderbuch_system using ((select access.context()));`,
    )
    .join('')}

  -- An act takes effect when it is notified; before that it is a draft of the authority.
  create policy own on decision for select to foerderbuch_municipality
    using (centre_id = (select access.centre()) and state in ('notified', 'closed'));
  create policy own on decision_amount for select to foerderbuch_municipality
    using (centre_id = (select access.centre()) and exists (select from decision d where d.id = decision_id));
  create policy own on decision_derivation for select to foerderbuch_municipality
    using (centre_id = (select access.centre()) and exists (select from decision d where d.id = decision_derivation.decision_id));
  create policy own on grant_year for select to foerderbuch_municipality
    using (centre_id = (select access.centre()) and exists (select from decision d where d.id = decision_id));
`;

const WRITERS = `
  grant insert on decision, decision_amount, decision_derivation, grant_year to foerderbuch_granting_authority;
  grant update (kind, file_number, reasons, remedy_information, copy_required, copy_threshold_cents, copy_basis,
                copy_confidence, copy_waiver, provision_codes, further_provision, further_provision_reason, guideline_version_id, proof_due_on, proof_months, draft, state,
                discarded_at, discard_reason, released_at, released_on, notified_at, notified_on, notified_mode,
                received_on, remedy_ends_on, final_on, version) on decision to foerderbuch_granting_authority;
  grant update (validity, final_on, suit, suit_id, challenged_cents, annulled_cents, suit_ended_on, to_be_repaid_cents, version)
    on decision_amount to foerderbuch_granting_authority;
  grant update (final_on, version) on decision_amount to foerderbuch_municipality;
  grant update (waived_at, waived_on, final_on, version) on decision to foerderbuch_municipality;
  grant update (received_on, version) on grant_year to foerderbuch_municipality, foerderbuch_system;
  grant update (settled_on, version) on grant_year to foerderbuch_granting_authority;

  create policy draft on decision for insert to foerderbuch_granting_authority
    with check ((select access.context()) and state = 'drafted');
  create policy handle on decision for update to foerderbuch_granting_authority using ((select access.context()));
  create policy waive on decision for update to foerderbuch_municipality
    using (centre_id = (select access.centre()) and state in ('notified', 'closed'));

  -- Parts are written while the decision is a draft, and come into force only with it.
  create policy draft on decision_amount for insert to foerderbuch_granting_authority
    with check ((select access.context()) and validity = 'drafted'
                and exists (select from decision d where d.id = decision_id and d.state = 'drafted'));
  create policy handle on decision_amount for update to foerderbuch_granting_authority using ((select access.context()));
  create policy waive on decision_amount for update to foerderbuch_municipality
    using (centre_id = (select access.centre()) and exists (select from decision d where d.id = decision_id));

  create policy draft on decision_derivation for insert to foerderbuch_granting_authority
    with check ((select access.context()) and exists (select from decision d where d.id = decision_id and d.state = 'drafted'));

  create policy open on grant_year for insert to foerderbuch_granting_authority with check ((select access.context()));
  create policy settle on grant_year for update to foerderbuch_granting_authority using ((select access.context()));
  create policy prove on grant_year for update to foerderbuch_municipality
    using (centre_id = (select access.centre()) and exists (select from decision d where d.id = decision_id));
  create policy prove_when_due on grant_year for update to foerderbuch_system using ((select access.context()));
`;
