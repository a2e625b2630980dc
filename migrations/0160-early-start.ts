import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Consent to an early start: what is applied for may begin before the decision, at the applicant's own risk.
 *
 * It is given while the application lies undecided and never taken back or reworded, because whoever began in reliance
 * on it must find it as it was.
 */
export class EarlyStart1700000016000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TABLE = `
  create table application_early_start (
    id uuid primary key,
    application_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null,
    submission integer not null check (submission >= 1),
    starts_on date not null,
    reason text not null,
    consented_at timestamptz not null default transaction_timestamp(),
    consented_by uuid not null references person,
    consented_on date not null,
    check (starts_on >= consented_on),
    foreign key (application_id, case_id, centre_id) references application (id, case_id, centre_id),
    foreign key (application_id, submission) references application_submission (application_id, number)
  );
  comment on table application_early_start is
    'The granting authority''s consent that what is applied for begins on starts_on or later, before the decision (VV zu § 44 LHO). It promises no grant.';
  create index application_early_start_application on application_early_start (application_id, submission);
  create index application_early_start_case on application_early_start (case_id);
  create trigger stamp before insert on application_early_start for each row
    execute function access.stamp('consented_by', 'consented_at');
  create trigger append_only before update or delete on application_early_start for each row
    execute function audit.refuse_change();
  select audit.declare_business('application_early_start');
`;

const OFFICES = `foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_auditor,
  foerderbuch_system`;

const RIGHTS = `
  grant select on application_early_start to ${OFFICES}, foerderbuch_municipality;
  create policy statewide on application_early_start for select to ${OFFICES} using ((select access.context()));
  create policy own on application_early_start for select to foerderbuch_municipality
    using (centre_id = (select access.centre()));

  grant insert on application_early_start to foerderbuch_granting_authority;
  create policy consent on application_early_start for insert to foerderbuch_granting_authority
    with check ((select access.context())
                and exists (select from application a
                             where a.id = application_id and a.state in ('submitted', 'in_check', 'queried', 'recommended')));
`;
