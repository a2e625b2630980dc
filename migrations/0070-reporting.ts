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
    await runner.query(FLOWS);
    await runner.query(SPLIT);
    await runner.query(STATEWIDE);
    await runner.query(RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const OF_CENTRE = ' and (p_centre is null or t.centre_id = p_centre)';

/**
 * What a stage gained by a row of totals: its inflow less what was undone. Money of a later year is committed by the
 * decision that promises it; when its year opens the promise is redeemed, and counts as the commitment it became.
 */
const GAINED = `t.credits - case when t.stage = 'promised' then t.debits else t.regained + t.reversed end`;

/** What an inflow adds to committed, paid and settled; in a text that stands within another. */
const STAGED = `case when m.stage in (''committed'', ''promised'', ''memo_committed'') then m.cents else 0 end,
                     case when m.stage = ''paid'' then m.cents else 0 end,
                     case when m.stage in (''settled'', ''memo_settled'') then m.cents else 0 end`;

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

const FLOWS = `
  create schema reporting;
  comment on schema reporting is 'Questions over several rooms: who paid for what.';

  -- A stage total is the inflow less what was undone. Whole months come from the totals of months, the rest of days
  -- from those of days, and what was recorded on the very day of an instant from the transfers themselves: the effort
  -- depends on the calendar, not on the number of transfers.
  create function reporting.land_flow(p_year integer, p_as_of date, p_known_at timestamptz)
  returns table (stage text, source text, cents bigint)
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
    with bound as (
      select date_trunc('month', p_as_of)::date as month,
             coalesce((p_known_at at time zone 'Europe/Berlin')::date, 'infinity') as known_day,
             coalesce(date_trunc('month', p_known_at at time zone 'Europe/Berlin')::date, 'infinity') as known_month
    ), moved as (
      select t.stage, t.source, ${GAINED} as cents
        from bound b join stage_total t
          on t.funding_year = p_year and t.span = 'month' and t.starts_on < b.month and t.recorded_from < b.known_month
      union all
      select t.stage, t.source, ${GAINED}
        from bound b join stage_total t
          on t.funding_year = p_year and t.span = 'day' and t.starts_on >= b.month and t.starts_on <= p_as_of
         and t.recorded_from < b.known_day
      union all
      select t.stage, t.source, ${GAINED}
        from bound b join stage_total t
          on t.funding_year = p_year and t.span = 'day' and t.starts_on < b.month
         and t.recorded_from >= b.known_month and t.recorded_from < b.known_day
       where p_known_at is not null
      union all
      select a.stage, a.source,
             case when m.credit = a.id and (a.stage = 'promised' or not m.undoes) then m.amount_cents
                  when m.debit = a.id and (a.stage = 'promised' or m.undoes) then -m.amount_cents else 0 end
        from bound b
        join transfer m on m.at >= b.known_day::timestamp at time zone 'Europe/Berlin' and m.at <= p_known_at and m.effective_on <= p_as_of
        join account a on a.id in (m.debit, m.credit) and a.funding_year = p_year
       where p_known_at is not null
    )
    select m.stage, m.source, sum(m.cents)::bigint
      from moved m
     where m.stage in ('committed', 'promised', 'memo_committed', 'paid', 'settled', 'memo_settled')
     group by 1, 2
  $$;
  comment on function reporting.land_flow(integer, date, timestamptz) is
    'What of a year reached each stage over all centres, in cents: effective until a day, recorded until an instant (null: all).';

  create function reporting.centre_flow(p_year integer, p_as_of date, p_known_at timestamptz, p_centre uuid)
  returns table (centre_id uuid, stage text, source text, cents bigint)
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
    with bound as (
      select date_trunc('month', p_as_of)::date as month,
             coalesce((p_known_at at time zone 'Europe/Berlin')::date, 'infinity') as known_day,
             coalesce(date_trunc('month', p_known_at at time zone 'Europe/Berlin')::date, 'infinity') as known_month
    ), moved as (
      select t.centre_id, t.stage, t.source, ${GAINED} as cents
        from bound b join centre_total t
          on t.funding_year = p_year and t.span = 'month' and t.starts_on < b.month and t.recorded_from < b.known_month${OF_CENTRE}
      union all
      select t.centre_id, t.stage, t.source, ${GAINED}
        from bound b join centre_total t
          on t.funding_year = p_year and t.span = 'day' and t.starts_on >= b.month and t.starts_on <= p_as_of
         and t.recorded_from < b.known_day${OF_CENTRE}
      union all
      select t.centre_id, t.stage, t.source, ${GAINED}
        from bound b join centre_total t
          on t.funding_year = p_year and t.span = 'day' and t.starts_on < b.month
         and t.recorded_from >= b.known_month and t.recorded_from < b.known_day${OF_CENTRE}
       where p_known_at is not null
      union all
      select a.centre_id, a.stage, a.source,
             case when m.credit = a.id and (a.stage = 'promised' or not m.undoes) then m.amount_cents
                  when m.debit = a.id and (a.stage = 'promised' or m.undoes) then -m.amount_cents else 0 end
        from bound b
        join transfer m on m.at >= b.known_day::timestamp at time zone 'Europe/Berlin' and m.at <= p_known_at and m.effective_on <= p_as_of
        join account a on a.id in (m.debit, m.credit) and a.funding_year = p_year and (p_centre is null or a.centre_id = p_centre)
       where p_known_at is not null
    )
    select m.centre_id, m.stage, m.source, sum(m.cents)::bigint
      from moved m
     where m.stage in ('committed', 'promised', 'memo_committed', 'paid', 'settled', 'memo_settled')
     group by 1, 2, 3
  $$;
  comment on function reporting.centre_flow(integer, date, timestamptz, uuid) is
    'What of a year reached each stage by centre, of all or of one, in cents. For those who see the money of every centre.';

  -- The municipality sees its accounts before its decision is notified, and the decision only afterwards.
  create function reporting.own_flow(p_year integer, p_as_of date, p_known_at timestamptz)
  returns table (centre_id uuid, stage text, source text, cents bigint)
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
    with held as materialized (
      select a.id, a.centre_id, a.source, a.stage from account a
       where a.funding_year = p_year and a.centre_id = (select access.centre())
         and a.stage in ('committed', 'promised', 'memo_committed', 'paid', 'settled', 'memo_settled')
         and exists (select from decision d where d.case_id = a.case_id)
    ), moved as (
      select h.centre_id, h.source, h.stage, t.amount_cents as cents
        from held h join transfer t on t.credit = h.id and (h.stage = 'promised' or not t.undoes)
       where t.effective_on <= p_as_of and (p_known_at is null or t.at <= p_known_at)
      union all
      select h.centre_id, h.source, h.stage, -t.amount_cents
        from held h join transfer t on t.debit = h.id and (h.stage = 'promised' or t.undoes)
       where t.effective_on <= p_as_of and (p_known_at is null or t.at <= p_known_at)
    )
    select m.centre_id, m.stage, m.source, sum(m.cents)::bigint from moved m group by 1, 2, 3
  $$;
  comment on function reporting.own_flow(integer, date, timestamptz) is
    'The same for a municipality, from the transfers of the cases whose decision it knows.';
`;

const SPLIT = `
  -- Seconded teachers (state_school) are no money, so they are read from decisions and settlement reports; the other
  -- sources of a decision are in the ledger and only there.
  create function reporting.beside(p_year integer, p_as_of date, p_known_at timestamptz, p_centre uuid)
  returns table (centre_id uuid, source text, planned bigint, committed bigint, settled bigint, modelled boolean)
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select i.centre_id, i.source, i.amount_cents, 0::bigint, 0::bigint, i.modelled
      from financing_plan_item i join application p on p.id = i.application_id
     where i.funding_year = p_year and (p_centre is null or i.centre_id = p_centre)
       and p.submitted_on <= p_as_of and (p_known_at is null or p.submitted_at <= p_known_at)
       and (p.state <> 'retracted' or p.retracted_at > p_known_at)
    union all
    select d.centre_id, d.source, 0, d.amount_cents, 0, d.modelled
      from decision_amount d join decision e on e.id = d.decision_id
     where d.funding_year = p_year and (p_centre is null or d.centre_id = p_centre)
       and d.in_kind and d.validity = 'in_force' and e.released_on <= p_as_of
       and (p_known_at is null or e.released_at <= p_known_at)
    union all
    select s.centre_id, i.category, 0, 0, i.settled_cents, i.modelled
      from settlement s
      join settlement_item i on i.settlement_id = s.id and i.kind = 'income' and i.in_kind
      join grant_year y on y.case_id = s.case_id and y.funding_year = s.funding_year
     where s.funding_year = p_year and (p_centre is null or s.centre_id = p_centre)
       and s.state = 'accepted' and y.settled_on <= p_as_of
       and (p_known_at is null or s.accepted_at <= p_known_at)
  $$;
  comment on function reporting.beside(integer, date, timestamptz, uuid) is
    'What the ledger does not hold, in cents: financing plans, and teachers seconded and settled. Plans are those of today, of the applications known then.';

  create function reporting.split(p_year integer, p_as_of date, p_known_at timestamptz, p_centre uuid)
  returns table (centre_id uuid, source text, planned_cents bigint, committed_cents bigint, paid_cents bigint,
                 settled_cents bigint, modelled boolean)
  language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
  #variable_conflict use_column
  declare
    flow text := case when access.setting('role') = 'municipality'
                      then 'select * from reporting.own_flow($1, $2, $3) where $4 is null or centre_id = $4'
                      else 'select * from reporting.centre_flow($1, $2, $3, $4)' end;
  begin
    return query execute format('
      select f.centre_id, f.source, sum(f.planned)::bigint, sum(f.committed)::bigint,
             case when f.source = ''state_integration'' then sum(f.paid)::bigint end,
             sum(f.settled)::bigint, bool_or(f.modelled)
        from (select b.centre_id, b.source, b.planned, b.committed, 0::bigint as paid, b.settled, b.modelled
                from reporting.beside($1, $2, $3, $4) as b
              union all
              select m.centre_id, m.source, 0, ${STAGED}, false
                from (%s) as m) as f
       group by f.centre_id, f.source', flow) using p_year, p_as_of, p_known_at, p_centre;
  end $$;
  comment on function reporting.split(integer, date, timestamptz, uuid) is
    'Funding split of a year by centre and source as of a business day and as known at an instant, in cents, of all centres or of one. paid is null where nothing is paid by the Land: teachers are seconded, the others pay themselves.';
`;

const STATEWIDE = `
  create function reporting.statewide(p_year integer, p_as_of date, p_known_at timestamptz)
  returns table (source text, planned_cents bigint, committed_cents bigint, paid_cents bigint, settled_cents bigint,
                 modelled_cents bigint, modelled boolean, debits_cents bigint, credits_cents bigint)
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  #variable_conflict use_column
  begin
    perform access.context();
    return query
      with beside as materialized (
        select * from reporting.beside(p_year, p_as_of, p_known_at, null)
      ), fact (source, planned, committed, paid, settled, modelled) as (
        select b.source, b.planned, b.committed, 0::bigint, b.settled, b.modelled from beside b
        union all
        select m.source, 0, ${STAGED.replaceAll("''", "'")}, false
          from reporting.land_flow(p_year, p_as_of, p_known_at) as m
      ), guessed as (
        select g.source, sum(coalesce(f.cents, 0) + g.in_kind)::bigint as cents
          from (select b.centre_id, b.source, sum(b.committed) as in_kind from beside b
                 group by 1, 2 having bool_or(b.modelled)) as g
          left join lateral (
            select sum(c.cents) as cents from reporting.centre_flow(p_year, p_as_of, p_known_at, g.centre_id) as c
             where c.source = g.source and c.stage in ('committed', 'memo_committed')) as f on true
         group by g.source
      )
      select w.source,
             coalesce(sum(f.planned), 0)::bigint,
             coalesce(sum(f.committed), 0)::bigint,
             case when w.source = 'state_integration' then coalesce(sum(f.paid), 0)::bigint end,
             coalesce(sum(f.settled), 0)::bigint,
             coalesce(min(g.cents), 0)::bigint,
             coalesce(bool_or(f.modelled), false),
             min(b.debits), min(b.credits)
        from unnest(array['state_integration', 'state_school', 'municipal', 'third_party']) with ordinality as w(source, place)
        cross join (select coalesce(sum(t.debits), 0)::bigint as debits, coalesce(sum(t.credits), 0)::bigint as credits
                      from stage_total t where t.funding_year = p_year and t.span = 'year') as b
        left join fact as f on f.source = w.source
        left join guessed as g on g.source = w.source
       group by w.source, w.place
       order by w.place;
  end $$;
  comment on function reporting.statewide(integer, date, timestamptz) is
    'Statewide totals of a year by source, in cents, the same for whoever asks: no row of it belongs to a centre. modelled_cents is the part of committed_cents that rests on modelled plans; debits and credits run over all accounts of the year.';
`;

const EVERYBODY = `foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
  foerderbuch_municipality, foerderbuch_auditor, foerderbuch_system`;
const READERS = `foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
  foerderbuch_auditor, foerderbuch_system`;
const REPORTERS = `foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_auditor,
  foerderbuch_system`;

const RIGHTS = `
  select audit.declare_business('published_figure'), audit.declare_business('reconciliation_candidate');

  grant usage on schema reporting to ${EVERYBODY};
  grant execute on function reporting.beside(integer, date, timestamptz, uuid),
    reporting.split(integer, date, timestamptz, uuid), reporting.statewide(integer, date, timestamptz) to ${EVERYBODY};
  grant execute on function reporting.own_flow(integer, date, timestamptz) to foerderbuch_municipality;
  grant execute on function reporting.land_flow(integer, date, timestamptz),
    reporting.centre_flow(integer, date, timestamptz, uuid) to ${READERS};

  -- Published is published: everybody may read it.
  grant select on published_figure to ${EVERYBODY};
  grant insert on published_figure, reconciliation_candidate to foerderbuch_ministry;
  grant select on reconciliation_candidate to ${REPORTERS};
  create policy everybody on published_figure for select to ${EVERYBODY} using ((select access.context()));
  create policy statewide on reconciliation_candidate for select to ${REPORTERS} using ((select access.context()));
  create policy record on published_figure for insert to foerderbuch_ministry with check ((select access.context()));
  create policy record on reconciliation_candidate for insert to foerderbuch_ministry with check ((select access.context()));
`;
