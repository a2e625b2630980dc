import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is answered, asked and said about an application between its submission and its decision.
 *
 * A check answers each item of the checklist of the guideline version; a query hands the application back until a day,
 * and stays with its answer, so that years later it can be read who asked what and when; a technical opinion stays
 * beside the recommendation that follows it or says why not. Nothing of this is edited.
 */
export class Checks1700000013000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(RESULTS);
    await runner.query(QUERIES);
    await runner.query(OPINIONS);
    await runner.query(DESK);
    await runner.query(HANDED_BACK);
    await runner.query(RIGHTS);
    await runner.query(OPINION_RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const RESULTS = `
  create table application_check_result (
    id uuid primary key,
    check_id uuid not null,
    application_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null,
    guideline_version_id uuid not null,
    code text not null,
    result text not null check (result in ('met', 'not_met', 'not_applicable')),
    reason text,
    foreign key (check_id, application_id, case_id, centre_id)
      references application_check (id, application_id, case_id, centre_id),
    foreign key (guideline_version_id, code) references guideline_checklist_item (guideline_version_id, code),
    unique (check_id, code),
    check (result = 'met' or reason is not null)
  );
  comment on table application_check_result is
    'What a check answered to one item of the checklist, with the reason where it is not met or does not apply. Entered with the check and never afterwards.';
  create index application_check_result_case on application_check_result (case_id);
  create index application_check_result_item on application_check_result (guideline_version_id, code);
  create trigger append_only before update or delete on application_check_result for each row
    execute function audit.refuse_change();
  select audit.declare_business('application_check_result');
`;

const QUERIES = `
  create table application_query (
    id uuid primary key,
    application_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null,
    number integer not null check (number >= 1),
    submission integer not null check (submission >= 1),
    question text not null check (question <> ''),
    due_on date not null,
    asked_at timestamptz not null default transaction_timestamp(),
    asked_by uuid not null references person,
    asked_on date not null,
    foreign key (application_id, case_id, centre_id) references application (id, case_id, centre_id),
    foreign key (application_id, submission) references application_submission (application_id, number),
    unique (application_id, number),
    unique (id, application_id, case_id, centre_id),
    check (due_on > asked_on)
  );
  comment on table application_query is
    'A question of the granting authority about a submission, with the working day until which it is to be answered (§§ 24, 31 VwVfG NRW). Until then the application lies with its applicant.';
  create index application_query_case on application_query (case_id);
  create trigger stamp before insert on application_query for each row
    execute function access.stamp('asked_by', 'asked_at');
  create trigger append_only before update or delete on application_query for each row
    execute function audit.refuse_change();

  create table application_answer (
    id uuid primary key,
    query_id uuid not null unique,
    application_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null,
    submission integer not null check (submission >= 1),
    text text check (text <> ''),
    answered_at timestamptz not null default transaction_timestamp(),
    answered_by uuid not null references person,
    answered_on date not null,
    foreign key (query_id, application_id, case_id, centre_id)
      references application_query (id, application_id, case_id, centre_id),
    foreign key (application_id, submission) references application_submission (application_id, number)
  );
  comment on table application_answer is
    'The applicant''s answer to a query: in words, or, where the text is null, by the new version that submission names.';
  create index application_answer_case on application_answer (case_id);
  create index application_answer_submission on application_answer (application_id, submission);
  create trigger stamp before insert on application_answer for each row
    execute function access.stamp('answered_by', 'answered_at');
  create trigger append_only before update or delete on application_answer for each row
    execute function audit.refuse_change();

  select audit.declare_business('application_query'), audit.declare_business('application_answer');
`;

const OPINIONS = `
  create table application_opinion (
    id uuid primary key,
    application_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null,
    submission integer not null check (submission >= 1),
    office text not null check (office in ('granting_authority', 'ministry', 'school_ministry')),
    opinion text not null check (opinion in ('favourable', 'with_conditions', 'unfavourable')),
    reason text not null,
    stated_at timestamptz not null default transaction_timestamp(),
    stated_by uuid not null references person,
    stated_on date not null,
    foreign key (application_id, case_id, centre_id) references application (id, case_id, centre_id),
    foreign key (application_id, submission) references application_submission (application_id, number),
    unique (id, application_id, case_id, centre_id)
  );
  comment on table application_opinion is
    'A technical opinion (fachliche Stellungnahme) of an office on a submission. The last of each office stands; earlier ones are kept.';
  create index application_opinion_application on application_opinion (application_id, submission);
  create index application_opinion_case on application_opinion (case_id);
  create trigger stamp before insert on application_opinion for each row
    execute function access.stamp('stated_by', 'stated_at');
  create trigger append_only before update or delete on application_opinion for each row
    execute function audit.refuse_change();

  create table application_deviation (
    id uuid primary key,
    opinion_id uuid not null unique,
    application_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null,
    reason text not null,
    foreign key (opinion_id, application_id, case_id, centre_id)
      references application_opinion (id, application_id, case_id, centre_id)
  );
  comment on table application_deviation is
    'Why the recommendation proposes a grant against an unfavourable opinion. Entered with the recommendation and never afterwards.';
  create index application_deviation_case on application_deviation (case_id);
  create trigger append_only before update or delete on application_deviation for each row
    execute function audit.refuse_change();
  select audit.declare_business('application_opinion'), audit.declare_business('application_deviation');
`;

const DESK = `
  -- What was asked is answered before the application comes back: in words about the version that lies there, or by
  -- another version. Either way the authority decides on a submission.
  create or replace function audit.submitted_to_leave() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
  declare
    leaves boolean := old.state in ('draft', 'queried') and new.state in ('submitted', 'in_check');
    answered boolean := leaves and old.state = 'queried' and new.submission = old.submission;
    course constant text[] := array['state', 'submission', 'submitted_at', 'submitted_by', 'submitted_on', 'recommended_at',
                                    'recommended_by', 'retracted_at', 'retracted_by', 'open_changes', 'version'];
  begin
    if (old.state not in ('draft', 'queried') or new.state <> old.state)
       and to_jsonb(new) - course <> to_jsonb(old) - course then
      raise exception 'what an application says changes only while it lies with its applicant' using errcode = '42501';
    end if;
    if new.submitted_on <> old.submitted_on or (old.submitted_on is not null and new.submitted_on is null) then
      raise exception 'the day of the first submission stays' using errcode = '42501';
    end if;
    if new.submission <> old.submission + leaves::integer and not answered then
      raise exception 'an application leaves its applicant by a submission or an answer, and is submitted only to leave'
        using errcode = '42501';
    end if;
    if new.state <> old.state and (new.state = 'queried' or (old.state = 'queried' and leaves))
       and (new.state = 'queried') <> exists (
         select from application_query q
          where q.application_id = new.id
            and not exists (select from application_answer a where a.query_id = q.id)) then
      raise exception 'an application lies with its applicant by a query, until that is answered' using errcode = '42501';
    end if;
    return new;
  end $$;
  comment on function audit.submitted_to_leave() is
    'Trigger: an application leaves its applicant''s desk by a submission, which is counted then and only then, or by the answer to a query; it is handed back by a query; and what it says changes only on that desk.';

  create function audit.checked_to_recommend() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
  begin
    if not exists (
      select from application_check c
       where c.application_id = new.id and c.submission = new.submission
         and c.queries = (select count(*) from application_query q where q.application_id = new.id)) then
      raise exception 'what is recommended was checked, and nothing asked since' using errcode = '42501';
    end if;
    return new;
  end $$;
  comment on function audit.checked_to_recommend() is
    'Trigger: only an application whose latest submission was checked after the last query is recommended.';
  create trigger zz_checked before update on application for each row
    when (new.state = 'recommended' and old.state <> 'recommended') execute function audit.checked_to_recommend();
`;

/** A query and an answer each move the application, so they are looked at when the command is over. */
const HANDED_BACK = `
  create function audit.handed_back() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
  begin
    if (tg_table_name = 'application_query')
       <> exists (select from application a where a.id = new.application_id and a.state = 'queried') then
      raise exception 'a query hands an application back, and its answer returns it' using errcode = '42501';
    end if;
    return null;
  end $$;
  comment on function audit.handed_back() is
    'Trigger: before the commit, an application that was asked about lies with its applicant, and one that was answered for does not.';
  create constraint trigger handed_back after insert on application_query deferrable initially deferred
    for each row execute function audit.handed_back();
  create constraint trigger handed_back after insert on application_answer deferrable initially deferred
    for each row execute function audit.handed_back();

  create function access.with_authority(wanted uuid, wanted_submission integer) returns boolean
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
    select exists (select from application a
                    where a.id = wanted and a.submission = wanted_submission and a.state in ('submitted', 'in_check'))
  $$;
  comment on function access.with_authority(uuid, integer) is
    'Whether a submission lies with the granting authority, neither handed back nor recommended yet.';
  grant execute on function access.with_authority(uuid, integer) to
    foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry;
`;

const OFFICES = `foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_auditor,
  foerderbuch_system`;

const RIGHTS = `
  grant select on application_check_result, application_query, application_answer to ${OFFICES};
  ${['application_check_result', 'application_query', 'application_answer']
    .map(
      (table) =>
        `create policy statewide on ${table} for select to ${OFFICES} using ((select access.context()));`,
    )
    .join('\n  ')}
  grant select on application_query, application_answer to foerderbuch_municipality;
  create policy own on application_query for select to foerderbuch_municipality using (centre_id = (select access.centre()));
  create policy own on application_answer for select to foerderbuch_municipality using (centre_id = (select access.centre()));

  create policy handle on application_check for insert to foerderbuch_granting_authority
    with check ((select access.context()) and access.with_authority(application_id, submission)
                and queries = (select count(*) from application_query q
                                where q.application_id = application_check.application_id));
  grant insert on application_check_result, application_query to foerderbuch_granting_authority;
  grant insert on application_answer to foerderbuch_municipality;
  create policy handle on application_check_result for insert to foerderbuch_granting_authority
    with check ((select access.context())
                and exists (select from application_check c
                             where c.id = check_id and c.checked_at = transaction_timestamp()
                               and c.checked_by = (select access.person())));
  create policy ask on application_query for insert to foerderbuch_granting_authority
    with check ((select access.context()) and access.with_authority(application_id, submission));
  -- In words about the submission that lies there, or by the next one.
  create policy answer on application_answer for insert to foerderbuch_municipality
    with check (centre_id = (select access.centre())
                and exists (select from application a
                             where a.id = application_id and a.state = 'queried'
                               and application_answer.submission = a.submission + (application_answer.text is null)::integer));
`;

const OPINION_RIGHTS = `
  grant select on application_opinion, application_deviation to ${OFFICES};
  create policy statewide on application_opinion for select to ${OFFICES} using ((select access.context()));
  create policy statewide on application_deviation for select to ${OFFICES} using ((select access.context()));

  grant insert on application_opinion to foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry;
  grant insert on application_deviation to foerderbuch_granting_authority;
  ${['granting_authority', 'ministry', 'school_ministry']
    .map(
      (office) => `create policy ${office} on application_opinion for insert to foerderbuch_${office}
    with check (office = '${office}' and (select access.context()) and access.with_authority(application_id, submission));`,
    )
    .join('\n  ')}
  create policy recommend on application_deviation for insert to foerderbuch_granting_authority
    with check ((select access.context())
                and exists (select from application a
                             where a.id = application_id and a.recommended_at = transaction_timestamp()
                               and a.recommended_by = (select access.person())));
  -- Whoever read the application before an opinion was stated reads it again before they act on it.
  grant update (version) on application to foerderbuch_ministry, foerderbuch_school_ministry;
  create policy opine on application for update to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority
    using ((select access.context())) with check (state in ('submitted', 'in_check'));
`;
