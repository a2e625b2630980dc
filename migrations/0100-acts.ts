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
    await runner.query(COURSE);
    await runner.query(RIGHTS);
    await runner.query(UNSEEN);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const ACTS = `
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
    answered_at timestamptz,
    answered_by uuid references person,
    answered_on date,
    statement text,
    version integer not null default 1,
    foreign key (decision_id, case_id, centre_id) references decision (id, case_id, centre_id),
    unique (id, decision_id),
    check (due_on > opened_on),
    check ((state = 'open') = (closed_at is null)),
    check ((closed_at is null) = (closed_on is null)),
    check ((answered_at is null) = (answered_on is null)),
    check (answered_at is null or statement is not null),
    check (answered_on >= opened_on and closed_on >= opened_on),
    check (closed_at is not null or answered_at is not null or statement is null),
    check (statement is not null or closed_on is null or closed_on > due_on)
  );
  comment on table hearing is
    'What the recipient was asked before money is taken back, and what it said until the day due, or that it said nothing (§ 28 (1) VwVfG NRW). answered_at: the recipient said it itself; otherwise the authority wrote down what came in another way.';
  create unique index hearing_open on hearing (decision_id) where state = 'open';
  create index hearing_case on hearing (case_id);
  create trigger stamp before insert or update on hearing for each row
    execute function access.stamp('opened_by', 'opened_at', 'closed_by', 'closed_at', 'answered_by', 'answered_at');

  -- What was said is never reworded, nor said by another than said it; silence is not given words afterwards but by the
  -- recipient itself, and by it only until the act has been made known. Runs as the owner: the recipient sees no act
  -- before its notice, but what is to be found out here is whether there was one.
  create function audit.hearing_said_once() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  begin
    if old.statement is not null
       and (new.statement, new.answered_at, new.answered_on) is distinct from (old.statement, old.answered_at, old.answered_on) then
      raise exception 'what was said in a hearing is never reworded' using errcode = '42501';
    end if;
    if old.closed_at is not null
       and (new.closed_on <> old.closed_on or new.statement is distinct from old.statement and new.answered_at is null) then
      raise exception 'a closed hearing is over: only the recipient may still answer' using errcode = '42501';
    end if;
    if old.answered_at is null and new.answered_at is not null then
      if exists (select from decision d where d.hearing_id = new.id and d.notified_at is not null) then
        raise exception 'the act this hearing was about has been made known' using errcode = '42501';
      end if;
      -- An answer that waited for a draft to be written came after it, though its transaction may have begun before.
      new.answered_at := greatest(new.answered_at,
        (select max(d.drafted_at) + interval '1 microsecond' from decision d where d.hearing_id = new.id));
    end if;
    return new;
  end $$;
  comment on function audit.hearing_said_once() is
    'Trigger: an answer is given once, before the act it is about is made known, and stays as it was given and by whom; after a hearing is closed nobody but the recipient says anything.';
  create trigger zz_said_once before update on hearing for each row execute function audit.hearing_said_once();
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
  -- The recipient answers its own, and does nothing else to it.
  grant update (answered_at, answered_on, statement, version) on hearing to foerderbuch_municipality;
  create policy answer on hearing for update to foerderbuch_municipality
    using (centre_id = (select access.centre()) and exists (select from decision d where d.id = decision_id))
    with check (centre_id = (select access.centre()) and answered_at is not null);
`;

/** Nothing of an act shows before its notice, though its case has long been visible. */
const UNSEEN = `
  create function audit.is_unnoticed(p_record bigint) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select (select access.context()) and exists (select from audit_subject s join decision d on d.id = s.subject_id
                    where s.record_id = p_record and s.subject_type = 'decision' and d.state in ('drafted', 'released'))
  $$;
  comment on function audit.is_unnoticed(bigint) is 'Whether the record is about a decision that has not been made known.';
  create function ledger.is_unnoticed(p_case uuid, p_at timestamptz) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select (select access.context()) and exists (select from decision d where d.case_id = p_case and d.state = 'released' and d.released_at = p_at)
  $$;
  comment on function ledger.is_unnoticed(uuid, timestamptz) is
    'Whether a transfer of this case and instant was made by the release of a decision that has not been made known.';
  grant execute on function audit.is_unnoticed(bigint), ledger.is_unnoticed(uuid, timestamptz) to foerderbuch_municipality;

  drop policy own on audit_record;
  drop policy own_after_notice on audit_record;
  create policy own on audit_record for select to foerderbuch_municipality
    using (centre_id = (select access.centre())
           and action not in ('application.check', 'application.opine', 'application.recommend', 'decision.draft', 'decision.edit', 'decision.discard', 'decision.release',
                              'decision.amend', 'decision.withdraw', 'decision.revoke'));
  create policy own_after_notice on audit_record for select to foerderbuch_municipality
    using (centre_id = (select access.centre())
           and action in ('application.check', 'application.opine', 'application.recommend', 'decision.draft', 'decision.edit', 'decision.discard', 'decision.release',
                          'decision.amend', 'decision.withdraw', 'decision.revoke')
           and exists (select from decision d where d.case_id = audit_record.case_id)
           and not audit.is_unnoticed(id));
  drop policy own on transfer;
  create policy own on transfer for select to foerderbuch_municipality
    using (centre_id = (select access.centre())
           and exists (select from decision d where d.case_id = transfer.case_id)
           and not ledger.is_unnoticed(case_id, at));
`;
