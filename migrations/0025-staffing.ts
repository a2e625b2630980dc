import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Posts, who occupies them, and what that really costs.
 *
 * A post exists from a day on and may change its category, size or funder on a later day: each such stretch is a phase.
 * Persons stand under a pseudonym. Two limits hold on every day and are kept by the database as well as by the rules:
 * nobody sits on more of a post than there is of it, and nobody sits on more than one full post over all bodies. The
 * second one needs to know of other bodies, so it is judged in a definer function that answers yes or no.
 *
 * What a person costs is that person's salary. The ministries have no right to read it, nor who sits where: they see
 * how much of a post was occupied, and no more.
 */
export class Staffing1700000002500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(PERSONS);
    await runner.query(LIMITS);
    await runner.query(AGGREGATES);
    await runner.query(RIGHTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}

const TABLES = `
  create table post (
    id uuid primary key,
    centre_id uuid not null references centre,
    programme text not null references programme (code),
    -- No number begins with a sign that a spreadsheet would take for a formula.
    number text not null check (number ~ '^[0-9A-Za-z][0-9A-Za-z ./-]{0,39}$'),
    established_on date not null,
    abolished_on date,
    version integer not null default 1,
    unique (centre_id, number),
    unique (id, centre_id),
    check (abolished_on > established_on)
  );
  comment on table post is
    'A post of the establishment of one centre, under the number it has in the body''s own plan of posts; from established_on up to, but excluding, abolished_on.';

  create table post_phase (
    id uuid primary key,
    post_id uuid not null,
    centre_id uuid not null,
    valid_from date not null,
    valid_to date,
    category text not null check (category in ('specialist', 'assistant', 'teacher')),
    fte_hundredths integer not null check (fte_hundredths > 0),
    funder text not null check (funder in ('integration_ministry', 'school_ministry', 'municipality')),
    foreign key (post_id, centre_id) references post (id, centre_id),
    check (valid_to > valid_from),
    -- Teachers are seconded by the school ministry, and nobody else is.
    check ((category = 'teacher') = (funder = 'school_ministry')),
    exclude using gist (post_id with =, daterange(valid_from, valid_to) with &&)
  );
  comment on table post_phase is
    'What a post is from a day on: category, size in hundredths of a full-time equivalent, and who funds it.';
  create index post_phase_post on post_phase (post_id, valid_from);

  create table occupancy (
    id uuid primary key,
    post_id uuid not null,
    centre_id uuid not null,
    occupied_from date not null,
    occupied_to date,
    fte_hundredths integer not null check (fte_hundredths between 1 and 100),
    pseudonym text,
    pseudonym_key bytea,
    salt bytea default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
    corrects uuid unique references occupancy,
    corrected_at timestamptz,
    corrected_by uuid references person,
    correction_reason text,
    recorded_at timestamptz not null default transaction_timestamp(),
    recorded_by uuid references person,
    erased_at timestamptz,
    version integer not null default 1,
    unique (id, centre_id),
    foreign key (post_id, centre_id) references post (id, centre_id),
    check (occupied_to > occupied_from),
    check (corrects <> id),
    check (erased_at is not null or (pseudonym is not null and pseudonym_key is not null and salt is not null)),
    check (erased_at is null or (pseudonym is null and pseudonym_key is null and salt is null and correction_reason is null)),
    check (correction_reason is null or corrected_at is not null)
  );
  comment on table occupancy is
    'A pseudonymous person on a post from a day up to, but excluding, another. A correction marks the row and puts another in its place; erasing empties pseudonym, key and salt.';
  create index occupancy_post on occupancy (post_id, occupied_from) where corrected_at is null;
  create index occupancy_person on occupancy (pseudonym_key) where corrected_at is null;
  create index occupancy_centre on occupancy (centre_id, id);

  create table occupancy_expenditure (
    id uuid primary key,
    occupancy_id uuid not null,
    centre_id uuid not null,
    funding_year integer not null check (funding_year between 2000 and 2100),
    amount_cents bigint check (amount_cents >= 0),
    salt bytea default uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
    recorded_at timestamptz not null default transaction_timestamp(),
    recorded_by uuid references person,
    replaced_at timestamptz,
    erased_at timestamptz,
    version integer not null default 1,
    foreign key (occupancy_id, centre_id) references occupancy (id, centre_id),
    check ((erased_at is null) = (amount_cents is not null)),
    check ((erased_at is null) = (salt is not null))
  );
  comment on table occupancy_expenditure is
    'What an occupancy really cost in a funding year: the salary of one person, so personal. A later figure replaces the row and is a row of its own.';
  create unique index occupancy_expenditure_live on occupancy_expenditure (occupancy_id, funding_year) where replaced_at is null;
  create index occupancy_expenditure_centre on occupancy_expenditure (centre_id, funding_year);
`;

const PERSONS = `
  create table person_pepper (
    only_row boolean primary key default true check (only_row),
    pepper bytea not null
  );
  comment on table person_pepper is
    'A secret of this installation. Without it the keys by which a person is recognised over all bodies cannot be computed from pseudonyms; emptying it makes them meaningless.';
  insert into person_pepper (pepper) values (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

  create schema staffing;
  grant usage on schema staffing to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_municipality,
    foerderbuch_auditor, foerderbuch_system;

  -- Nested, as HMAC is: the outer hash hides the inner state.
  create function staffing.person_key(pseudonym text) returns bytea
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
    select sha256(pepper || sha256(pepper || convert_to(upper(regexp_replace(normalize(person_key.pseudonym, NFKC), '\\s', '', 'g')), 'UTF8')))
      from person_pepper
  $$;
  comment on function staffing.person_key(text) is
    'The same key for the same pseudonym in every body, and for nobody to compute: granted to no role.';

  create function staffing.key_person() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  begin
    new.pseudonym_key := case when tg_op = 'INSERT' then staffing.person_key(new.pseudonym)
                              when new.pseudonym is not null then old.pseudonym_key end;
    return new;
  end $$;
  comment on function staffing.key_person() is 'Trigger: the key of a person is computed here and taken from no caller.';
  create trigger key_person before insert or update on occupancy for each row execute function staffing.key_person();

  create function staffing.only_forward() returns trigger
  language plpgsql set search_path = pg_catalog, pg_temp as $$
  begin
    if (old.corrected_at is not null and new.erased_at is not distinct from old.erased_at)
       or (old.occupied_to is not null and new.occupied_to is distinct from old.occupied_to) then
      raise exception 'an occupancy ends once and is corrected once: correct it instead' using errcode = '42501';
    end if;
    return new;
  end $$;
  comment on function staffing.only_forward() is 'Trigger: an occupancy ends once and is corrected once.';
  create trigger zz_only_forward before update on occupancy for each row execute function staffing.only_forward();

  create trigger stamp before insert or update on occupancy for each row
    execute function access.stamp('recorded_by', 'recorded_at', 'corrected_by', 'corrected_at');
  create trigger stamp before insert or update on occupancy_expenditure for each row
    execute function access.stamp('recorded_by', 'recorded_at');
`;

const LIMITS = `
  create function staffing.lock_posts(p_posts uuid[]) returns void
  language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
  declare
    one uuid;
  begin
    for one in select distinct unnest(p_posts) order by 1 loop
      perform pg_advisory_xact_lock(hashtextextended('post ' || one, 0));
    end loop;
  end $$;
  comment on function staffing.lock_posts(uuid[]) is
    'One command at a time decides about a post. In ascending order, and always before persons are locked.';

  create function staffing.double_funded(p_claims jsonb) returns setof integer
  language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    one bytea;
  begin
    perform access.context();
    for one in
      select distinct staffing.person_key(c.pseudonym) from jsonb_to_recordset(p_claims) as c(pseudonym text) order by 1
    loop
      perform pg_advisory_xact_lock(hashtextextended('person ' || encode(one, 'hex'), 0));
    end loop;
    return query
    with claim as (
      select c.place, staffing.person_key(c.pseudonym) as person, daterange(c."from", c."to") as days, c.fte
        from jsonb_to_recordset(p_claims) as c(place integer, pseudonym text, "from" date, "to" date, fte integer)
    ), standing as (
      select o.pseudonym_key as person, daterange(o.occupied_from, o.occupied_to) as days, o.fte_hundredths as fte
        from occupancy o
       where o.pseudonym_key in (select person from claim) and o.corrected_at is null
         and o.id not in (select r.replaces from jsonb_to_recordset(p_claims) as r(replaces uuid) where r.replaces is not null)
    )
    select c.place from claim c
     -- The sum can only rise on a day on which something begins.
     where exists (
       select from (
         select lower(c.days) as day
          union select lower(s.days) from standing s where s.person = c.person and lower(s.days) <@ c.days
          union select lower(e.days) from claim e where e.person = c.person and e.place < c.place and lower(e.days) <@ c.days
       ) as begins
       where c.fte
             + coalesce((select sum(s.fte) from standing s where s.person = c.person and s.days @> begins.day), 0)
             + coalesce((select sum(e.fte) from claim e where e.person = c.person and e.place < c.place and e.days @> begins.day), 0)
             > 100)
     order by c.place;
  end $$;
  comment on function staffing.double_funded(jsonb) is
    'Which of the claims would put a person on more than 1.00 FTE on some day, over all posts of all bodies. Locks the persons; says nothing of where else they sit.';

  create function staffing.hold_limits() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
  begin
    if new.corrected_at is not null or new.erased_at is not null then
      return null;
    end if;
    perform staffing.lock_posts(array[new.post_id]);
    perform pg_advisory_xact_lock(hashtextextended('person ' || encode(new.pseudonym_key, 'hex'), 0));
    if exists (
      select from occupancy begins
       where begins.corrected_at is null and begins.pseudonym_key = new.pseudonym_key
         and daterange(begins.occupied_from, begins.occupied_to) && daterange(new.occupied_from, new.occupied_to)
         and (select sum(o.fte_hundredths) from occupancy o
               where o.corrected_at is null and o.pseudonym_key = new.pseudonym_key
                 and daterange(o.occupied_from, o.occupied_to) @> greatest(begins.occupied_from, new.occupied_from)) > 100) then
      raise exception 'a person would hold more than one full post' using errcode = '23514';
    end if;
    if exists (
      with days as (
        select o.occupied_from as day from occupancy o where o.corrected_at is null and o.post_id = new.post_id
        union select valid_from from post_phase where post_id = new.post_id
        union select valid_to from post_phase where post_id = new.post_id and valid_to is not null
      )
      select from days d
       where daterange(new.occupied_from, new.occupied_to) @> d.day
         and (select sum(o.fte_hundredths) from occupancy o
               where o.corrected_at is null and o.post_id = new.post_id
                 and daterange(o.occupied_from, o.occupied_to) @> d.day)
             > coalesce((select p.fte_hundredths from post_phase p
                          where p.post_id = new.post_id and daterange(p.valid_from, p.valid_to) @> d.day), 0)) then
      raise exception 'a post would be occupied beyond its size' using errcode = '23514';
    end if;
    return null;
  end $$;
  comment on function staffing.hold_limits() is
    'Trigger: the two limits once more, for whoever writes without asking the rules.';
  create trigger hold_limits after insert or update on occupancy for each row execute function staffing.hold_limits();
`;

const AGGREGATES = `
  create function staffing.occupation(p_centre uuid, p_post uuid)
  returns table (post_id uuid, from_day date, fte_hundredths bigint)
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  declare
    -- Asked for here, because it raises for whoever acts for no centre.
    only_centre uuid := case when access.context() and access.setting('role') = 'municipality' then access.centre() end;
  begin
    return query
    select steps.post, steps.day, (sum(sum(steps.change)) over (partition by steps.post order by steps.day))::bigint
      from occupancy o
      cross join lateral (values (o.post_id, o.occupied_from, o.fte_hundredths), (o.post_id, o.occupied_to, -o.fte_hundredths))
        as steps(post, day, change)
     where o.corrected_at is null and steps.day is not null
       and (p_centre is null or o.centre_id = p_centre) and (p_post is null or o.post_id = p_post)
       and (only_centre is null or o.centre_id = only_centre)
     group by steps.post, steps.day
     order by steps.post, steps.day;
  end $$;
  comment on function staffing.occupation(uuid, uuid) is
    'How much of each post is occupied from which day on: sums without persons, for those who may not read occupancies. A municipality gets its own.';
`;

const READERS =
  'foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_auditor, foerderbuch_system';
const EXAMINERS = 'foerderbuch_granting_authority, foerderbuch_auditor, foerderbuch_system';
const FACTS = `id, post_id, centre_id, occupied_from, occupied_to, fte_hundredths, corrects, corrected_at, corrected_by,
  correction_reason, recorded_at, recorded_by, erased_at, version`;

const RIGHTS = `
  select audit.declare_business('post'), audit.declare_business('post_phase'),
         audit.declare_business('occupancy', personal => '{pseudonym,correction_reason}', secret => '{pseudonym_key}'),
         audit.declare_business('occupancy_expenditure', personal => '{amount_cents}'),
         audit.declare_technical('person_pepper', 'a secret of this installation', secret => '{pepper}');

  grant select on post, post_phase to ${READERS}, foerderbuch_municipality;
  grant insert on post, post_phase to foerderbuch_ministry, foerderbuch_school_ministry;
  grant update (abolished_on, version) on post to foerderbuch_ministry, foerderbuch_school_ministry;
  grant update (valid_to, category, fte_hundredths, funder) on post_phase to foerderbuch_ministry, foerderbuch_school_ministry;
  create policy statewide on post for select to ${READERS} using ((select access.context()));
  create policy statewide on post_phase for select to ${READERS} using ((select access.context()));
  create policy own on post for select to foerderbuch_municipality using (centre_id = (select access.centre()));
  create policy own on post_phase for select to foerderbuch_municipality using (centre_id = (select access.centre()));
  create policy establish on post for insert to foerderbuch_ministry, foerderbuch_school_ministry
    with check ((select access.context()));
  create policy change on post for update to foerderbuch_ministry, foerderbuch_school_ministry using ((select access.context()));
  -- Each ministry establishes and changes what it funds; posts of a municipality's own are the integration ministry's to note.
  create policy establish on post_phase for insert to foerderbuch_ministry
    with check (funder <> 'school_ministry' and (select access.context()));
  create policy change on post_phase for update to foerderbuch_ministry
    using (funder <> 'school_ministry' and (select access.context()));
  create policy establish_teachers on post_phase for insert to foerderbuch_school_ministry
    with check (funder = 'school_ministry' and (select access.context()));
  create policy change_teachers on post_phase for update to foerderbuch_school_ministry
    using (funder = 'school_ministry' and (select access.context()));

  -- The pseudonym is the body's own business; those who examine see occupancies and figures without it.
  grant select on occupancy, occupancy_expenditure to foerderbuch_municipality;
  grant select (${FACTS}) on occupancy to ${EXAMINERS};
  grant select on occupancy_expenditure to ${EXAMINERS};
  grant insert on occupancy, occupancy_expenditure to foerderbuch_municipality;
  grant update (occupied_to, corrected_at, correction_reason, version) on occupancy to foerderbuch_municipality;
  grant update (replaced_at, version) on occupancy_expenditure to foerderbuch_municipality;
  create policy examine on occupancy for select to ${EXAMINERS} using ((select access.context()));
  create policy examine on occupancy_expenditure for select to ${EXAMINERS} using ((select access.context()));
  create policy own on occupancy to foerderbuch_municipality
    using (centre_id = (select access.centre())) with check (centre_id = (select access.centre()));
  create policy own on occupancy_expenditure to foerderbuch_municipality
    using (centre_id = (select access.centre())) with check (centre_id = (select access.centre()));

  grant execute on function staffing.occupation(uuid, uuid) to ${READERS}, foerderbuch_municipality;
  grant execute on function staffing.lock_posts(uuid[]) to
    foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_municipality;
  grant execute on function staffing.double_funded(jsonb) to foerderbuch_municipality;
`;
