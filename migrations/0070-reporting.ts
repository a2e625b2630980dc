import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was published stands beside what is booked, and one definition says what "booked" means.
 *
 * Every split, of one centre or of the Land, is read from `reporting.split`: it sees what its caller may see. The
 * statewide totals come from a function that sees everything and gives nothing but totals, so that a municipality
 * learns the sum of all without learning any part of it, and never takes a partial sum for the whole.
 */
export class Reporting1700000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(SPLIT);
    await runner.query(STATEWIDE);
    await runner.query(RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TABLES = `
  create table published_figure (
    id uuid primary key,
    funding_year integer not null check (funding_year between 2000 and 2100),
    subject text not null check (subject ~ '^[a-z][A-Za-z]*([.][a-z][A-Za-z]*)*$'),
    source text not null check (source in ('all', 'state', 'municipal', 'third_party')),
    amount_cents bigint not null check (amount_cents between 0 and 9007199254740991),
    rounded_to_cents bigint not null check (rounded_to_cents between 1 and 9007199254740991),
    rounding_text text,
    publication text not null,
    url text check (url ~ '^https?://'),
    published_on date,
    recorded_at timestamptz not null default transaction_timestamp(),
    recorded_by uuid not null references person,
    check (amount_cents % rounded_to_cents = 0),
    unique (funding_year, subject, source, publication)
  );
  comment on table published_figure is
    'A figure somebody published, in cents, as published: rounded to rounded_to_cents, with the word used for it ("rund", "fast"). Never corrected here: another publication is another row.';
  comment on column published_figure.published_on is 'The day of publication; null where it is not known.';
  create trigger stamp before insert on published_figure for each row
    execute function access.stamp('recorded_by', 'recorded_at');
  create trigger append_only before update or delete on published_figure for each row execute function audit.refuse_change();

  create table reconciliation_candidate (
    id uuid primary key,
    funding_year integer not null check (funding_year between 2000 and 2100),
    text_de text not null,
    text_en text not null,
    source text not null,
    recorded_at timestamptz not null default transaction_timestamp(),
    recorded_by uuid not null references person,
    unique (funding_year, text_de)
  );
  comment on table reconciliation_candidate is
    'What might explain a difference between published and booked figures of a year. Listed, never asserted: none carries an amount into the report.';
  create trigger stamp before insert on reconciliation_candidate for each row
    execute function access.stamp('recorded_by', 'recorded_at');
  create trigger append_only before update or delete on reconciliation_candidate for each row
    execute function audit.refuse_change();
`;

const SPLIT = `
  create schema reporting;
  comment on schema reporting is 'Questions over several rooms: who paid for what.';

  -- A stage total is the inflow less what was reversed. Money of a later year is committed by the decision that
  -- promises it; when its year is opened the promise is redeemed, and it counts as the commitment it became. Seconded teachers (state_school) are no money, so they are
  -- read from decisions and settlement reports; the other sources of a decision are in the ledger and only there.
  create function reporting.split(p_year integer, p_as_of date, p_centre uuid)
  returns table (centre_id uuid, source text, planned_cents bigint, committed_cents bigint, paid_cents bigint,
                 settled_cents bigint, modelled boolean)
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
    with held as materialized (
      -- The municipality sees its accounts before its decision is notified, and the decision only afterwards.
      select a.id, a.centre_id, a.source, a.stage from account a
       where a.funding_year = p_year and (p_centre is null or a.centre_id = p_centre)
         and a.stage in ('committed', 'promised', 'memo_committed', 'paid', 'settled', 'memo_settled')
         and exists (select from decision d where d.case_id = a.case_id)
    ), moved as (
      select h.centre_id, h.source, h.stage, t.amount_cents as cents
        from held h join transfer t on t.credit = h.id and t.reverses is null
       where t.effective_on <= p_as_of
      union all
      select h.centre_id, h.source, h.stage, -t.amount_cents
        from held h join transfer t on t.debit = h.id and (t.reverses is not null or h.stage = 'promised')
       where t.effective_on <= p_as_of
    ), fact (centre_id, source, planned, committed, paid, settled, modelled) as (
      select i.centre_id, i.source, i.amount_cents, 0, 0, 0, i.modelled
        from financing_plan_item i join application p on p.id = i.application_id
       where i.funding_year = p_year and (p_centre is null or i.centre_id = p_centre)
         and p.submitted_on <= p_as_of and p.state <> 'retracted'
      union all
      select m.centre_id, m.source, 0,
             case when m.stage in ('committed', 'promised', 'memo_committed') then m.cents else 0 end,
             case when m.stage = 'paid' then m.cents else 0 end,
             case when m.stage in ('settled', 'memo_settled') then m.cents else 0 end, false
        from moved m
      union all
      select d.centre_id, d.source, 0, d.amount_cents, 0, 0, d.modelled
        from decision_amount d join decision e on e.id = d.decision_id
       where d.funding_year = p_year and (p_centre is null or d.centre_id = p_centre)
         and d.in_kind and d.validity = 'in_force' and e.released_on <= p_as_of
      union all
      select s.centre_id, i.category, 0, 0, 0, i.settled_cents, i.modelled
        from settlement s
        join settlement_item i on i.settlement_id = s.id and i.kind = 'income' and i.in_kind
        join grant_year y on y.case_id = s.case_id and y.funding_year = s.funding_year
       where s.funding_year = p_year and (p_centre is null or s.centre_id = p_centre)
         and s.state = 'accepted' and y.settled_on <= p_as_of
    )
    select f.centre_id, f.source, sum(f.planned)::bigint, sum(f.committed)::bigint,
           case when f.source = 'state_integration' then sum(f.paid)::bigint end,
           sum(f.settled)::bigint, bool_or(f.modelled)
      from fact f
     group by f.centre_id, f.source
  $$;
  comment on function reporting.split(integer, date, uuid) is
    'Funding split of a year by centre and source as of a business day, in cents, of all centres or of one. paid is null where nothing is paid by the Land: teachers are seconded, the others pay themselves.';
`;

const STATEWIDE = `
  create function reporting.statewide(p_year integer, p_as_of date)
  returns table (source text, planned_cents bigint, committed_cents bigint, paid_cents bigint, settled_cents bigint,
                 modelled_cents bigint, modelled boolean, debits_cents bigint, credits_cents bigint)
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  begin
    perform access.context();
    return query
      select w.source,
             coalesce(sum(s.planned_cents), 0)::bigint,
             coalesce(sum(s.committed_cents), 0)::bigint,
             case when w.source = 'state_integration' then coalesce(sum(s.paid_cents), 0)::bigint end,
             coalesce(sum(s.settled_cents), 0)::bigint,
             coalesce(sum(s.committed_cents) filter (where s.modelled), 0)::bigint,
             coalesce(bool_or(s.modelled), false),
             b.debits, b.credits
        from unnest(array['state_integration', 'state_school', 'municipal', 'third_party']) with ordinality as w(source, place)
        cross join (select coalesce(sum(a.debits), 0)::bigint as debits, coalesce(sum(a.credits), 0)::bigint as credits
                      from account a where a.funding_year = p_year) as b
        left join reporting.split(p_year, p_as_of, null) as s on s.source = w.source
       group by w.source, w.place, b.debits, b.credits
       order by w.place;
  end $$;
  comment on function reporting.statewide(integer, date) is
    'Statewide totals of a year by source, in cents, the same for whoever asks: no row of it belongs to a centre. modelled_cents is the part of committed_cents that rests on modelled plans; debits and credits run over all accounts of the year.';
`;

const EVERYBODY = `foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
  foerderbuch_municipality, foerderbuch_auditor, foerderbuch_system`;
const REPORTERS = `foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_auditor,
  foerderbuch_system`;

const RIGHTS = `
  select audit.declare_business('published_figure'), audit.declare_business('reconciliation_candidate');

  grant usage on schema reporting to ${EVERYBODY};
  grant execute on function reporting.split(integer, date, uuid), reporting.statewide(integer, date) to ${EVERYBODY};

  -- Published is published: everybody may read it.
  grant select on published_figure to ${EVERYBODY};
  grant insert on published_figure, reconciliation_candidate to foerderbuch_ministry;
  grant select on reconciliation_candidate to ${REPORTERS};
  create policy everybody on published_figure for select to ${EVERYBODY} using ((select access.context()));
  create policy statewide on reconciliation_candidate for select to ${REPORTERS} using ((select access.context()));
  create policy record on published_figure for insert to foerderbuch_ministry with check ((select access.context()));
  create policy record on reconciliation_candidate for insert to foerderbuch_ministry with check ((select access.context()));
`;
