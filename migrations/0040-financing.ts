import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who pays for what the state funds: the financing plan by year and source.
 *
 * The plan stands below the application in the order of the house, so its key to the application is added there.
 * A source that falls away is set to zero: no role may delete.
 */
export class Financing1700000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table financing_plan_item (
        id uuid primary key,
        application_id uuid not null,
        case_id uuid not null,
        centre_id uuid not null references centre,
        funding_year integer not null check (funding_year between 2000 and 2100),
        source text not null check (source in ('state_integration', 'state_school', 'municipal', 'third_party')),
        amount_cents bigint not null check (amount_cents between 0 and 9007199254740991),
        in_kind boolean not null,
        modelled boolean not null default false,
        origin text,
        version integer not null default 1,
        unique (application_id, funding_year, source),
        check (in_kind = (source = 'state_school')),
        check (not modelled or origin is not null)
      );
      comment on table financing_plan_item is
        'Financing plan of an application (VVG zu § 44 LHO): what each source gives in a year, in cents. Teachers are seconded, not paid: in kind. A modelled figure says where it comes from.';
      create index financing_plan_item_case on financing_plan_item (case_id);
      create index financing_plan_item_year on financing_plan_item (funding_year, centre_id);

      select audit.declare_business('financing_plan_item');

      grant select on financing_plan_item to
        foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
        foerderbuch_municipality, foerderbuch_auditor, foerderbuch_system;
      grant insert on financing_plan_item to foerderbuch_municipality;
      grant update (amount_cents, modelled, origin, version) on financing_plan_item to foerderbuch_municipality;

      create policy statewide on financing_plan_item for select to
        foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
        foerderbuch_auditor, foerderbuch_system using ((select access.context()));
      create policy own on financing_plan_item for select to foerderbuch_municipality
        using (centre_id = (select access.centre()));
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}
