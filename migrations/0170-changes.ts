import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a recipient tells of changes after the notice (Nr. 5 ANBest-G), and what the granting authority makes of it.
 *
 * A change is told from the notice until the case is closed. It is answered once, at any time; an amendment or a
 * taking back that follows is an act of its own. Nothing of this is edited.
 */
export class Changes1700000017000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TOLD);
    await runner.query(ANSWERED);
    await runner.query(READERS);
    await runner.query(WRITERS);
    await runner.query(DECIDED_STAYS);
    await runner.query(COUNTED);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TOLD = `
  create table application_change (
    id uuid primary key,
    application_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null,
    number integer not null check (number >= 1),
    kind text not null check (kind in ('financing', 'purpose', 'staffing', 'period', 'other')),
    what text not null check (char_length(what) between 1 and 4000),
    since_on date not null,
    told_at timestamptz not null default transaction_timestamp(),
    told_by uuid not null references person,
    told_on date not null,
    foreign key (application_id, case_id, centre_id) references application (id, case_id, centre_id),
    unique (application_id, number),
    unique (id, application_id, case_id, centre_id),
    check (since_on <= told_on)
  );
  comment on table application_change is
    'A change that the recipient tells of after the notice (Nr. 5 ANBest-G, wording assumed): what is another than was granted for, and since which day. Told and never reworded; a mistake is told as another change.';
  create index application_change_case on application_change (case_id);
  create trigger stamp before insert on application_change for each row
    execute function access.stamp('told_by', 'told_at');
  create trigger append_only before update or delete on application_change for each row
    execute function audit.refuse_change();
  select audit.declare_business('application_change');
`;

const ANSWERED = `
  create table application_change_answer (
    id uuid primary key,
    change_id uuid not null unique,
    application_id uuid not null,
    case_id uuid not null,
    centre_id uuid not null,
    consequence text not null check (consequence in ('none', 'amendment', 'withdrawal_examined', 'revocation_examined')),
    reason text not null check (char_length(reason) between 1 and 4000),
    acknowledged_at timestamptz not null default transaction_timestamp(),
    acknowledged_by uuid not null references person,
    acknowledged_on date not null,
    foreign key (change_id, application_id, case_id, centre_id)
      references application_change (id, application_id, case_id, centre_id)
  );
  comment on table application_change_answer is
    'What the granting authority makes of a change that was told, once: nothing, an amendment, or that withdrawal or revocation is examined. The act itself is a decision of its own.';
  create index application_change_answer_application on application_change_answer (application_id);
  create index application_change_answer_case on application_change_answer (case_id);
  create trigger stamp before insert on application_change_answer for each row
    execute function access.stamp('acknowledged_by', 'acknowledged_at');
  create trigger append_only before update or delete on application_change_answer for each row
    execute function audit.refuse_change();
  select audit.declare_business('application_change_answer');
`;

const OFFICES = `foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_auditor,
  foerderbuch_system`;

const READERS = ['application_change', 'application_change_answer']
  .map(
    (table) => `
  grant select on ${table} to ${OFFICES}, foerderbuch_municipality;
  create policy statewide on ${table} for select to ${OFFICES} using ((select access.context()));
  create policy own on ${table} for select to foerderbuch_municipality using (centre_id = (select access.centre()));`,
  )
  .join('\n');

const WRITERS = `
  grant insert on application_change to foerderbuch_municipality;
  create policy tell on application_change for insert to foerderbuch_municipality
    with check (centre_id = (select access.centre())
                and exists (select from decision d
                             where d.application_id = application_change.application_id and d.basis_id is null
                               and d.state = 'notified' and d.kind <> 'refusal'));

  grant insert on application_change_answer to foerderbuch_granting_authority;
  create policy acknowledge on application_change_answer for insert to foerderbuch_granting_authority
    with check ((select access.context()));
`;

const DECIDED_STAYS = `
  create function audit.decided_stays() returns trigger
  language plpgsql set search_path = pg_catalog, public, pg_temp as $$
  begin
    if old.state = 'decided' then
      if to_jsonb(new) - '{version,open_changes}'::text[] <> to_jsonb(old) - '{version,open_changes}'::text[] then
        raise exception 'an application that is decided stays as it was decided' using errcode = '42501';
      end if;
      new.open_changes := (
        select count(*) from application_change c
         where c.application_id = new.id
           and not exists (select from application_change_answer a where a.change_id = c.id));
    end if;
    return new;
  end $$;
  comment on function audit.decided_stays() is
    'Trigger: once an application is decided only its version rises, because something was told of it or answered; what is open of that is counted here and nowhere else.';
  create trigger zz_decided_stays before update on application for each row execute function audit.decided_stays();
  create index application_with_change on application (id) where open_changes > 0;
`;

const COUNTED = `
  -- Whoever read the application before a change was told, or answered, reads it again before they act on it; the
  -- recipient itself has no right to what is decided.
  create function audit.change_counted() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  begin
    perform access.context();
    update application set version = version + 1 where id = new.application_id;
    return null;
  end $$;
  comment on function audit.change_counted() is
    'Trigger: a change told or answered raises the version of its application, which counts what is open then.';
  create trigger counted after insert on application_change for each row execute function audit.change_counted();
  create trigger counted after insert on application_change_answer for each row execute function audit.change_counted();

  -- Waits for a command that closes the case in this moment, and then finds it closed.
  create function audit.told_in_time() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  begin
    perform access.context();
    perform from decision d
      where d.application_id = new.application_id and d.basis_id is null and d.state = 'notified' and d.kind <> 'refusal'
        for share;
    if not found then
      raise exception 'a change is told of a grant, from its notice until the case is closed' using errcode = '42501';
    end if;
    return new;
  end $$;
  comment on function audit.told_in_time() is
    'Trigger: a change is told while the grant is notified and not closed, also where it is being closed in this moment.';
  create trigger zz_told_in_time before insert on application_change for each row execute function audit.told_in_time();
`;
