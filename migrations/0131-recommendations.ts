import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the granting authority recommends to decide, in a table of its own.
 *
 * A recommendation is the authority's own affair until the decision is made known (§ 43 VwVfG NRW), while the
 * applicant reads its application all the time: two rows of which one has another reader, not two columns of one.
 */
export class Recommendations1700000013100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await runner.query(RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TABLE = `
  create table application_recommendation (
    id uuid primary key,
    application_id uuid not null unique,
    case_id uuid not null,
    centre_id uuid not null,
    recommendation text not null,
    proposes text not null check (proposes in ('grant', 'partial_grant', 'refusal')),
    foreign key (application_id, case_id, centre_id) references application (id, case_id, centre_id)
  );
  comment on table application_recommendation is
    'What should be decided on an application, and why. Who said so and when stands with the application; entered in the same command and never afterwards.';
  create index application_recommendation_case on application_recommendation (case_id);
  create trigger append_only before update or delete on application_recommendation for each row
    execute function audit.refuse_change();
  select audit.declare_business('application_recommendation');

  create function audit.recommended_with_reason() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
  begin
    if not exists (select from application_recommendation r where r.application_id = new.id) then
      raise exception 'a recommendation says what should be decided' using errcode = '42501';
    end if;
    return null;
  end $$;
  comment on function audit.recommended_with_reason() is
    'Trigger: before the commit, an application that was recommended has its recommendation.';
  create constraint trigger recommended after update on application deferrable initially deferred
    for each row when (new.state = 'recommended' and old.state <> 'recommended')
    execute function audit.recommended_with_reason();
`;

const OFFICES = `foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_auditor,
  foerderbuch_system`;

const RIGHTS = `
  grant select on application_recommendation to ${OFFICES}, foerderbuch_municipality;
  create policy statewide on application_recommendation for select to ${OFFICES} using ((select access.context()));
  -- A municipality reads decisions from their notice on, and with them how they came about.
  create policy own on application_recommendation for select to foerderbuch_municipality
    using (centre_id = (select access.centre())
           and exists (select from decision d where d.application_id = application_recommendation.application_id));

  grant insert on application_recommendation to foerderbuch_granting_authority;
  create policy recommend on application_recommendation for insert to foerderbuch_granting_authority
    with check ((select access.context())
                and exists (select from application a
                             where a.id = application_id and a.recommended_at = transaction_timestamp()
                               and a.recommended_by = (select access.person())));
`;
