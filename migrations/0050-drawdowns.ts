import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * From the recipient's request to the confirmed payment.
 *
 * A payment order is a chain of statements by several persons (VV zu § 70 LHO NRW): one certifies the facts, one the
 * arithmetic, another orders, and the cash office, which is none of them, pays. Each of these statements is stamped
 * from the context, and the constraints below count persons, so that no path around the application can merge two.
 * The payment keeps the account and its holder as they were when it was ordered; later changes do not reach it.
 * Money that comes back is not paid: the drawdown is certified once more and waits for a new order, to whatever
 * account is confirmed by then.
 */
export class Drawdowns1700000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(STEPS);
    await runner.query(RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TABLES = `
  create table drawdown (
    id uuid primary key,
    case_id uuid not null,
    decision_id uuid not null,
    centre_id uuid not null references centre,
    funding_year integer not null check (funding_year between 2000 and 2100),
    amount_cents bigint not null check (amount_cents > 0),
    due_on date not null,
    state text not null check (state in ('requested', 'certified', 'ordered', 'rejected', 'cancelled')),
    requested_at timestamptz not null default transaction_timestamp(),
    requested_by uuid not null references person,
    requested_on date not null,
    factually_certified_at timestamptz,
    factually_certified_by uuid references person,
    arithmetically_certified_at timestamptz,
    arithmetically_certified_by uuid references person,
    ordered_at timestamptz,
    ordered_by uuid references person,
    ordered_on date,
    rejected_at timestamptz,
    rejected_by uuid references person,
    cancelled_at timestamptz,
    cancelled_by uuid references person,
    reason text,
    version integer not null default 1,
    foreign key (decision_id, case_id, centre_id) references decision (id, case_id, centre_id),
    unique (id, case_id, centre_id),
    check (ordered_by <> arithmetically_certified_by),
    check (ordered_by <> requested_by),
    check (factually_certified_by <> requested_by),
    check (arithmetically_certified_by <> requested_by),
    check (state not in ('certified', 'ordered')
           or (factually_certified_at is not null and arithmetically_certified_at is not null)),
    check (state <> 'requested' or factually_certified_at is null or arithmetically_certified_at is null),
    check ((state = 'ordered') = (ordered_at is not null)),
    check ((ordered_at is null) = (ordered_on is null)),
    check (ordered_on >= due_on),
    check ((state = 'rejected') = (rejected_at is not null)),
    check ((state = 'cancelled') = (cancelled_at is not null)),
    check (state <> 'rejected' or reason is not null)
  );
  comment on table drawdown is
    'A recipient asks for an instalment of a decision, in cents, due on a day (Nr. 7 VVG zu § 44 LHO). Certified factually and arithmetically, ordered by another person. ..._on are business days.';
  create index drawdown_decision on drawdown (decision_id, funding_year);
  create index drawdown_centre on drawdown (centre_id, id);
  create index drawdown_open on drawdown (state, id) where state in ('requested', 'certified');
  create trigger stamp before insert or update on drawdown for each row execute function access.stamp(
    'requested_by', 'requested_at', 'factually_certified_by', 'factually_certified_at',
    'arithmetically_certified_by', 'arithmetically_certified_at', 'ordered_by', 'ordered_at',
    'rejected_by', 'rejected_at', 'cancelled_by', 'cancelled_at');

  create table payment (
    id uuid primary key,
    drawdown_id uuid not null,
    case_id uuid not null,
    decision_id uuid not null,
    centre_id uuid not null references centre,
    funding_year integer not null check (funding_year between 2000 and 2100),
    amount_cents bigint not null check (amount_cents > 0),
    iban text not null,
    holder text not null,
    reference text not null check (char_length(reference) between 1 and 140),
    state text not null check (state in ('ordered', 'confirmed', 'bounced', 'returned')),
    ordered_at timestamptz not null default transaction_timestamp(),
    ordered_by uuid not null references person,
    ordered_on date not null,
    confirmed_at timestamptz,
    confirmed_by uuid references person,
    confirmed_on date,
    came_back_at timestamptz,
    came_back_by uuid references person,
    came_back_on date,
    came_back_reason text,
    version integer not null default 1,
    foreign key (drawdown_id, case_id, centre_id) references drawdown (id, case_id, centre_id),
    unique (id, case_id, centre_id),
    check (confirmed_by <> ordered_by),
    check (confirmed_on >= ordered_on),
    check ((confirmed_at is null) = (confirmed_on is null)),
    check (state not in ('confirmed', 'returned') or confirmed_at is not null),
    check (state not in ('ordered', 'bounced') or confirmed_at is null),
    check (came_back_by <> ordered_by),
    check (came_back_on >= ordered_on and (confirmed_on is null or came_back_on >= confirmed_on)),
    check ((state in ('bounced', 'returned')) = (came_back_at is not null)),
    check ((came_back_at is null) = (came_back_on is null) and (came_back_at is null) = (came_back_reason is null))
  );
  comment on table payment is
    'An order to the state cash office to pay an amount, in cents, to the account that was confirmed when it was ordered.';
  comment on column payment.came_back_reason is 'Why the bank did not carry the order out (bounced), or sent the money back after it had left (returned).';
  -- A payment that came back may be followed by another one; two live ones would pay twice.
  create unique index payment_live on payment (drawdown_id) where state in ('ordered', 'confirmed');
  create index payment_decision on payment (decision_id, funding_year);
  create index payment_centre on payment (centre_id, id);
  create index payment_ordered on payment (id) where state = 'ordered';
  create trigger stamp before insert or update on payment for each row execute function access.stamp(
    'ordered_by', 'ordered_at', 'confirmed_by', 'confirmed_at', 'came_back_by', 'came_back_at');

  create table payment_part (
    id uuid primary key,
    payment_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null references centre,
    line_id uuid not null references budget_line,
    amount_cents bigint not null check (amount_cents > 0),
    foreign key (payment_id, case_id, centre_id) references payment (id, case_id, centre_id),
    unique (payment_id, line_id)
  );
  comment on table payment_part is
    'How much of a payment each budget line bears, in cents: the recipient asks once, the money is booked where it was granted.';
  create trigger append_only before update or delete on payment_part for each row execute function audit.refuse_change();
`;

const READERS = `foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
  foerderbuch_auditor, foerderbuch_system`;

/** What came back goes the way it came, each step naming the one it reverses. */
const STEPS = `
  insert into posting_step (code, from_stage, to_stage, roles, backwards) values
    ('payment.bounce', 'called', 'committed', '{cashier}', 'whole'),
    ('payment.return', 'paid', 'called', '{cashier}', 'whole'),
    ('payment.return', 'called', 'committed', '{cashier}', 'whole');
`;

const RIGHTS = `
  select audit.declare_business('drawdown'), audit.declare_business('payment'), audit.declare_business('payment_part');

  grant select on drawdown, payment, payment_part to ${READERS}, foerderbuch_municipality;
  create policy statewide on drawdown for select to ${READERS} using ((select access.context()));
  create policy statewide on payment for select to ${READERS} using ((select access.context()));
  create policy statewide on payment_part for select to ${READERS} using ((select access.context()));
  create policy own on drawdown for select to foerderbuch_municipality using (centre_id = (select access.centre()));
  create policy own on payment for select to foerderbuch_municipality using (centre_id = (select access.centre()));
  create policy own on payment_part for select to foerderbuch_municipality using (centre_id = (select access.centre()));

  -- The recipient asks and takes back; it certifies nothing.
  grant insert on drawdown to foerderbuch_municipality;
  grant update (state, cancelled_at, version) on drawdown to foerderbuch_municipality;
  create policy request on drawdown for insert to foerderbuch_municipality with check (
    centre_id = (select access.centre()) and state = 'requested'
    and factually_certified_at is null and arithmetically_certified_at is null);
  create policy cancel on drawdown for update to foerderbuch_municipality
    using (centre_id = (select access.centre()))
    with check (centre_id = (select access.centre()) and state = 'cancelled');

  grant update (state, factually_certified_at, arithmetically_certified_at, ordered_at, ordered_on, rejected_at, reason,
                version)
    on drawdown to foerderbuch_granting_authority;
  create policy judge on drawdown for update to foerderbuch_granting_authority
    using ((select access.context())) with check ((select access.context()));
  grant insert on payment, payment_part to foerderbuch_granting_authority;
  create policy order_payment on payment for insert to foerderbuch_granting_authority
    with check (state = 'ordered' and (select access.context()));
  create policy order_payment on payment_part for insert to foerderbuch_granting_authority
    with check ((select access.context()));

  grant update (state, confirmed_at, confirmed_on, came_back_at, came_back_on, came_back_reason, version)
    on payment to foerderbuch_cashier;
  create policy execute on payment for update to foerderbuch_cashier
    using ((select access.context())) with check ((select access.context()));
  -- Of a drawdown the cash office says one thing: its payment came back, so it is no longer ordered.
  grant update (state, ordered_at, ordered_on, version) on drawdown to foerderbuch_cashier;
  create policy came_back on drawdown for update to foerderbuch_cashier
    using (state = 'ordered' and (select access.context())) with check (state = 'certified' and (select access.context()));
`;
