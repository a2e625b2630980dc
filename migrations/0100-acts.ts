import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What becomes of a decision after its notice: suits against it, and the acts that change or undo it.
 *
 * An amendment, a withdrawal or a revocation is a decision of its own (§ 35 VwVfG NRW) on the case of another. Like
 * every act it takes effect when it is made known (§ 43): until then the amounts it replaces stay in force, and its
 * addressee sees nothing of it. More money is committed when it is released, so that nobody else can promise it; less
 * is freed when it is notified, because until then the former promise holds. Each amount names the one it replaces,
 * so what held on a day, and what was known of it at an instant, can always be told again.
 */
export class Acts1700000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ACTS);
    await runner.query(AMOUNTS);
    await runner.query(COURSE);
    await runner.query(RIGHTS);
    await runner.query(UNSEEN);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

/** Checks that know the former kinds only are found by what they say: they have no names of their own. */
const ACTS = `
  do $$
  declare
    stale record;
  begin
    for stale in
      select conname from pg_constraint
       where conrelid = 'decision'::regclass and contype = 'c'
         and (conname = 'decision_kind_check' or pg_get_constraintdef(oid) like '%refusal%')
    loop
      execute format('alter table decision drop constraint %I', stale.conname);
    end loop;
  end $$;

  alter table decision
    add constraint decision_kind_check
      check (kind in ('grant', 'partial_grant', 'refusal', 'amendment', 'withdrawal', 'revocation')),
    add column basis_id uuid references decision,
    add column hearing_id uuid,
    add column ground text check (ground in (
      'unlawful_from_start', 'obtained_by_deceit', 'wrong_statements', 'unlawfulness_known',
      'not_used_for_purpose', 'requirement_broken')),
    add column known_on date,
    add column knowledge_reasons text,
    add constraint decision_proof check ((kind in ('grant', 'partial_grant')) = (proof_due_on is not null)
                                         and (proof_due_on is null) = (proof_months is null)),
    add constraint decision_act check ((kind in ('amendment', 'withdrawal', 'revocation')) = (basis_id is not null)),
    add constraint decision_taking_back check (
      num_nulls(hearing_id, ground, known_on, knowledge_reasons)
        = case when kind in ('withdrawal', 'revocation') then 0 else 4 end),
    add constraint decision_ground check (
      ground is null
      or (kind = 'withdrawal') = (ground in ('unlawful_from_start', 'obtained_by_deceit', 'wrong_statements', 'unlawfulness_known')));
  comment on column decision.basis_id is 'The decision that an amendment, withdrawal or revocation changes.';
  comment on column decision.known_on is
    'The day since which all facts for taking the decision back are fully known, with the reasons beside it: a year runs from here (§ 48 (4) VwVfG NRW).';
  create index decision_basis on decision (basis_id) where basis_id is not null;

  drop index decision_application;
  create unique index decision_application on decision (application_id) where state <> 'discarded' and basis_id is null;
  -- Two acts on one case at a time would each reckon without the other.
  create unique index decision_unfinished_act on decision (case_id)
    where basis_id is not null and state in ('drafted', 'released');

  create function audit.act_on_the_same_case() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
  begin
    if not exists (select from decision b
                    where b.id = new.basis_id and b.case_id = new.case_id and b.application_id = new.application_id
                      and b.basis_id is null and b.state = 'notified') then
      raise exception 'an act changes a notified decision of its own case' using errcode = '42501';
    end if;
    return new;
  end $$;
  comment on function audit.act_on_the_same_case() is
    'Trigger: an amendment, withdrawal or revocation belongs to the case of the decision it changes, which has been notified.';
  create trigger act_on_the_same_case before insert on decision for each row
    when (new.basis_id is not null) execute function audit.act_on_the_same_case();
`;

const AMOUNTS = `
  alter table decision_amount
    drop constraint decision_amount_validity_check,
    add constraint decision_amount_validity_check
      check (validity in ('drafted', 'in_force', 'discarded', 'superseded', 'withdrawn', 'revoked')),
    add column replaces_id uuid references decision_amount,
    add column replaced_cents bigint check (replaced_cents between 0 and 9007199254740991),
    add column suit text not null default 'no_suit' check (suit in ('no_suit', 'suit_recorded', 'upheld', 'annulled')),
    add column suit_id uuid,
    add column challenged_cents bigint not null default 0,
    add column annulled_cents bigint not null default 0,
    add column suit_ended_on date,
    add column to_be_repaid_cents bigint check (to_be_repaid_cents between 0 and 9007199254740991),
    add constraint decision_amount_replaces check ((replaces_id is null) = (replaced_cents is null)),
    add constraint decision_amount_challenged check (
      challenged_cents between 0 and abs(amount_cents - coalesce(replaced_cents, 0))),
    add constraint decision_amount_annulled check (
      annulled_cents between 0 and challenged_cents and (annulled_cents > 0) = (suit = 'annulled')),
    add constraint decision_amount_suit check (
      (suit = 'no_suit') = (suit_id is null) and (suit = 'no_suit') = (challenged_cents = 0)
      and (suit in ('upheld', 'annulled')) = (suit_ended_on is not null));
  comment on column decision_amount.replaces_id is
    'The amount this one takes the place of, once its decision is notified; replaced_cents is what that one came to.';
  comment on column decision_amount.suit is
    'Whether a suit concerns the amount, and how it ended. challenged_cents of what the decision gave or took here are not final before that; annulled_cents of it the court set aside.';
  comment on column decision_amount.to_be_repaid_cents is
    'What was called or paid beyond the amount that is left, as of the notice, and would have to be paid back (§ 49a (1) VwVfG NRW).';
  create index decision_amount_replaces on decision_amount (replaces_id) where replaces_id is not null;
  create index decision_amount_suit on decision_amount (suit_id) where suit_id is not null;

  create or replace function audit.released_amount() returns trigger
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
`;

const COURSE = `
  create table suit (
    id uuid primary key,
    decision_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null references centre,
    brought_on date not null,
    court text not null,
    file_number text not null,
    state text not null constraint suit_state_check check (state in ('suit_recorded', 'upheld', 'annulled', 'withdrawn')),
    recorded_at timestamptz not null default transaction_timestamp(),
    recorded_by uuid not null references person,
    closed_at timestamptz,
    closed_by uuid references person,
    ended_on date,
    version integer not null default 1,
    foreign key (decision_id, case_id, centre_id) references decision (id, case_id, centre_id),
    check ((state = 'suit_recorded') = (closed_at is null)),
    check ((closed_at is null) = (ended_on is null)),
    check (ended_on >= brought_on)
  );
  comment on table suit is
    'An action against a decision before the administrative court (§ 42 VwGO). Which amounts it concerns, and how far, stands with the amounts. upheld: the decision stands.';
  create unique index suit_open on suit (decision_id) where state = 'suit_recorded';
  create index suit_decision on suit (decision_id);
  create index suit_case on suit (case_id);
  create trigger stamp before insert or update on suit for each row
    execute function access.stamp('recorded_by', 'recorded_at', 'closed_by', 'closed_at');
  alter table decision_amount add foreign key (suit_id) references suit;

  create table hearing (
    id uuid primary key,
    decision_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null references centre,
    purpose text not null check (purpose in ('withdrawal', 'revocation')),
    reasons text not null,
    opened_on date not null,
    due_on date not null,
    state text not null constraint hearing_state_check check (state in ('open', 'closed')),
    opened_at timestamptz not null default transaction_timestamp(),
    opened_by uuid not null references person,
    closed_at timestamptz,
    closed_by uuid references person,
    closed_on date,
    statement text,
    version integer not null default 1,
    foreign key (decision_id, case_id, centre_id) references decision (id, case_id, centre_id),
    unique (id, decision_id),
    check (due_on > opened_on),
    check ((state = 'open') = (closed_at is null)),
    check ((closed_at is null) = (closed_on is null)),
    check (closed_at is not null or statement is null),
    check (statement is not null or closed_on is null or closed_on > due_on)
  );
  comment on table hearing is
    'What the recipient was asked before money is taken back, and what it said until the day due, or that it said nothing (§ 28 (1) VwVfG NRW).';
  create unique index hearing_open on hearing (decision_id) where state = 'open';
  create index hearing_case on hearing (case_id);
  create trigger stamp before insert or update on hearing for each row
    execute function access.stamp('opened_by', 'opened_at', 'closed_by', 'closed_at');
  alter table decision add foreign key (hearing_id, basis_id) references hearing (id, decision_id);
  create index decision_hearing on decision (hearing_id) where hearing_id is not null;

  insert into lifecycle_step (table_name, from_state, to_state) values
    ('suit', 'suit_recorded', 'upheld'), ('suit', 'suit_recorded', 'annulled'), ('suit', 'suit_recorded', 'withdrawn'),
    ('hearing', 'open', 'closed');
  create trigger zy_only_forward before insert or update on suit for each row execute function access.only_forward();
  create trigger zy_only_forward before insert or update on hearing for each row execute function access.only_forward();

  insert into posting_step (code, from_stage, to_stage, roles, backwards)
    select code, from_stage, to_stage, '{granting_authority}'::text[], backwards
      from unnest(array['decision.notify', 'decision.closeSuit', 'decision.close']) as code
      cross join (values ('committed', 'allocated', 'part'), ('promised', 'authorised', 'part'), ('memo_committed', 'memo_outside', 'part'),
                         ('authorised', 'authorisation_lapsed', 'no')) as back (from_stage, to_stage, backwards)
    union all
    select 'decision.closeSuit', from_stage, to_stage, '{granting_authority}'::text[], 'no'
      from (values ('allocated', 'committed'), ('authorised', 'promised'), ('memo_outside', 'memo_committed')) as again (from_stage, to_stage);
`;

const READERS = `foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
  foerderbuch_auditor, foerderbuch_system`;

const RIGHTS = `
  select audit.declare_business('suit'), audit.declare_business('hearing');
  grant select on suit, hearing to ${READERS}, foerderbuch_municipality;
  ${['suit', 'hearing']
    .map(
      (table) => `
  create policy statewide on ${table} for select to ${READERS} using ((select access.context()));
  create policy own on ${table} for select to foerderbuch_municipality
    using (centre_id = (select access.centre()) and exists (select from decision d where d.id = decision_id));
  grant insert on ${table} to foerderbuch_granting_authority;
  create policy keep on ${table} for insert to foerderbuch_granting_authority with check ((select access.context()));
  create policy end_it on ${table} for update to foerderbuch_granting_authority using ((select access.context()));`,
    )
    .join('')}
  grant update (state, closed_at, ended_on, version) on suit to foerderbuch_granting_authority;
  grant update (state, closed_at, closed_on, statement, version) on hearing to foerderbuch_granting_authority;
  grant update (suit, suit_id, challenged_cents, annulled_cents, suit_ended_on, to_be_repaid_cents) on decision_amount
    to foerderbuch_granting_authority;
`;

/** Nothing of an act shows before its notice, though its case has long been visible. */
const UNSEEN = `
  create function audit.is_unnoticed(p_record bigint) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select exists (select from audit_subject s join decision d on d.id = s.subject_id
                    where s.record_id = p_record and s.subject_type = 'decision' and d.state in ('drafted', 'released'))
  $$;
  comment on function audit.is_unnoticed(bigint) is 'Whether the record is about a decision that has not been made known.';
  create function ledger.is_unnoticed(p_case uuid, p_at timestamptz) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select exists (select from decision d where d.case_id = p_case and d.state = 'released' and d.released_at = p_at)
  $$;
  comment on function ledger.is_unnoticed(uuid, timestamptz) is
    'Whether a transfer of this case and instant was made by the release of a decision that has not been made known.';
  grant execute on function audit.is_unnoticed(bigint), ledger.is_unnoticed(uuid, timestamptz) to foerderbuch_municipality;

  drop policy own on audit_record;
  drop policy own_after_notice on audit_record;
  create policy own on audit_record for select to foerderbuch_municipality
    using (centre_id = (select access.centre())
           and action not in ('application.recommend', 'decision.draft', 'decision.edit', 'decision.discard', 'decision.release',
                              'decision.amend', 'decision.withdraw', 'decision.revoke'));
  create policy own_after_notice on audit_record for select to foerderbuch_municipality
    using (centre_id = (select access.centre())
           and action in ('application.recommend', 'decision.draft', 'decision.edit', 'decision.discard', 'decision.release',
                          'decision.amend', 'decision.withdraw', 'decision.revoke')
           and exists (select from decision d where d.case_id = audit_record.case_id)
           and not audit.is_unnoticed(id));
  drop policy own on transfer;
  create policy own on transfer for select to foerderbuch_municipality
    using (centre_id = (select access.centre())
           and exists (select from decision d where d.case_id = transfer.case_id)
           and not ledger.is_unnoticed(case_id, at));
`;
