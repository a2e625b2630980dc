-- What the database looks like after all migrations, read from its catalogue; for reading and comparing, not for
-- running. Written by `npm run schema`, compared by test/database/schema.spec.ts. It is the same on PostgreSQL 15 to
-- 18, so whatever differs between these (names of NOT NULL constraints, MAINTAIN, table prefixes in views) is left out.

-- default rights
of foerderbuch_owner on functions: nobody else

-- extensions
extension btree_gist in schema public

-- function access.centre()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.centre()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      begin
        perform access.context();
        if access.setting('centre_id') is null then
          raise exception 'no context: the acting centre is not set for this transaction' using errcode = '42501';
        end if;
        return access.setting('centre_id')::uuid;
      end $function$
grant execute to foerderbuch_admin, foerderbuch_app, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_sealer, foerderbuch_signin, foerderbuch_system
comment 'The centre a municipality acts for; raises 42501 when it is not set.'

-- function access.context()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.context()
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      begin
        if access.setting('action') is null then
          raise exception 'no context: who acts is not set for this transaction' using errcode = '42501';
        end if;
        -- Migrations and repairs run as the owner and have no session to check.
        if session_user = 'foerderbuch_owner' or (select rolsuper from pg_roles where rolname = session_user) then
          return true;
        end if;
        if access.setting('seal') is distinct from access.sealed()
           or current_setting('role') <> 'foerderbuch_' || access.setting('role') then
          raise exception 'forged context: who acts was not checked for this transaction and role' using errcode = '42501';
        end if;
        return true;
      end $function$
grant execute to foerderbuch_admin, foerderbuch_app, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_sealer, foerderbuch_signin, foerderbuch_system
comment 'True when this transaction knows, checked, who acts; raises 42501 otherwise, so that forgetting never looks like emptiness.'

-- function access.enter(acting_session uuid, acting_role text, acting_action text, acting_request uuid, acting_for uuid, acting_on date)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.enter(acting_session uuid, acting_role text, acting_action text, acting_request uuid, acting_for uuid DEFAULT NULL::uuid, acting_on date DEFAULT NULL::date)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  declare
    found_grant uuid;
    found_user uuid;
    found_person uuid;
    found_centre uuid;
  begin
    perform access.named(acting_action, acting_request);
    select g.id, u.id, u.person_id, g.centre_id into found_grant, found_user, found_person, found_centre
      from session s
      join user_account u on u.id = s.user_id
      join role_grant g on g.id = s.role_grant_id
     where s.id = acting_session and s.ended_at is null and s.expires_at > transaction_timestamp()
       and u.disabled_at is null
       and g.role = acting_role and g.revoked_at is null and g.confirmed_at is not null;
    if not found then
      raise exception 'the session has ended' using errcode = 'FB401';
    end if;
    if acting_for is not null and access.stands_in(found_grant, acting_for, acting_on) is not true then
      raise exception 'nobody is represented without a substitution that holds' using errcode = 'FB403';
    end if;
    perform set_config('foerderbuch.role', acting_role, true),
            set_config('foerderbuch.action', acting_action, true),
            set_config('foerderbuch.request_id', acting_request::text, true),
            set_config('foerderbuch.person_id', found_person::text, true),
            set_config('foerderbuch.user_id', found_user::text, true),
            set_config('foerderbuch.centre_id', coalesce(found_centre::text, ''), true),
            set_config('foerderbuch.on_behalf_of', coalesce(acting_for::text, ''), true);
    perform set_config('foerderbuch.seal', access.sealed(), true);
  end $function$
grant execute to foerderbuch_app
comment 'Checks session, account and role grant, and fixes who acts, and on whose behalf, for this one transaction. FB401 when the session has ended, FB403 when no substitution holds on the business day.'

-- function access.enter_technical(acting_role text, acting_action text, acting_request uuid)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.enter_technical(acting_role text, acting_action text, acting_request uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
      begin
        if acting_role not in ('signin', 'system', 'sealer') then
          raise exception 'not a technical role: %', acting_role using errcode = '42501';
        end if;
        perform access.named(acting_action, acting_request);
        perform set_config('foerderbuch.role', acting_role, true),
                set_config('foerderbuch.action', acting_action, true),
                set_config('foerderbuch.request_id', acting_request::text, true),
                set_config('foerderbuch.person_id', '', true),
                set_config('foerderbuch.user_id', '', true),
                set_config('foerderbuch.centre_id', '', true),
                set_config('foerderbuch.on_behalf_of', '', true);
        perform set_config('foerderbuch.seal', access.sealed(), true);
      end $function$
grant execute to foerderbuch_app
comment 'Fixes the context of one transaction for the system itself: signing in, jobs, sealing.'

-- function access.erase_person(p_person uuid)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.erase_person(p_person uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  declare
    notes uuid[];
  begin
    perform access.context();
    if access.setting('action') <> 'person.confirmErasure' or not exists (
      select from person_erasure e
       where e.person_id = p_person and e.confirmed_at is null and e.requested_by <> access.person()) then
      raise exception 'nobody is erased whom another person has not asked to erase' using errcode = '42501';
    end if;
    select coalesce(array_agg(f.id), '{}') into notes
      from follow_up f
     where p_person in (f.created_by, f.done_by, f.for_person_id)
        or exists (select from person p left join user_account u on u.person_id = p.id
                    where p.id = p_person
                      and exists (select from unnest(array[p.name, p.email, u.username]) as called
                                   where position(access.words(called) in access.words(concat_ws(' ', f.note, f.remark))) > 0));
    -- Answers first, because they are found by the names: as these stand in JSON, without the quotes around them.
    with names as (
      select p.name as plain from person p where p.id = p_person
      union select p.email from person p where p.id = p_person
      union select u.username from user_account u where u.person_id = p_person
      union select note::text from unnest(notes) as note),
    needles as (
      select convert_to(substr(j, 2, length(j) - 2), 'UTF8') as needle
        from names cross join lateral (select to_json(plain)::text as j) as q where plain is not null)
    update idempotent_answer a set body = null, fingerprint = 'erased'
     where exists (select from needles n where position(n.needle in a.body) > 0);
    -- Another salt, not none: an open follow-up is still done one day, and what is remarked then is salted too.
    update follow_up
       set note = null, remark = null, salt = uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()),
           version = version + 1
     where id = any (notes);
    update role_grant set revoked_at = transaction_timestamp(), version = version + 1
     where person_id = p_person and revoked_at is null;
    update session s set ended_at = transaction_timestamp()
      from user_account u where u.id = s.user_id and u.person_id = p_person and s.ended_at is null;
    update credential c set password_hash = 'erased' from user_account u where u.id = c.user_id and u.person_id = p_person;
    update user_account
       set username = null, salt = null, disabled_at = coalesce(disabled_at, transaction_timestamp()), version = version + 1
     where person_id = p_person;
    update person set name = null, email = null, salt = null, erased_at = transaction_timestamp(), version = version + 1
     where id = p_person;
    update person_erasure set confirmed_at = transaction_timestamp(), version = version + 1
     where person_id = p_person and confirmed_at is null;
  end $function$
grant execute to foerderbuch_admin
comment 'Empties everything that names the person, the words of their follow-ups included, ends roles and sessions, and forgets stored answers with those names. Only for whoever confirms what another one asked.'

-- function access.hands(hand_table text, hand_row uuid, hand_column text, hand uuid)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.hands(hand_table text, hand_row uuid, hand_column text, hand uuid)
 RETURNS uuid[]
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    select array[hand] || array(
      select b.on_behalf_of from act_on_behalf b
       where b.row_id = hand_row and b.column_name = hand_column and b.table_name = hand_table and b.person_id = hand)
  $function$
comment 'Whoever was at work in an act: the person who did it, and the one represented.'

-- function access.is_colleague(p_person uuid)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.is_colleague(p_person uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    select access.context() and (p_person is null or exists (
      select from role_grant g join user_account u on u.id = g.user_id
       where g.person_id = p_person and g.role = access.setting('role')
         and g.centre_id is not distinct from access.setting('centre_id')::uuid
         and g.confirmed_at is not null and g.revoked_at is null and u.disabled_at is null))
  $function$
grant execute to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry
comment 'Whether the person acts in the same office as the caller, at the same centre where there is one; null stands for all of them.'

-- function access.is_done_now(person_column text, after_row jsonb, before_row jsonb)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.is_done_now(person_column text, after_row jsonb, before_row jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    select coalesce(after_row ->> (case when after_row ? act then act else person_column end) is not null
                    and before_row ->> (case when after_row ? act then act else person_column end) is null, false)
      from regexp_replace(person_column, '_by$', '_at') as t(act)
  $function$
comment 'Whether this very change does the act whose person the column names, for the first time or again.'

-- function access.named(acting_action text, acting_request uuid)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.named(acting_action text, acting_request uuid)
 RETURNS void
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      begin
        if acting_request is null or acting_action !~ '^[a-zA-Z]{1,60}([.][a-zA-Z]{1,60})?$' then
          raise exception 'an action is a noun and a verb, and a request has an id' using errcode = '42501';
        end if;
      end $function$
comment 'Refuses an entry without a proper action or request.'

-- function access.on_behalf()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.on_behalf()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  declare
    after_row jsonb;
    before_row jsonb;
    acted text;
  begin
    if access.setting('on_behalf_of') is null then
      return new;
    end if;
    perform access.context();
    after_row := to_jsonb(new);
    before_row := case when tg_op = 'UPDATE' then to_jsonb(old) end;
    foreach acted in array tg_argv loop
      if access.is_done_now(acted, after_row, before_row) then
        insert into act_on_behalf (id, table_name, row_id, case_id, column_name, person_id, on_behalf_of)
        values (gen_random_uuid(), tg_table_name, new.id, (after_row ->> 'case_id')::uuid, acted,
                (after_row ->> acted)::uuid, access.setting('on_behalf_of')::uuid);
      end if;
    end loop;
    return new;
  end $function$
comment 'Trigger, after the stamp: on_behalf(person_column, ...) writes down whom the acting person represents in what it does now.'

-- function access.only_forward()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.only_forward()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    if tg_op = 'INSERT' then
      if exists (select from lifecycle_step s
                  where s.table_name = tg_table_name and s.to_state = new.state and s.from_state <> s.to_state) then
        raise exception '% does not begin as %', tg_table_name, new.state using errcode = '42501';
      end if;
    elsif new.state <> old.state and not exists (
      select from lifecycle_step s
       where s.table_name = tg_table_name and s.from_state = old.state and s.to_state = new.state) then
      raise exception '% does not go from % to %', tg_table_name, old.state, new.state using errcode = '42501';
    end if;
    return new;
  end $function$
comment 'Trigger: a row begins in a state that no step leads to, and changes it only along a step of lifecycle_step.'

-- function access.other_persons()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.other_persons()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  declare
    after_row jsonb := to_jsonb(new);
    before_row jsonb := case when tg_op = 'UPDATE' then to_jsonb(old) end;
    position integer := 0;
    later text;
    earlier text;
  begin
    while position < tg_nargs loop
      later := tg_argv[position];
      earlier := tg_argv[position + 1];
      if access.is_done_now(later, after_row, before_row) and after_row ->> earlier is not null
         and array[(after_row ->> later)::uuid, access.setting('on_behalf_of')::uuid]
             && access.hands(tg_table_name, new.id, earlier, (after_row ->> earlier)::uuid) then
        raise exception '% is another person than %', later, earlier using errcode = '23514', constraint = 'four_eyes';
      end if;
      position := position + 2;
    end loop;
    return new;
  end $function$
comment 'Trigger, after the stamp: other_persons(later_column, earlier_column, ...) refuses a second act by whoever was at work in the first, in person, as a substitute or through one.'

-- function access.person()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.person()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      begin
        perform access.context();
        return access.setting('person_id')::uuid;
      end $function$
grant execute to foerderbuch_admin, foerderbuch_app, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_sealer, foerderbuch_signin, foerderbuch_system
comment 'The acting person; null for technical roles; raises 42501 without a context.'

-- function access.sealed()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.sealed()
 RETURNS text
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
        -- A JSON array, because text that is only joined can be the same for two different contexts.
        select encode(sha256(s.secret || convert_to(jsonb_build_array(
                 pg_backend_pid(), extract(epoch from transaction_timestamp())::text, access.setting('role'),
                 access.setting('action'), access.setting('request_id'), access.setting('person_id'),
                 access.setting('user_id'), access.setting('centre_id'), access.setting('on_behalf_of'))::text, 'UTF8')), 'hex')
          from context_secret s
      $function$
comment 'The seal the present context would need; only the functions of this schema may ask.'

-- function access.setting(name text)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.setting(name text)
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
        select nullif(current_setting('foerderbuch.' || name, true), '')
      $function$
grant execute to foerderbuch_admin, foerderbuch_app, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_sealer, foerderbuch_signin, foerderbuch_system

-- function access.stamp()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.stamp()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      declare
        before_row jsonb := case when tg_op = 'UPDATE' then to_jsonb(old) end;
        after_row jsonb := to_jsonb(new);
        position integer := 0;
      begin
        while position < tg_nargs loop
          if after_row ->> tg_argv[position + 1] is not null
             and (tg_op = 'INSERT' or before_row ->> tg_argv[position + 1] is null) then
            after_row := after_row || jsonb_build_object(
              tg_argv[position], access.person(), tg_argv[position + 1], transaction_timestamp());
          elsif tg_op = 'UPDATE' then
            after_row := after_row || jsonb_build_object(tg_argv[position], before_row -> tg_argv[position]);
            if after_row ->> tg_argv[position + 1] is not null then
              after_row := after_row || jsonb_build_object(tg_argv[position + 1], before_row -> tg_argv[position + 1]);
            end if;
          else
            after_row := after_row || jsonb_build_object(tg_argv[position], null);
          end if;
          position := position + 2;
        end loop;
        return jsonb_populate_record(new, after_row);
      end $function$
grant execute to foerderbuch_admin, foerderbuch_app, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_sealer, foerderbuch_signin, foerderbuch_system
comment 'Trigger: stamp(person_column, act_column, ...) writes the acting person and the instant when the act happens, and keeps both for ever.'

-- function access.stands_in(acting_grant uuid, acting_for uuid, acting_on date)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.stands_in(acting_grant uuid, acting_for uuid, acting_on date)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    select exists (
      select from substitution s
        join role_grant own on own.id = s.substitute_grant_id
        join role_grant away on away.id = s.role_grant_id
        join user_account account on account.id = away.user_id
       where s.substitute_grant_id = acting_grant and s.person_id = acting_for
         and s.valid_from <= acting_on and acting_on < s.valid_to
         and s.confirmed_at is not null and s.ended_at is null
         and away.confirmed_at is not null and away.revoked_at is null and account.disabled_at is null
         and away.role = own.role and away.centre_id is not distinct from own.centre_id and away.powers <@ own.powers)
  $function$
comment 'Whether the holder of a role grant stands in for a person on a business day. A substitute gains no right: it holds the same role, for the same centre and with the same powers at least.'

-- function access.user_id()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.user_id()
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    perform access.context();
    return access.setting('user_id')::uuid;
  end $function$
grant execute to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_signin, foerderbuch_system

-- function access.with_applicant(wanted uuid)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.with_applicant(wanted uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    select exists (select from application a where a.id = wanted and a.state in ('draft', 'queried'))
  $function$
grant execute to foerderbuch_municipality
comment 'Whether an application lies with its applicant: drafted, or handed back with a query.'

-- function access.with_authority(wanted uuid, wanted_submission integer)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.with_authority(wanted uuid, wanted_submission integer)
 RETURNS boolean
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    select exists (select from application a
                    where a.id = wanted and a.submission = wanted_submission and a.state in ('submitted', 'in_check'))
  $function$
grant execute to foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry
comment 'Whether a submission lies with the granting authority, neither handed back nor recommended yet.'

-- function access.words(p_text text)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION access.words(p_text text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    select ' ' || lower(regexp_replace(p_text, '[[:space:][:punct:]]+', ' ', 'g')) || ' '
  $function$
comment 'A text as its words in small letters, each between spaces: one text names another where it contains it so.'

-- function audit.account_only_forward()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.account_only_forward()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    if old.withdrawn_at is not null
       or (old.confirmed_at is not null and new.confirmed_at is distinct from old.confirmed_at)
       or (old.replaced_at is not null and new.replaced_at is distinct from old.replaced_at) then
      raise exception 'a bank account is confirmed once and replaced once, or withdrawn for ever: propose a new one' using errcode = '42501';
    end if;
    return new;
  end $function$
comment 'Trigger: a bank account is confirmed once and replaced once, or withdrawn for ever.'

-- function audit.act_on_the_same_case()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.act_on_the_same_case()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    if not exists (select from decision b
                    where b.id = new.basis_id and b.case_id = new.case_id and b.application_id = new.application_id
                      and b.basis_id is null and b.state = 'notified') then
      raise exception 'an act changes a notified decision of its own case' using errcode = '42501';
    end if;
    return new;
  end $function$
comment 'Trigger: an amendment, withdrawal or revocation belongs to the case of the decision it changes, which has been notified.'

-- function audit.append(p_body bytea, p_subjects jsonb, p_parts jsonb, p_cases uuid[], p_person uuid, p_case uuid, p_centre uuid)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.append(p_body bytea, p_subjects jsonb, p_parts jsonb, p_cases uuid[], p_person uuid, p_case uuid, p_centre uuid)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  declare
    record_key bigint;
    body jsonb := convert_from(p_body, 'UTF8')::jsonb;
    -- Only signing in names a person: the context cannot know one before the password was right.
    actor uuid := case when access.setting('role') in ('signin', 'system') then p_person else access.person() end;
  begin
    perform access.context();
    if body #>> '{actor,role}' is distinct from access.setting('role')
       or (body #>> '{actor,person}')::uuid is distinct from actor
       or (body #>> '{actor,onBehalfOf}')::uuid is distinct from access.setting('on_behalf_of')::uuid
       or body ->> 'action' is distinct from access.setting('action')
       or (body ->> 'requestId')::uuid is distinct from access.setting('request_id')::uuid
       or (body ->> 'epoch')::integer is distinct from audit.current_epoch()
       or (body ->> 'at')::timestamptz is distinct from transaction_timestamp()
       or (body ->> 'caseId')::uuid is distinct from p_case
       or (body ->> 'centreId')::uuid is distinct from p_centre then
      raise exception 'the record says something else than what is known of this transaction' using errcode = '42501';
    end if;
    perform audit.judge_claims(p_subjects, p_parts, p_cases, p_centre);
    insert into audit_record (epoch, actor_person, on_behalf_of, role, action, centre_id, case_id, request_id, body)
    values (audit.current_epoch(), actor, access.setting('on_behalf_of')::uuid, access.setting('role'), access.setting('action'),
            p_centre, p_case, access.setting('request_id')::uuid, p_body)
    returning id into record_key;
    insert into audit_subject (record_id, subject_type, subject_id, version, centre_id, case_id)
    select record_key, s.type, s.id, s.version, s."centreId", s."caseId"
      from jsonb_to_recordset(p_subjects) as s(type text, id uuid, version integer, "centreId" uuid, "caseId" uuid);
    insert into audit_part (record_id, case_id, centre_id, bytes)
    select record_key, p."caseId", p."centreId", decode(p.bytes, 'base64')
      from jsonb_to_recordset(p_parts) as p("caseId" uuid, "centreId" uuid, bytes text);
    with links as (
      insert into audit_case_head as head (case_id, sequence, leaf_hash)
      select distinct one, 1, sha256('\x00'::bytea || p_body) from unnest(p_cases) as one order by one
      on conflict (case_id) do update set sequence = head.sequence + 1, leaf_hash = excluded.leaf_hash
      returning case_id, sequence)
    insert into audit_case (case_id, sequence, record_id) select case_id, sequence, record_key from links;
    return record_key;
  end $function$
grant execute to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_signin, foerderbuch_system
comment 'The only writer of the audit record. Who, as what, and which request come from the context, not from the caller.'

-- function audit.attachment_whole()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.attachment_whole()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  declare
    whole bytea;
  begin
    select string_agg(c.content, ''::bytea order by c.position) into whole
      from attachment_chunk c where c.attachment_id = new.id;
    if whole is null or octet_length(whole) <> new.size_bytes or encode(sha256(whole), 'hex') <> new.sha256 then
      raise exception 'the pieces of an attachment make another file than its row says' using errcode = '42501';
    end if;
    return null;
  end $function$
comment 'Trigger: before the commit, the pieces of a new attachment hash to what its row says.'

-- function audit.call_closed_once()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.call_closed_once()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    if old.closed_at is not null then
      raise exception 'a call is closed once, and stays as it was closed' using errcode = '42501';
    end if;
    return new;
  end $function$
comment 'Trigger: what is closed is neither opened nor closed again.'

-- function audit.carries_over()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.carries_over()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
      begin
        if new.kind = 'carry_over' and not (select l.transferable from budget_line l where l.id = new.line_id) then
          raise exception 'the line is not transferable' using errcode = '23514', constraint = 'appropriation_transferable';
        end if;
        return new;
      end $function$
comment 'Trigger: only transferable lines carry money over.'

-- function audit.case_leaves(p_case uuid)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.case_leaves(p_case uuid)
 RETURNS TABLE(record_id bigint, leaf_index bigint)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    if audit.may_see_case(p_case) then
      return query select c.record_id, l.leaf_index from audit_case c join audit_leaf l on l.record_id = c.record_id where c.case_id = p_case;
    end if;
  end $function$
grant execute to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_system
comment 'The leaves of a case: against the records one may read they show how far its file may go.'

-- function audit.case_links(p_case uuid, p_size bigint)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.case_links(p_case uuid, p_size bigint)
 RETURNS TABLE(sequence integer, leaf_index bigint, body bytea, part bytea, rows text[])
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    if not audit.may_see_case(p_case) then
      return;
    end if;
    -- Up to the first link that is not sealed below that size: a later one may be, and would leave a gap.
    return query
      select c.sequence, l.leaf_index, r.body, p.bytes, array(
               select concat_ws(E'\n', h.table_name, h.operation, h.row_id::text, coalesce(h.before, ''), coalesce(h.after, ''))
                 from row_change h
                where h.epoch = r.epoch and h.xid = r.xid and (p.bytes is null or h.case_id is null or h.case_id = p_case)
                order by p.bytes is not null and h.case_id is not null, h.id)
        from audit_case c
        join audit_record r on r.id = c.record_id
        join audit_leaf l on l.record_id = r.id
        left join audit_part p on p.record_id = r.id and p.case_id = c.case_id
       where c.case_id = p_case and l.leaf_index < p_size
         and c.sequence < coalesce((
           select min(g.sequence) from audit_case g left join audit_leaf s on s.record_id = g.record_id
            where g.case_id = p_case and (s.leaf_index is null or s.leaf_index >= p_size)), 2147483647)
       order by c.sequence;
  end $function$
grant execute to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_system
comment 'The sealed records of a case in its order, with its own parts and row changes; nothing for those who may not see the case.'

-- function audit.chain_faults()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.chain_faults()
 RETURNS SETOF audit.fault
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    return query
      with said as (
        select t.record_id, (l.value ->> 'caseId')::uuid as case_id, (l.value ->> 'sequence')::integer as sequence,
               l.value ->> 'previous' as previous
          from audit.told() t
          cross join lateral jsonb_array_elements(
            case when t.case_id is null then t.said -> 'cases' else jsonb_build_array(t.said) end) as l),
      stored as (
        select c.case_id, c.sequence, c.record_id, encode(sha256('\x00'::bytea || r.body), 'hex') as leaf
          from audit_case c left join audit_record r on r.id = c.record_id)
      select 'case-link-altered', 'case ' || coalesce(s.case_id, k.case_id) || ' link ' || coalesce(s.sequence, k.sequence),
             case when k.case_id is null then 'missing' when s.case_id is null then 'invented' else 'record_id' end
        from said s full join stored k using (case_id, sequence)
       where s.record_id is distinct from k.record_id
      union all
      select 'case-link-altered', 'case ' || s.case_id || ' link ' || s.sequence, 'previous'
        from said s left join stored k on k.case_id = s.case_id and k.sequence = s.sequence - 1
       where s.previous is distinct from k.leaf
      union all
      select 'case-head-altered', 'case ' || coalesce(h.case_id, k.case_id),
             case when h.sequence is distinct from k.sequence then 'sequence' else 'leaf_hash' end
        from audit_case_head h
        full join (select distinct on (s.case_id) s.case_id, s.sequence, s.leaf from stored s order by s.case_id, s.sequence desc) as k
          using (case_id)
       where h.sequence is distinct from k.sequence or encode(h.leaf_hash, 'hex') is distinct from k.leaf;
  end $function$
comment 'The chain of each case: numbered without a gap, each link naming the leaf before.'

-- function audit.change_counted()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.change_counted()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    perform access.context();
    update application set version = version + 1 where id = new.application_id;
    return null;
  end $function$
comment 'Trigger: a change told or answered raises the version of its application, which counts what is open then.'

-- function audit.change_faults()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.change_faults()
 RETURNS SETOF audit.fault
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    return query
      with said as (
        select t.record_id, t.epoch, t.xid, t.at, p.id, p."table" as table_name, p."rowId" as row_id, p.operation, p.sha256
          from audit.told() t cross join lateral jsonb_to_recordset(t.said -> 'rowChanges')
            as p(id bigint, "table" text, "rowId" uuid, operation text, sha256 text))
      select case when k.id is null then 'row-change-missing' when s.id is null then 'row-change-unrecorded' else 'row-change-altered' end,
             'row change ' || coalesce(s.id, k.id) || coalesce(' of record ' || s.record_id, ''), f.name
        from said s full join row_change k using (id)
        cross join lateral (values
          ('id', s.id is null or k.id is null),
          ('epoch', s.epoch is distinct from k.epoch),
          ('xid', s.xid is distinct from k.xid),
          ('at', s.at is distinct from k.at),
          ('table_name', s.table_name is distinct from k.table_name),
          ('row_id', s.row_id is distinct from k.row_id),
          ('operation', s.operation is distinct from k.operation),
          ('sha256', s.sha256 is distinct from encode(k.sha256, 'hex'))) as f(name, wrong)
       where f.wrong and (f.name = 'id' or s.id is not null and k.id is not null);

    return query
      select 'row-change-altered', 'row change ' || k.id, f.name
        from row_change k cross join lateral (values
          ('before, after', k.sha256 <> sha256(convert_to(concat_ws(E'\n', k.table_name, k.operation, k.row_id::text,
                                                coalesce(k.before, ''), coalesce(k.after, '')), 'UTF8'))),
          ('case_id', audit.json_in(convert_to(coalesce(k.after, k.before), 'UTF8')) ->> 'case_id'
                      is distinct from k.case_id::text)) as f(name, wrong)
       where f.wrong;
  end $function$
comment 'Every row change has one record that names it, and every named one is there with the hash it had.'

-- function audit.checked_to_recommend()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.checked_to_recommend()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    if not exists (
      select from application_check c
       where c.application_id = new.id and c.submission = new.submission
         and c.queries = (select count(*) from application_query q where q.application_id = new.id)) then
      raise exception 'what is recommended was checked, and nothing asked since' using errcode = '42501';
    end if;
    return new;
  end $function$
comment 'Trigger: only an application whose latest submission was checked after the last query is recommended.'

-- function audit.classify(target text, personal text[], secret text[])
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.classify(target text, personal text[], secret text[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  declare
    unknown text;
  begin
    select name into unknown from unnest(personal || secret) as name
     where not exists (select from information_schema.columns c
                        where c.table_schema = 'public' and c.table_name = target and c.column_name = name);
    if unknown is not null then
      raise exception 'table % has no column %', target, unknown;
    end if;
    insert into column_classification (table_name, column_name, class)
    select target, c.column_name,
           case when c.column_name = any (personal) then 'personal'
                when c.column_name = any (secret) then 'blob' else 'public' end
      from information_schema.columns c
     where c.table_schema = 'public' and c.table_name = target
    on conflict (table_name, column_name) do update set class = excluded.class;
    execute format('alter table public.%I enable row level security', target);
    execute format('alter table public.%I force row level security', target);
    execute format('drop policy if exists owner on public.%I', target);
    execute format('create policy owner on public.%I to foerderbuch_owner using (true) with check (true)', target);
  end $function$

-- function audit.closes_once()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.closes_once()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    if old.state <> 'open' or new.state <> 'closed' or old.funding_year <> new.funding_year
       or old.opened_at <> new.opened_at then
      raise exception 'a budget year is closed once and stays closed' using errcode = '42501';
    end if;
    return new;
  end $function$
comment 'Trigger: an open year may be closed, nothing else.'

-- function audit.collect(case_ids uuid[])
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.collect(case_ids uuid[])
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET "TimeZone" TO 'UTC'
AS $function$
  declare
    links jsonb := '[]';
    changes jsonb;
    one uuid;
    head audit_case_head;
    now_epoch integer := audit.current_epoch();
  begin
    perform access.context();
    if access.setting('centre_id') is not null and exists (
      select from unnest(case_ids) as named where not audit.is_case_of(named, access.setting('centre_id')::uuid)) then
      raise exception 'a case of another centre' using errcode = '42501';
    end if;
    -- A restore opens a new epoch; a transaction it overtook is run again, or its record would stand in neither.
    if exists (select from row_change where epoch = now_epoch - 1 and xid = pg_current_xact_id()) then
      raise exception 'a new epoch of the audit record has begun' using errcode = '40001';
    end if;
    select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'table', c.table_name, 'rowId', c.row_id,
                                                 'operation', c.operation, 'caseId', c.case_id,
                                                 'sha256', encode(c.sha256, 'hex')) order by c.id), '[]')
      into changes
      from row_change c where c.epoch = now_epoch and c.xid = pg_current_xact_id();
    -- Whoever changes a row of a case acts in that case, whether the command says so or not.
    for one in
      select unnest(case_ids) union select (c.value ->> 'caseId')::uuid from jsonb_array_elements(changes) as c
       where c.value ->> 'caseId' is not null
       order by 1
    loop
      select * into head from audit_case_head where case_id = one for update;
      if not found then
        -- Serialises the first record of a case, whose head row does not exist yet.
        perform pg_advisory_xact_lock(hashtextextended('case ' || one, 0));
        select * into head from audit_case_head where case_id = one for update;
      end if;
      links := links || jsonb_build_object('caseId', one, 'sequence', coalesce(head.sequence, 0) + 1,
                                           'previous', encode(head.leaf_hash, 'hex'));
    end loop;
    return jsonb_build_object(
      'at', to_char(transaction_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'epoch', now_epoch, 'cases', links, 'rowChanges', changes);
  end $function$
grant execute to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_signin, foerderbuch_system
comment 'What this transaction changed so far, its instant, and the next link of the chain of each case (the heads stay locked).'

-- function audit.current_epoch()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.current_epoch()
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    select max(epoch) from audit_epoch
  $function$
grant execute to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_signin, foerderbuch_system

-- function audit.decided_stays()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.decided_stays()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
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
  end $function$
comment 'Trigger: once an application is decided only its version rises, because something was told of it or answered; what is open of that is counted here and nowhere else.'

-- function audit.decision_by_others()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.decision_by_others()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    if new.released_by is null or old.released_by is not null then
      return new;
    end if;
    if exists (
      select from (
        select access.hands('decision_derivation', v.id, 'drafted_by', v.drafted_by) as persons
          from decision_derivation v where v.decision_id = new.id
        union all
        -- An act on a grant has no application of its own that somebody checked and recommended.
        select access.hands('application_check', c.id, 'checked_by', c.checked_by)
          from application_check c where new.basis_id is null and c.application_id = new.application_id
        union all
        select access.hands('application', a.id, 'recommended_by', a.recommended_by)
          from application a where new.basis_id is null and a.id = new.application_id) as before_it
       where before_it.persons && array[new.released_by, access.setting('on_behalf_of')::uuid]) then
      raise exception 'whoever had a hand in the decision does not release it' using errcode = '23514', constraint = 'decision_four_eyes';
    end if;
    return new;
  end $function$
comment 'Trigger: whoever worded any draft of a decision, checked its application or recommended it does not release it, nor does who represented them or was represented by them.'

-- function audit.declare_business(target text, personal text[], secret text[])
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.declare_business(target text, personal text[] DEFAULT '{}'::text[], secret text[] DEFAULT '{}'::text[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    if cardinality(personal) > 0 and not exists (
      select from information_schema.columns c
       where c.table_schema = 'public' and c.table_name = target and c.column_name = 'salt') then
      raise exception 'table % has personal columns and needs a column salt', target;
    end if;
    if cardinality(personal) > 0 then
      secret := secret || array['salt'];
    end if;
    perform audit.classify(target, personal, secret);
    insert into table_classification values (target, 'business', null)
    on conflict (table_name) do update set class = 'business', reason = null;
    execute format('drop trigger if exists journal on public.%I', target);
    execute format(
      'create trigger journal after insert or update or delete on public.%I for each row execute function audit.journal(%L, %L)',
      target, array_to_string(personal, ','), array_to_string(secret, ','));
    execute format('drop trigger if exists no_truncate on public.%I', target);
    execute format(
      'create trigger no_truncate before truncate on public.%I for each statement execute function audit.refuse_truncate()',
      target);
  end $function$
comment 'Declares a table whose every row change is journalled. Call it again after adding columns.'

-- function audit.declare_technical(target text, reason text, personal text[], secret text[])
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.declare_technical(target text, reason text, personal text[] DEFAULT '{}'::text[], secret text[] DEFAULT '{}'::text[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    perform audit.classify(target, personal, secret);
    insert into table_classification values (target, 'technical', reason)
    on conflict (table_name) do update set class = 'technical', reason = excluded.reason;
  end $function$
comment 'Declares a table that is not journalled, and why. Row-level security is forced all the same.'

-- function audit.done_once()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.done_once()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    -- Only an erasure empties a note; no office has the right to write that column.
    if old.done_at is not null and (new.note is not null or old.note is null) then
      raise exception 'a follow-up is done once, and stays done' using errcode = '42501';
    end if;
    return new;
  end $function$
comment 'Trigger: what is done is never undone or remarked on again; only erasing a person empties its words.'

-- function audit.faults()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.faults()
 RETURNS SETOF audit.fault
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET "TimeZone" TO 'UTC'
AS $function$
  declare
    part text;
  begin
    perform access.context();
    foreach part in array array['record', 'chain', 'change', 'row', 'ledger', 'tree'] loop
      begin
        return query execute format('select * from audit.%I()', part || '_faults');
      exception when others then
        -- Something was altered so that it cannot even be read; that must not hide what else was.
        return next ('unreadable', part, sqlerrm)::audit.fault;
      end;
    end loop;
  end $function$
grant execute to foerderbuch_auditor, foerderbuch_sealer, foerderbuch_system
comment 'Everything that does not fit between commands, row changes, transfers, rows, accounts and the sealed log. Empty when nothing was altered.'

-- function audit.guideline_only_forward()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.guideline_only_forward()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  declare
    acts constant text[] := array['state', 'released_at', 'released_by', 'co_released_at', 'co_released_by', 'superseded_from', 'replaced_at',
                                  'withdrawn_at', 'withdrawn_by', 'withdrawal_reason', 'version'];
  begin
    if old.withdrawn_at is not null
       or (old.released_at is not null and new.released_at is distinct from old.released_at)
       or (old.co_released_at is not null and new.co_released_at is distinct from old.co_released_at)
       or (old.replaced_at is not null and new.replaced_at is distinct from old.replaced_at)
       or (old.superseded_from is not null and (new.superseded_from is null or new.superseded_from > old.superseded_from))
       or to_jsonb(old) - acts <> to_jsonb(new) - acts then
      raise exception 'a guideline version is never edited: draft a new one' using errcode = '42501';
    end if;
    return new;
  end $function$
comment 'Trigger: a version is released, co-released, superseded and replaced, each once, or withdrawn for ever, and never changed otherwise.'

-- function audit.guideline_part_of_draft()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.guideline_part_of_draft()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    if not exists (select from guideline_version v where v.id = new.guideline_version_id and v.state = 'drafted'
                      and v.drafted_by is not distinct from access.person()) then
      raise exception 'posts, rates, dates and provisions are entered with the draft, by its drafter' using errcode = '42501';
    end if;
    return new;
  end $function$
comment 'Trigger: posts, rates, dates and provisions belong to a draft of one''s own.'

-- function audit.handed_back()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.handed_back()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    if (tg_table_name = 'application_query')
       <> exists (select from application a where a.id = new.application_id and a.state = 'queried') then
      raise exception 'a query hands an application back, and its answer returns it' using errcode = '42501';
    end if;
    return null;
  end $function$
comment 'Trigger: before the commit, an application that was asked about lies with its applicant, and one that was answered for does not.'

-- function audit.hearing_said_once()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.hearing_said_once()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
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
  end $function$
comment 'Trigger: an answer is given once, before the act it is about is made known, and stays as it was given and by whom; after a hearing is closed nobody but the recipient says anything.'

-- function audit.instant(moment timestamp with time zone)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.instant(moment timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  $function$
comment 'An instant as bodies write it.'

-- function audit.is_case_of(p_case uuid, p_centre uuid)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.is_case_of(p_case uuid, p_centre uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    select not exists (select from audit_subject s
                        where s.case_id = p_case and s.centre_id is not null and s.centre_id <> p_centre)
  $function$
comment 'Whether nothing recorded so far of a case belongs to another centre.'

-- function audit.is_unnoticed(p_record bigint)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.is_unnoticed(p_record bigint)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    select (select access.context()) and exists (select from audit_subject s join decision d on d.id = s.subject_id
                    where s.record_id = p_record and s.subject_type = 'decision' and d.state in ('drafted', 'released'))
  $function$
grant execute to foerderbuch_municipality
comment 'Whether the record is about a decision that has not been made known.'

-- function audit.journal()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.journal()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET "TimeZone" TO 'UTC'
AS $function$
  declare
    personal text[] := string_to_array(tg_argv[0], ',');
    secret text[] := string_to_array(tg_argv[1], ',');
    before_row jsonb;
    after_row jsonb;
    before_text text;
    after_text text;
    row_key uuid;
  begin
    perform access.context();
    if tg_op <> 'INSERT' then
      before_row := to_jsonb(old);
      before_text := audit.shown(before_row, personal, secret);
      row_key := old.id;
    end if;
    if tg_op <> 'DELETE' then
      after_row := to_jsonb(new);
      after_text := audit.shown(after_row, personal, secret);
      row_key := new.id;
    end if;
    -- A row that belongs to a case says so in its column case_id: its change goes into the file of that case.
    insert into row_change (epoch, table_name, row_id, case_id, operation, before, after, sha256)
    values (audit.current_epoch(), tg_table_name, row_key, (coalesce(after_row, before_row) ->> 'case_id')::uuid,
            lower(tg_op), before_text, after_text,
            sha256(convert_to(concat_ws(E'\n', tg_table_name, lower(tg_op), row_key::text,
                                        coalesce(before_text, ''), coalesce(after_text, '')), 'UTF8')));
    return null;
  end $function$
comment 'Trigger of every business table: journals before and after, and refuses a write without context.'

-- function audit.json_in(bytes bytea)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.json_in(bytes bytea)
 RETURNS jsonb
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    return convert_from(bytes, 'UTF8')::jsonb;
  exception when others then
    return null;
  end $function$
comment 'What a body or part says; null when it is no JSON any more.'

-- function audit.judge_claims(p_subjects jsonb, p_parts jsonb, p_cases uuid[], p_centre uuid)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.judge_claims(p_subjects jsonb, p_parts jsonb, p_cases uuid[], p_centre uuid)
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  declare
    own uuid := access.setting('centre_id')::uuid;
  begin
    perform access.context();
    -- A version is claimed by who made it: the row was changed in this very transaction.
    if exists (
      select from jsonb_to_recordset(p_subjects) as s(id uuid, version integer)
       where s.version is not null and not exists (
         select from row_change c
          where c.epoch = audit.current_epoch() and c.xid = pg_current_xact_id() and c.row_id = s.id)) then
      raise exception 'a version is claimed that this transaction did not make' using errcode = '42501';
    end if;
    -- Whoever acts for one centre speaks of that centre and its cases only.
    if own is not null and (
         p_centre is distinct from own and p_centre is not null
         or exists (select from jsonb_to_recordset(p_subjects) as s("centreId" uuid) where s."centreId" <> own)
         or exists (select from jsonb_to_recordset(p_parts) as p("centreId" uuid) where p."centreId" <> own)
         or exists (select from unnest(p_cases) as one where not audit.is_case_of(one, own))) then
      raise exception 'the record speaks of another centre' using errcode = '42501';
    end if;
  end $function$
comment 'Refuses a record that claims versions it did not make, or cases of a centre its actor does not act for.'

-- function audit.ledger_faults()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.ledger_faults()
 RETURNS SETOF audit.fault
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    return query
      with said as (
        -- A transfer between two cases stands in the parts of both.
        select distinct on (v.value ->> 'id') t.record_id, t.epoch, t.xid, t.at, (v.value ->> 'id')::uuid as id, v.value as v
          from audit.told() t cross join lateral jsonb_array_elements(t.said -> 'transfers') as v)
      select case when k.id is null then 'transfer-missing' when s.id is null then 'transfer-unrecorded' else 'transfer-altered' end,
             'transfer ' || coalesce(s.id, k.id) || coalesce(' of record ' || s.record_id, ''), f.name
        from said s full join transfer k using (id)
        cross join lateral (values
          ('id', s.id is null or k.id is null),
          ('journal', v ->> 'journal' is distinct from k.journal::text),
          ('debit', v #>> '{debit,account}' is distinct from k.debit::text),
          ('credit', v #>> '{credit,account}' is distinct from k.credit::text),
          ('amount_cents', v ->> 'amountCents' is distinct from k.amount_cents::text),
          ('code', v ->> 'code' is distinct from k.code),
          ('effective_on', v ->> 'effectiveOn' is distinct from k.effective_on::text),
          ('reverses', v ->> 'reverses' is distinct from k.reverses::text),
          ('debit_version', v #>> '{debit,version}' is distinct from k.debit_version::text),
          ('credit_version', v #>> '{credit,version}' is distinct from k.credit_version::text),
          ('centre_id', coalesce(v #>> '{credit,centreId}', v #>> '{debit,centreId}') is distinct from k.centre_id::text),
          ('case_id', coalesce(v #>> '{credit,caseId}', v #>> '{debit,caseId}') is distinct from k.case_id::text),
          ('epoch', s.epoch is distinct from k.epoch),
          ('xid', s.xid is distinct from k.xid),
          ('at', s.at is distinct from k.at)) as f(name, wrong)
       where f.wrong and (f.name = 'id' or s.id is not null and k.id is not null);

    return query
      with folded as (
        select side.account as id, sum(side.debit) as debits, sum(side.credit) as credits, max(side.version) as version,
               count(*) as times
          from transfer t cross join lateral (values
            (t.debit, t.amount_cents, 0, t.debit_version), (t.credit, 0, t.amount_cents, t.credit_version))
              as side(account, debit, credit, version)
         group by side.account)
      select 'account-altered', 'account ' || coalesce(a.id, f.id), w.name
        from account a full join folded f using (id)
        cross join lateral (values
          ('id', a.id is null),
          ('debits', a.debits is distinct from coalesce(f.debits, 0)),
          ('credits', a.credits is distinct from coalesce(f.credits, 0)),
          ('version', a.version is distinct from coalesce(f.version, 0) or a.version is distinct from coalesce(f.times, 0))) as w(name, wrong)
       where w.wrong and (w.name = 'id' or a.id is not null);

    return query
      with said as (
        select distinct on (side.value ->> 'account') (side.value ->> 'account')::uuid as id, side.value as v
          from audit.told() t cross join lateral jsonb_array_elements(t.said -> 'transfers') as m
          cross join lateral (values (m.value -> 'debit'), (m.value -> 'credit')) as side(value))
      select 'account-altered', 'account ' || a.id, w.name
        from account a join said s on s.id = a.id
        cross join lateral (values
          ('stage', v ->> 'stage' is distinct from a.stage),
          ('line_id', v ->> 'lineId' is distinct from a.line_id::text),
          ('funding_year', v ->> 'fundingYear' is distinct from a.funding_year::text),
          ('issue_year', v ->> 'issueYear' is distinct from a.issue_year::text),
          ('programme', v ->> 'programme' is distinct from a.programme),
          ('centre_id', v ->> 'centreId' is distinct from a.centre_id::text),
          ('source', v ->> 'source' is distinct from a.source),
          ('case_id', v ->> 'caseId' is distinct from a.case_id::text),
          ('bounded', a.bounded <> (a.stage !~ 'outside$'))) as w(name, wrong)
       where w.wrong;
  end $function$
comment 'Every transfer stands in one record and every recorded one in the ledger; accounts are their fold.'

-- function audit.may_see_case(p_case uuid)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.may_see_case(p_case uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    perform access.context();
    if access.setting('role') = 'municipality' then
      return exists (select from audit_subject s where s.case_id = p_case and s.centre_id = access.centre());
    end if;
    return access.setting('role') in ('ministry', 'granting_authority', 'cashier', 'auditor', 'system')
       and exists (select from audit_case c where c.case_id = p_case);
  end $function$
grant execute to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_system
comment 'Whether whoever acts may have the file of a case: offices of the Land any, a municipality its own.'

-- function audit.must_be_recorded()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.must_be_recorded()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    -- Migrations and repairs by the owner are in the journal; only commands have records.
    if session_user = 'foerderbuch_owner' or (select rolsuper from pg_roles where rolname = session_user) then
      return null;
    end if;
    if not exists (select from audit_record r where r.epoch = new.epoch and r.xid = new.xid) then
      raise exception 'a change without an audit record cannot be committed' using errcode = '42501';
    end if;
    return null;
  end $function$
comment 'Trigger at commit: whatever was changed, by whatever SQL, the transaction holds the record of it.'

-- function audit.open_epoch(p_reason text, p_origin text, p_commits text, p_above integer)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.open_epoch(p_reason text, p_origin text, p_commits text, p_above integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  declare
    opened integer;
  begin
    perform access.context();
    -- Waits for every writer that has read the old epoch, and holds new ones until this commits.
    lock table audit_epoch in access exclusive mode;
    insert into audit_epoch (epoch, reason)
    select greatest(max(epoch), p_above) + 1, p_reason from audit_epoch returning epoch into opened;
    update audit_tree set epoch = opened, origin = p_origin, commits = p_commits, watermark = '0', system_id = audit.system_id();
    return opened;
  end $function$
grant execute to foerderbuch_sealer
comment 'Opens a new epoch of the log after a restore. The tree keeps its leaves; transaction numbers count anew.'

-- function audit.proposal_ends_once()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.proposal_ends_once()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      declare
        ends constant text[] := array['state', 'released_at', 'released_by', 'withdrawn_at', 'withdrawn_by', 'withdrawal_reason', 'version'];
      begin
        if old.state <> 'proposed' or new.state = 'proposed' or to_jsonb(old) - ends <> to_jsonb(new) - ends then
          raise exception '% is never edited: propose a new one', tg_table_name using errcode = '42501';
        end if;
        return new;
      end $function$
comment 'Trigger: a proposal is released or withdrawn, once, and never changed otherwise.'

-- function audit.recommended_with_reason()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.recommended_with_reason()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    if not exists (select from application_recommendation r where r.application_id = new.id) then
      raise exception 'a recommendation says what should be decided' using errcode = '42501';
    end if;
    return null;
  end $function$
comment 'Trigger: before the commit, an application that was recommended has its recommendation.'

-- function audit.record_faults()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.record_faults()
 RETURNS SETOF audit.fault
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    return query
      select 'record-altered', 'record ' || r.id, f.name
        from audit_record r cross join lateral (select audit.json_in(r.body) as said offset 0) as b
        cross join lateral (values
          ('body', b.said is null),
          ('epoch', b.said ->> 'epoch' is distinct from r.epoch::text),
          ('at', b.said ->> 'at' is distinct from audit.instant(r.at)),
          ('actor_person', b.said #>> '{actor,person}' is distinct from r.actor_person::text),
          ('on_behalf_of', b.said #>> '{actor,onBehalfOf}' is distinct from r.on_behalf_of::text),
          ('role', b.said #>> '{actor,role}' is distinct from r.role),
          ('action', b.said ->> 'action' is distinct from r.action),
          ('centre_id', b.said ->> 'centreId' is distinct from r.centre_id::text),
          ('case_id', b.said ->> 'caseId' is distinct from r.case_id::text),
          ('request_id', b.said ->> 'requestId' is distinct from r.request_id::text)) as f(name, wrong)
       where f.wrong;

    return query
      with said as (
        select t.record_id, s.type as subject_type, s.id as subject_id, s.version, s."centreId" as centre_id, s."caseId" as case_id
          from audit.told() t cross join lateral jsonb_to_recordset(t.said -> 'subjects')
            as s(type text, id uuid, version integer, "centreId" uuid, "caseId" uuid))
      select case when s.record_id is null then 'subject-invented' when k.record_id is null then 'subject-missing'
                  else 'subject-altered' end,
             'record ' || coalesce(s.record_id, k.record_id) || ' subject ' || coalesce(s.subject_id, k.subject_id), f.name
        from said s full join audit_subject k using (record_id, subject_type, subject_id)
        cross join lateral (values
          ('record_id', s.record_id is null or k.record_id is null),
          ('version', s.version is distinct from k.version),
          ('centre_id', s.centre_id is distinct from k.centre_id),
          ('case_id', s.case_id is distinct from k.case_id)) as f(name, wrong)
       where f.wrong and (f.name = 'record_id' or s.record_id is not null and k.record_id is not null);

    return query
      with pinned as (
        select r.id as record_id, p.value ->> 'sha256' as sha256
          from audit_record r cross join lateral jsonb_array_elements(audit.json_in(r.body) -> 'parts') as p)
      select case when n.sha256 is null then 'part-altered' else 'part-missing' end,
             'record ' || coalesce(n.record_id, p.record_id), 'bytes'
        from pinned n
        full join (select record_id, encode(sha256(bytes), 'hex') as sha256 from audit_part) as p using (record_id, sha256)
       where n.record_id is null or p.record_id is null
      union all
      select 'part-altered', 'record ' || p.record_id || ' case ' || p.case_id, f.name
        from audit_part p cross join lateral (select audit.json_in(p.bytes) as said offset 0) as b
        cross join lateral (values
          ('case_id', b.said ->> 'caseId' is distinct from p.case_id::text),
          ('centre_id', b.said ->> 'centreId' is distinct from p.centre_id::text)) as f(name, wrong)
       where f.wrong;
  end $function$
comment 'Records, subjects and parts against the bytes that were sealed.'

-- function audit.refuse_change()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    raise exception '% is append-only', tg_table_name using errcode = '42501';
  end $function$
comment 'Trigger of append-only tables: not even the owner changes what is recorded while it stands.'

-- function audit.refuse_truncate()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.refuse_truncate()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    raise exception 'business tables are never truncated' using errcode = '42501';
  end $function$

-- function audit.released_amount()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.released_amount()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    if new.validity <> old.validity
       and (old.validity, new.validity) not in (
         ('drafted', 'in_force'), ('drafted', 'discarded'),
         ('in_force', 'superseded'), ('in_force', 'withdrawn'), ('in_force', 'revoked')) then
      raise exception 'an amount in force stays so until another decision says otherwise' using errcode = '42501';
    end if;
    if new.suit <> old.suit
       and (old.suit, new.suit) not in (('no_suit', 'suit_recorded'), ('suit_recorded', 'upheld'), ('suit_recorded', 'annulled')) then
      raise exception 'a suit against an amount is recorded once and ends once' using errcode = '42501';
    end if;
    if (new.amount_cents, new.replaced_cents, new.replaces_id) is distinct from (old.amount_cents, old.replaced_cents, old.replaces_id)
       or (old.suit <> 'no_suit' and (new.challenged_cents, new.suit_id) is distinct from (old.challenged_cents, old.suit_id)) then
      raise exception 'what an amount says is never changed' using errcode = '42501';
    end if;
    return new;
  end $function$
comment 'Trigger: an amount comes into force once, gives way once to another decision, and meets at most one suit.'

-- function audit.released_decision()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.released_decision()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  declare
    later constant text[] := array['state', 'released_at', 'released_by', 'released_on',
                                   'notified_at', 'notified_by', 'notified_on', 'notified_mode', 'received_on', 'remedy_ends_on', 'final_on', 'waived_at', 'waived_by', 'waived_on', 'version'];
  begin
    if old.state <> 'drafted' and to_jsonb(old) - later <> to_jsonb(new) - later then
      raise exception 'a released decision is never reworded' using errcode = '42501';
    end if;
    return new;
  end $function$
comment 'Trigger: once released, a decision keeps its words; only what happens to it is added.'

-- function audit.retracted_application()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.retracted_application()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    perform access.context();
    update decision_amount a set validity = 'discarded', version = a.version + 1
      from decision d
     where d.id = a.decision_id and d.application_id = new.id and d.state = 'drafted' and a.validity = 'drafted';
    update decision set state = 'discarded', discarded_at = transaction_timestamp(), version = version + 1,
                        discard_reason = 'Der Antrag wurde zurückgezogen. · The application was retracted.'
     where application_id = new.id and state = 'drafted';
    return null;
  end $function$
comment 'Trigger: a retracted application leaves no draft of a decision behind.'

-- function audit.row_faults()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.row_faults()
 RETURNS SETOF audit.fault
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
 SET "TimeZone" TO 'UTC'
AS $function$
  declare
    target record;
  begin
    for target in
      select t.table_name,
             coalesce(array_agg(c.column_name) filter (where c.class = 'personal'), '{}') as personal,
             coalesce(array_agg(c.column_name) filter (where c.class = 'blob'), '{}') as secret
        from table_classification t join column_classification c using (table_name)
       where t.class = 'business' group by t.table_name
    loop
      return query execute format($query$
        with known as (
          select distinct on (row_id) row_id, operation, after from row_change where table_name = %1$L order by row_id, id desc),
        standing as (select id as row_id, audit.shown(to_jsonb(t), %2$L, %3$L) as shown from %1$I as t)
        select case when k.row_id is null then 'row-invented' when s.row_id is null then 'row-vanished' else 'row-altered' end,
               %1$L || ' ' || coalesce(k.row_id, s.row_id),
               case when k.row_id is null or s.row_id is null then 'id' else (
                 select string_agg(name, ', ' order by name)
                   from (select jsonb_object_keys(s.shown::jsonb) union select jsonb_object_keys(b.before)) as n(name)
                  where s.shown::jsonb -> name is distinct from b.before -> name) end
          from known k full join standing s using (row_id)
          cross join lateral (select audit.json_in(convert_to(k.after, 'UTF8')) as before offset 0) as b
         where not (k.operation is not distinct from 'delete' and s.row_id is null)
           and (k.after is null or s.shown is distinct from k.after)$query$,
        target.table_name, target.personal, target.secret);
      -- The journal holds no bytes of documents, but the hash that stands beside them.
      if 'content' = any (target.secret) then
        return query execute format($query$
          select 'row-altered', %1$L || ' ' || id, 'content' from %1$I
           where content is not null and sha256 <> encode(sha256(content), 'hex')$query$, target.table_name);
      end if;
    end loop;

    return query
      select 'trigger-missing', w.table_name, w.trigger
        from (select table_name, 'journal' as trigger, 'audit.journal' as routine from table_classification where class = 'business'
              union all select table_name, 'no_truncate', 'audit.refuse_truncate' from table_classification where class = 'business'
              union all select name, 'append_only', 'audit.refuse_change'
                from unnest(array['audit_record', 'audit_subject', 'audit_part', 'audit_case', 'row_change', 'transfer',
                                  'audit_leaf', 'audit_node', 'audit_checkpoint']) as name) as w
       where not exists (select from pg_trigger g
                          where g.tgrelid = to_regclass('public.' || w.table_name) and g.tgname = w.trigger
                            and g.tgenabled in ('O', 'A') and g.tgfoid::regproc::text = w.routine);
  end $function$
comment 'Every business row is as the journal saw it last, personal values by their commitments, and the triggers that journal stand.'

-- function audit.seal_faults()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.seal_faults()
 RETURNS SETOF audit.fault
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    perform access.context();
    return query
      select 'record-unsealed', 'record ' || r.id, 'leaf'
        from audit_record r cross join audit_tree t
       where (r.epoch < t.epoch or r.xid < t.watermark) and not exists (select from audit_leaf l where l.record_id = r.id);
    return query
      select 'record-missing', 'leaf ' || l.leaf_index, 'record_id'
        from audit_leaf l where not exists (select from audit_record r where r.id = l.record_id);
  end $function$
grant execute to foerderbuch_auditor, foerderbuch_sealer, foerderbuch_system
comment 'The two alarms: a record below the watermark without a leaf, and a leaf without a record.'

-- function audit.share_of_proposal()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.share_of_proposal()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
      begin
        if new.withdrawn or not exists (
          select from allocation a
           where a.id = new.allocation_id and a.state = 'proposed' and a.kind = 'quota' and a.centre_id is null
             and a.funding_year = new.funding_year and a.programme = new.programme
             and a.proposed_at = transaction_timestamp() and a.proposed_by = access.person()) then
          raise exception 'shares are entered with the proposal of their quota' using errcode = '42501';
        end if;
        return new;
      end $function$
comment 'Trigger: the shares of a quota are entered in the transaction that proposes it, for its year and programme.'

-- function audit.share_stands()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.share_stands()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
      begin
        if tg_op = 'DELETE' or old.withdrawn or to_jsonb(old) - 'withdrawn' <> to_jsonb(new) - 'withdrawn'
           or not exists (select from allocation a where a.id = old.allocation_id and a.state = 'withdrawn') then
          raise exception '% is append-only', tg_table_name using errcode = '42501';
        end if;
        return new;
      end $function$
comment 'Trigger: a share is withdrawn with its quota, and never changed otherwise.'

-- function audit.shown(source jsonb, personal text[], secret text[])
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.shown(source jsonb, personal text[], secret text[])
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  declare
    shown jsonb := source - secret;
    name text;
  begin
    if source is null then
      return null;
    end if;
    foreach name in array personal loop
      if source ->> name is not null then
        shown := shown || jsonb_build_object(name, 'sha256:' || encode(sha256(
          convert_to(coalesce(source ->> 'salt', '') || E'\n' || name || E'\n' || (source ->> name), 'UTF8')), 'hex'));
      end if;
    end loop;
    return shown::text;
  end $function$
comment 'A row as journal text: personal values as SHA-256 over salt, column and value; without the salt the commitment says nothing.'

-- function audit.submitted_to_leave()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.submitted_to_leave()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
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
  end $function$
comment 'Trigger: an application leaves its applicant''s desk by a submission, which is counted then and only then, or by the answer to a query; it is handed back by a query; and what it says changes only on that desk.'

-- function audit.system_id()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.system_id()
 RETURNS text
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    perform access.context();
    return (select system_identifier::text from pg_control_system());
  end $function$
grant execute to foerderbuch_sealer
comment 'Which cluster this is: a dump loaded into another one counts its transactions anew, so its log needs a new epoch.'

-- function audit.told()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.told()
 RETURNS TABLE(record_id bigint, epoch integer, xid xid8, at timestamp with time zone, case_id uuid, said jsonb)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    select r.id, r.epoch, r.xid, r.at, null::uuid, audit.json_in(r.body) from audit_record r
    union all
    select r.id, r.epoch, r.xid, r.at, p.case_id, audit.json_in(p.bytes)
      from audit_part p join audit_record r on r.id = p.record_id
  $function$
comment 'Bodies and parts as JSON, each with its record.'

-- function audit.told_in_time()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.told_in_time()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    perform access.context();
    perform from decision d
      where d.application_id = new.application_id and d.basis_id is null and d.state = 'notified' and d.kind <> 'refusal'
        for share;
    if not found then
      raise exception 'a change is told of a grant, from its notice until the case is closed' using errcode = '42501';
    end if;
    return new;
  end $function$
comment 'Trigger: a change is told while the grant is notified and not closed, also where it is being closed in this moment.'

-- function audit.tree_faults()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.tree_faults()
 RETURNS SETOF audit.fault
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    return query select * from audit.seal_faults();
    return query
      select 'leaf-altered', 'leaf ' || l.leaf_index || ' record ' || r.id, f.name
        from audit_leaf l join audit_record r on r.id = l.record_id
        cross join lateral (values
          ('hash', l.hash <> sha256('\x00'::bytea || r.body)),
          ('xid', l.xid <> r.xid)) as f(name, wrong)
       where f.wrong;
    return query
      select 'leaf-missing', 'leaf ' || n.leaf_index, 'leaf_index'
        from audit_tree t cross join lateral generate_series(0, t.size - 1) as n(leaf_index)
       where not exists (select from audit_leaf l where l.leaf_index = n.leaf_index);
    return query
      select 'leaf-invented', 'leaf ' || l.leaf_index, 'leaf_index' from audit_leaf l cross join audit_tree t where l.leaf_index >= t.size;
    return query
      with hashes as (
        select 0::smallint as level, leaf_index as node_index, hash from audit_leaf
        union all select level, node_index, hash from audit_node),
      pairs as (
        select (l.level + 1)::smallint as level, l.node_index / 2 as node_index, sha256('\x01'::bytea || l.hash || r.hash) as hash
          from hashes l join hashes r on r.level = l.level and r.node_index = l.node_index + 1
         where l.node_index % 2 = 0)
      select case when p.level is null then 'node-invented' when n.level is null then 'node-missing' else 'node-altered' end,
             'level ' || coalesce(p.level, n.level) || ' node ' || coalesce(p.node_index, n.node_index), 'hash'
        from pairs p full join audit_node n using (level, node_index)
       where p.hash is distinct from n.hash;
    return query
      select 'tree-altered', 'tree', f.name
        from audit_tree t cross join lateral (values
          ('epoch', t.epoch <> (select max(epoch) from audit_epoch)),
          ('watermark', exists (select from audit_leaf l join audit_record r on r.id = l.record_id
                                 where r.epoch = t.epoch and l.xid >= t.watermark)),
          ('watermark', t.watermark > pg_snapshot_xmax(pg_current_snapshot())),
          ('system_id', t.origin is not null and t.system_id is distinct from audit.system_id())) as f(name, wrong)
       where f.wrong;
  end $function$
comment 'Leaves against records, nodes against leaves. The signed roots are compared outside the database.'

-- function audit.withdraws_shares()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.withdraws_shares()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
      begin
        update allocation_share set withdrawn = true where allocation_id = new.id;
        return null;
      end $function$
comment 'Trigger: the shares of a quota are withdrawn with it.'

-- function audit.year_is_open()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION audit.year_is_open()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  declare
    year integer := coalesce((to_jsonb(new) ->> 'funding_year')::integer, (to_jsonb(new) ->> 'issue_year')::integer);
    found_state text;
  begin
    select y.state into found_state from budget_year y where y.funding_year = year for share;
    -- Taking back what was never released moves nothing, and is no business of the books.
    if found_state = 'closed' and new.state <> 'withdrawn' then
      raise exception 'the books of % are closed', year using errcode = 'FB423';
    end if;
    return new;
  end $function$
comment 'Trigger: nothing is entered or released for a year whose books are closed. FB423 otherwise.'

-- function ledger.account_id(side jsonb)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION ledger.account_id(side jsonb)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
    select encode(substring(sha256(convert_to(jsonb_build_array(
             side ->> 'stage', (side ->> 'fundingYear')::integer, (side ->> 'lineId')::uuid, (side ->> 'issueYear')::integer,
             side ->> 'programme', (side ->> 'centreId')::uuid, side ->> 'source', (side ->> 'caseId')::uuid)::text, 'UTF8'))
           for 16), 'hex')::uuid
  $function$
comment 'The account of a stage and its dimensions. It follows from them, so that nobody must search for it.'

-- function ledger.add_up(p_postings jsonb)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION ledger.add_up(p_postings jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  declare
    recorded date := (transaction_timestamp() at time zone 'Europe/Berlin')::date;
  begin
    with moved as materialized (
      select (s.key ->> 'fundingYear')::integer as funding_year, m.day, s.key ->> 'stage' as stage, (s.key ->> 'lineId')::uuid as line_id,
             (s.key ->> 'issueYear')::integer as issue_year, s.key ->> 'programme' as programme, s.key ->> 'source' as source,
             (s.key ->> 'centreId')::uuid as centre_id,
             sum(s.debit)::bigint as debits, sum(s.credit)::bigint as credits,
             coalesce(sum(s.debit) filter (where m.undoes), 0)::bigint as reversed,
             coalesce(sum(s.credit) filter (where m.undoes), 0)::bigint as regained
        from jsonb_array_elements(p_postings) as p
        join posting_step step
          on step.code = p.value ->> 'code' and step.from_stage = p.value #>> '{from,stage}' and step.to_stage = p.value #>> '{to,stage}'
        cross join lateral (select (p.value ->> 'amountCents')::bigint as cents, (p.value ->> 'effectiveOn')::date as day,
                                   step.backwards <> 'no' as undoes) as m
        cross join lateral (values (p.value -> 'from', m.cents, 0::bigint), (p.value -> 'to', 0::bigint, m.cents)) as s(key, debit, credit)
       group by 1, 2, 3, 4, 5, 6, 7, 8
    ), of_land as (
      insert into stage_total as t (funding_year, span, starts_on, recorded_from, stage, line_id, issue_year, programme, source,
                                    debits, credits, reversed, regained)
      select m.funding_year, w.span, w.starts_on, w.recorded_from, m.stage, m.line_id, m.issue_year, m.programme, m.source,
             sum(m.debits)::bigint, sum(m.credits)::bigint, sum(m.reversed)::bigint, sum(m.regained)::bigint
        from moved m
        cross join lateral (values
          ('year', make_date(m.funding_year, 1, 1), make_date(m.funding_year, 1, 1)),
          ('month', date_trunc('month', m.day)::date, date_trunc('month', recorded)::date),
          ('day', m.day, recorded)) as w(span, starts_on, recorded_from)
       group by 1, 2, 3, 4, 5, 6, 7, 8, 9
       order by 1, 2, 3, 4, 5, 6, 7, 8, 9
      on conflict on constraint stage_total_dimensions do update
         set debits = t.debits + excluded.debits, credits = t.credits + excluded.credits,
             reversed = t.reversed + excluded.reversed, regained = t.regained + excluded.regained
    )
    insert into centre_total as t (funding_year, span, starts_on, recorded_from, centre_id, stage, line_id, issue_year, programme, source,
                                   debits, credits, reversed, regained)
    select m.funding_year, w.span, w.starts_on, w.recorded_from, m.centre_id, m.stage, m.line_id, m.issue_year, m.programme, m.source,
           sum(m.debits)::bigint, sum(m.credits)::bigint, sum(m.reversed)::bigint, sum(m.regained)::bigint
      from moved m
      cross join lateral (values
        ('month', date_trunc('month', m.day)::date, date_trunc('month', recorded)::date),
        ('day', m.day, recorded)) as w(span, starts_on, recorded_from)
     where m.centre_id is not null
     group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
     order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    on conflict on constraint centre_total_dimensions do update
       set debits = t.debits + excluded.debits, credits = t.credits + excluded.credits,
           reversed = t.reversed + excluded.reversed, regained = t.regained + excluded.regained;
  end $function$
comment 'Adds postings to the totals of their stages: of the year, of the month and of the day; and to those of their centres.'

-- function ledger.in_the_way(standing account)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION ledger.in_the_way(standing account)
 RETURNS jsonb
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    select coalesce(jsonb_agg(jsonb_build_object('stage', o.stage, 'programme', o.programme, 'centreId', o.centre_id,
                                                 'caseId', o.case_id, 'amountCents', o.cents) order by o.place, o.cents desc, o.case_id), '[]')
      from (
        select * from (
          select 1 as place, a.stage, a.programme, null::uuid as centre_id, null::uuid as case_id, a.credits - a.debits as cents
            from account a
           where a.funding_year = standing.funding_year and a.line_id = standing.line_id
             and standing.stage = 'appropriated' and a.stage in ('blocked', 'allocated')
          union all
          select 2, 'committed', a.programme, a.centre_id, a.case_id, sum(a.credits - a.debits)::bigint
            from account a
           where a.funding_year = standing.funding_year and a.line_id = standing.line_id
             and a.stage in ('committed', 'called', 'paid', 'settled')
             and (standing.stage = 'appropriated' or a.programme = standing.programme)
           group by a.programme, a.centre_id, a.case_id
        ) as held where cents > 0 order by place, cents desc, case_id limit 100
      ) as o
  $function$
comment 'What holds the money of an appropriation or allotment, the largest hundred: blocks, what is handed on and still free, and what each case was promised.'

-- function ledger.is_unnoticed(p_case uuid, p_at timestamp with time zone)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION ledger.is_unnoticed(p_case uuid, p_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    select (select access.context()) and exists (select from decision d where d.case_id = p_case and d.state = 'released' and d.released_at = p_at)
  $function$
grant execute to foerderbuch_municipality
comment 'Whether a transfer of this case and instant was made by the release of a decision that has not been made known.'

-- function ledger.judge(p_postings jsonb)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION ledger.judge(p_postings jsonb)
 RETURNS void
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  declare
    wrong record;
  begin
    select p.value ->> 'code' as code, p.value #>> '{from,stage}' as from_stage, p.value #>> '{to,stage}' as to_stage, j.fault
      into wrong
      from jsonb_array_elements(p_postings) with ordinality as p(value, i)
      left join posting_step s
        on s.code = p.value ->> 'code' and s.from_stage = p.value #>> '{from,stage}' and s.to_stage = p.value #>> '{to,stage}'
       and access.setting('role') = any (s.roles)
      left join transfer t on t.id = (p.value ->> 'reverses')::uuid
      cross join lateral (select case
        when s.code is null then 'step'
        when coalesce((p.value ->> 'amountCents')::numeric not between 1 and 9007199254740991, true) then 'amount'
        when coalesce((p.value ->> 'effectiveOn')::date not between '1990-01-01' and '2100-12-31', true) then 'day'
        when coalesce((p.value #>> '{from,lineId}' = p.value #>> '{to,lineId}') = ('lineId' = any (s.differs)), false)
          or coalesce((p.value #>> '{from,fundingYear}' = p.value #>> '{to,fundingYear}') = ('fundingYear' = any (s.differs)), false)
          or coalesce((p.value #>> '{from,issueYear}' = p.value #>> '{to,issueYear}') = ('issueYear' = any (s.differs)), false)
          or coalesce((p.value #>> '{from,programme}' = p.value #>> '{to,programme}') = ('programme' = any (s.differs)), false)
          or coalesce((p.value #>> '{from,centreId}' = p.value #>> '{to,centreId}') = ('centreId' = any (s.differs)), false)
          or coalesce((p.value #>> '{from,source}' = p.value #>> '{to,source}') = ('source' = any (s.differs)), false)
          or coalesce((p.value #>> '{from,caseId}' = p.value #>> '{to,caseId}') = ('caseId' = any (s.differs)), false) then 'dimension'
        -- A remainder is available until the second year after its own (§ 45 LHO NRW).
        when 'fundingYear' = any (s.differs)
          and (p.value #>> '{to,fundingYear}')::integer - (p.value #>> '{from,fundingYear}')::integer not in (1, 2) then 'dimension'
        when s.backwards = 'whole' and t.id is null or s.backwards = 'no' and p.value ->> 'reverses' is not null then 'reversal'
        when p.value ->> 'reverses' is not null and (t.id is null or t.undoes
          or t.debit <> ledger.account_id(p.value -> 'to') or t.credit <> ledger.account_id(p.value -> 'from')
          or t.amount_cents <> (p.value ->> 'amountCents')::bigint) then 'reversal'
        -- An authorisation is used in the year it was given for, or never (§ 45 LHO NRW).
        when s.from_stage = 'authorised' and s.to_stage = 'promised'
          and (p.value #>> '{from,issueYear}')::integer
              is distinct from extract(year from (p.value ->> 'effectiveOn')::date)::integer then 'year'
        end as fault) as j
     where j.fault is not null order by p.i limit 1;
    case wrong.fault
      when 'step' then
        raise exception 'no step % from % to % for role %', wrong.code, wrong.from_stage, wrong.to_stage, access.setting('role')
          using errcode = '42501';
      when 'amount' then
        raise exception 'an amount is between 1 and 2^53-1 cents' using errcode = '23514', constraint = 'transfer_amount_exact';
      when 'day' then
        raise exception 'a transfer takes effect on a day from 1990 to 2100' using errcode = '23514', constraint = 'transfer_day';
      when 'dimension' then
        raise exception 'the accounts of step % from % to % are not of the same matter', wrong.code, wrong.from_stage, wrong.to_stage
          using errcode = '23514', constraint = 'transfer_dimensions';
      when 'reversal' then
        raise exception 'step % from % to % undoes nothing that was done so', wrong.code, wrong.from_stage, wrong.to_stage
          using errcode = '23514', constraint = 'transfer_reversal';
      when 'year' then
        raise exception 'a commitment authorisation is used in its issue year only' using errcode = '42501';
      else null;
    end case;
  end $function$
comment 'Refuses postings that nothing justifies. 42501 for a step, 23514 for what is moved.'

-- function ledger.keeps_chart()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION ledger.keeps_chart()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    if new.funding_year is null
       or (new.line_id is null) <> (new.stage in ('memo_outside', 'memo_committed', 'memo_settled'))
       or (new.issue_year is not null)
          <> (new.stage in ('authorisation_outside', 'authorised', 'promised', 'redeemed', 'authorisation_lapsed'))
       or (new.programme is null) <> (new.stage in (
          'outside', 'appropriated', 'blocked', 'remainder', 'remainder_lapsed', 'lapsed', 'authorisation_outside'))
       or (new.case_id is not null) <> (new.stage in (
          'committed', 'called', 'paid', 'settled', 'promised', 'memo_outside', 'memo_committed', 'memo_settled'))
       or (new.centre_id is null) <> (new.case_id is null) or (new.source is null) <> (new.case_id is null) then
      raise exception 'an account of stage % has other dimensions', new.stage using errcode = '23514', constraint = 'account_chart';
    end if;
    return new;
  end $function$
comment 'Trigger: an account has the dimensions of its stage. From commitment on they name the case, so no decision drains another''s commitment.'

-- function ledger.post(p_journal uuid, p_postings jsonb)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION ledger.post(p_journal uuid, p_postings jsonb)
 RETURNS jsonb
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  declare
    touched record;
    standing account;
    base_version integer;
    debits uuid[];
    credits uuid[];
    amounts bigint[];
    touched_ids uuid[] := '{}';
    base_versions integer[] := '{}';
    debit_versions integer[];
    credit_versions integer[];
  begin
    perform access.context();
    perform ledger.judge(p_postings);

    select coalesce(array_agg(ledger.account_id(p.value -> 'from') order by p.i), '{}'),
           coalesce(array_agg(ledger.account_id(p.value -> 'to') order by p.i), '{}'),
           array_agg((p.value ->> 'amountCents')::bigint order by p.i)
      into debits, credits, amounts
      from jsonb_array_elements(p_postings) with ordinality as p(value, i);

    -- New accounts in the order of their ids, too: two postings that each make what the other needs would wait for each other.
    insert into account (id, stage, line_id, funding_year, issue_year, programme, centre_id, source, case_id, bounded)
    select side.id, side.key ->> 'stage', (side.key ->> 'lineId')::uuid, (side.key ->> 'fundingYear')::integer,
           (side.key ->> 'issueYear')::integer, side.key ->> 'programme', (side.key ->> 'centreId')::uuid,
           side.key ->> 'source', (side.key ->> 'caseId')::uuid,
           side.key ->> 'stage' not in ('outside', 'memo_outside', 'authorisation_outside')
      from (select distinct on (k.id) k.id, k.key
              from jsonb_array_elements(p_postings) with ordinality as p(value, i)
              cross join lateral (values (debits[p.i], p.value -> 'from'), (credits[p.i], p.value -> 'to')) as k(id, key)
             order by k.id) as side
     where not exists (select from account a where a.id = side.id)
     order by side.id
    on conflict do nothing;

    -- Ascending id: whoever needs the same accounts waits in the same order. Headroom stands in the WHERE.
    for touched in
      select side.id, sum(side.debit) as debit, sum(side.credit) as credit, count(*)::integer as times
        from unnest(debits, credits, amounts) as p(debit, credit, amount)
        cross join lateral (values (p.debit, p.amount, 0), (p.credit, 0, p.amount)) as side(id, debit, credit)
       group by side.id order by side.id
    loop
      loop
        update account a
           set debits = a.debits + touched.debit, credits = a.credits + touched.credit, version = a.version + touched.times
         where a.id = touched.id and (not a.bounded or a.debits + touched.debit <= a.credits + touched.credit)
        returning a.version - touched.times into base_version;
        exit when found;
        -- What is free may have changed since; what is told must be what it was refused for.
        select * into strict standing from account a where a.id = touched.id for update;
        continue when not standing.bounded or standing.debits + touched.debit <= standing.credits + touched.credit;
        raise exception 'budget exhausted on % account %', standing.stage, standing.id using errcode = 'FB409',
          detail = jsonb_build_object('stage', standing.stage, 'account', standing.id, 'lineId', standing.line_id, 'fundingYear', standing.funding_year,
            'programme', standing.programme, 'centreId', standing.centre_id, 'caseId', standing.case_id,
            'availableCents', standing.credits - standing.debits, 'wantedCents', touched.debit - touched.credit,
            'blockedCents', coalesce((select b.credits - b.debits from account b
                                       where standing.stage = 'appropriated' and b.stage = 'blocked'
                                         and b.line_id = standing.line_id and b.funding_year = standing.funding_year), 0),
            'inTheWay', case when p_postings #>> '{0,code}' = 'appropriation.release' and standing.stage = 'appropriated'
                                or p_postings #>> '{0,code}' = 'allocation.release' and standing.stage = 'allocated' then ledger.in_the_way(standing) else '[]' end)::text;
      end loop;
      touched_ids := touched_ids || touched.id;
      base_versions := base_versions || base_version;
    end loop;

    select array_agg(side.version order by side.i) filter (where side.of_debit),
           array_agg(side.version order by side.i) filter (where not side.of_debit)
      into debit_versions, credit_versions
      from (select s.i, s.of_debit, (b.version + row_number() over (partition by s.id order by s.i))::integer as version
              from (select d.i, true as of_debit, d.id from unnest(debits) with ordinality as d(id, i)
                    union all select c.i, false, c.id from unnest(credits) with ordinality as c(id, i)) as s
              join unnest(touched_ids, base_versions) as b(id, version) on b.id = s.id) as side;

    insert into transfer (id, journal, debit, credit, amount_cents, code, effective_on, reverses, undoes,
                          debit_version, credit_version, centre_id, case_id, epoch)
    select (p.value ->> 'id')::uuid, p_journal, debits[p.i], credits[p.i], amounts[p.i], p.value ->> 'code',
           (p.value ->> 'effectiveOn')::date, (p.value ->> 'reverses')::uuid, s.backwards <> 'no', debit_versions[p.i], credit_versions[p.i],
           coalesce(p.value #>> '{to,centreId}', p.value #>> '{from,centreId}')::uuid,
           coalesce(p.value #>> '{to,caseId}', p.value #>> '{from,caseId}')::uuid, audit.current_epoch()
      from jsonb_array_elements(p_postings) with ordinality as p(value, i)
      join posting_step s on s.code = p.value ->> 'code' and s.from_stage = p.value #>> '{from,stage}' and s.to_stage = p.value #>> '{to,stage}'
     order by p.i;

    perform ledger.add_up(p_postings);

    return (
      select coalesce(jsonb_agg(jsonb_build_object('debit', debits[i], 'credit', credits[i],
                                                   'debitVersion', debit_versions[i], 'creditVersion', credit_versions[i])
                                order by i), '[]')
        from generate_subscripts(debits, 1) as i);
  end $function$
grant execute to foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_system
comment 'The only writer of accounts and transfers. 42501 for a step that is not foreseen, 23514 for one that nothing justifies, FB409 with the free amount when the headroom is not there.'

-- function reporting.beside(p_year integer, p_as_of date, p_known_at timestamp with time zone, p_centre uuid)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION reporting.beside(p_year integer, p_as_of date, p_known_at timestamp with time zone, p_centre uuid)
 RETURNS TABLE(centre_id uuid, source text, planned bigint, committed bigint, settled bigint, modelled boolean)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
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
  $function$
grant execute to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system
comment 'What the ledger does not hold, in cents: financing plans, and teachers seconded and settled. Plans are those of today, of the applications known then.'

-- function reporting.centre_flow(p_year integer, p_as_of date, p_known_at timestamp with time zone, p_centre uuid)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION reporting.centre_flow(p_year integer, p_as_of date, p_known_at timestamp with time zone, p_centre uuid)
 RETURNS TABLE(centre_id uuid, stage text, source text, cents bigint)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    with bound as (
      select date_trunc('month', p_as_of)::date as month,
             coalesce((p_known_at at time zone 'Europe/Berlin')::date, 'infinity') as known_day,
             coalesce(date_trunc('month', p_known_at at time zone 'Europe/Berlin')::date, 'infinity') as known_month
    ), moved as (
      select t.centre_id, t.stage, t.source, t.credits - case when t.stage = 'promised' then t.debits else t.regained + t.reversed end as cents
        from bound b join centre_total t
          on t.funding_year = p_year and t.span = 'month' and t.starts_on < b.month and t.recorded_from < b.known_month and (p_centre is null or t.centre_id = p_centre)
      union all
      select t.centre_id, t.stage, t.source, t.credits - case when t.stage = 'promised' then t.debits else t.regained + t.reversed end
        from bound b join centre_total t
          on t.funding_year = p_year and t.span = 'day' and t.starts_on >= b.month and t.starts_on <= p_as_of
         and t.recorded_from < b.known_day and (p_centre is null or t.centre_id = p_centre)
      union all
      select t.centre_id, t.stage, t.source, t.credits - case when t.stage = 'promised' then t.debits else t.regained + t.reversed end
        from bound b join centre_total t
          on t.funding_year = p_year and t.span = 'day' and t.starts_on < b.month
         and t.recorded_from >= b.known_month and t.recorded_from < b.known_day and (p_centre is null or t.centre_id = p_centre)
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
  $function$
grant execute to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system
comment 'What of a year reached each stage by centre, of all or of one, in cents. For those who see the money of every centre.'

-- function reporting.land_flow(p_year integer, p_as_of date, p_known_at timestamp with time zone)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION reporting.land_flow(p_year integer, p_as_of date, p_known_at timestamp with time zone)
 RETURNS TABLE(stage text, source text, cents bigint)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    with bound as (
      select date_trunc('month', p_as_of)::date as month,
             coalesce((p_known_at at time zone 'Europe/Berlin')::date, 'infinity') as known_day,
             coalesce(date_trunc('month', p_known_at at time zone 'Europe/Berlin')::date, 'infinity') as known_month
    ), moved as (
      select t.stage, t.source, t.credits - case when t.stage = 'promised' then t.debits else t.regained + t.reversed end as cents
        from bound b join stage_total t
          on t.funding_year = p_year and t.span = 'month' and t.starts_on < b.month and t.recorded_from < b.known_month
      union all
      select t.stage, t.source, t.credits - case when t.stage = 'promised' then t.debits else t.regained + t.reversed end
        from bound b join stage_total t
          on t.funding_year = p_year and t.span = 'day' and t.starts_on >= b.month and t.starts_on <= p_as_of
         and t.recorded_from < b.known_day
      union all
      select t.stage, t.source, t.credits - case when t.stage = 'promised' then t.debits else t.regained + t.reversed end
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
  $function$
grant execute to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system
comment 'What of a year reached each stage over all centres, in cents: effective until a day, recorded until an instant (null: all).'

-- function reporting.own_flow(p_year integer, p_as_of date, p_known_at timestamp with time zone)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION reporting.own_flow(p_year integer, p_as_of date, p_known_at timestamp with time zone)
 RETURNS TABLE(centre_id uuid, stage text, source text, cents bigint)
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
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
  $function$
grant execute to foerderbuch_municipality
comment 'The same for a municipality, from the transfers of the cases whose decision it knows.'

-- function reporting.split(p_year integer, p_as_of date, p_known_at timestamp with time zone, p_centre uuid)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION reporting.split(p_year integer, p_as_of date, p_known_at timestamp with time zone, p_centre uuid)
 RETURNS TABLE(centre_id uuid, source text, planned_cents bigint, committed_cents bigint, paid_cents bigint, settled_cents bigint, modelled boolean)
 LANGUAGE plpgsql
 STABLE
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
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
              select m.centre_id, m.source, 0, case when m.stage in (''committed'', ''promised'', ''memo_committed'') then m.cents else 0 end,
                     case when m.stage = ''paid'' then m.cents else 0 end,
                     case when m.stage in (''settled'', ''memo_settled'') then m.cents else 0 end, false
                from (%s) as m) as f
       group by f.centre_id, f.source', flow) using p_year, p_as_of, p_known_at, p_centre;
  end $function$
grant execute to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system
comment 'Funding split of a year by centre and source as of a business day and as known at an instant, in cents, of all centres or of one. paid is null where nothing is paid by the Land: teachers are seconded, the others pay themselves.'

-- function reporting.statewide(p_year integer, p_as_of date, p_known_at timestamp with time zone)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION reporting.statewide(p_year integer, p_as_of date, p_known_at timestamp with time zone)
 RETURNS TABLE(source text, planned_cents bigint, committed_cents bigint, paid_cents bigint, settled_cents bigint, modelled_cents bigint, modelled boolean, debits_cents bigint, credits_cents bigint)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  #variable_conflict use_column
  begin
    perform access.context();
    return query
      with beside as materialized (
        select * from reporting.beside(p_year, p_as_of, p_known_at, null)
      ), fact (source, planned, committed, paid, settled, modelled) as (
        select b.source, b.planned, b.committed, 0::bigint, b.settled, b.modelled from beside b
        union all
        select m.source, 0, case when m.stage in ('committed', 'promised', 'memo_committed') then m.cents else 0 end,
                     case when m.stage = 'paid' then m.cents else 0 end,
                     case when m.stage in ('settled', 'memo_settled') then m.cents else 0 end, false
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
  end $function$
grant execute to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system
comment 'Statewide totals of a year by source, in cents, the same for whoever asks: no row of it belongs to a centre. modelled_cents is the part of committed_cents that rests on modelled plans; debits and credits run over all accounts of the year.'

-- function staffing.double_funded(p_claims jsonb)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION staffing.double_funded(p_claims jsonb)
 RETURNS SETOF integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
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
  end $function$
grant execute to foerderbuch_municipality
comment 'Which of the claims would put a person on more than 1.00 FTE on some day, over all posts of all bodies. Locks the persons; says nothing of where else they sit.'

-- function staffing.hold_limits()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION staffing.hold_limits()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
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
  end $function$
comment 'Trigger: the two limits once more, for whoever writes without asking the rules.'

-- function staffing.key_person()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION staffing.key_person()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  begin
    new.pseudonym_key := case when tg_op = 'INSERT' then staffing.person_key(new.pseudonym)
                              when new.pseudonym is not null then old.pseudonym_key end;
    return new;
  end $function$
comment 'Trigger: the key of a person is computed here and taken from no caller.'

-- function staffing.lock_posts(p_posts uuid[])
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION staffing.lock_posts(p_posts uuid[])
 RETURNS void
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  declare
    one uuid;
  begin
    for one in select distinct unnest(p_posts) order by 1 loop
      perform pg_advisory_xact_lock(hashtextextended('post ' || one, 0));
    end loop;
  end $function$
grant execute to foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry
comment 'One command at a time decides about a post. In ascending order, and always before persons are locked.'

-- function staffing.occupation(p_centre uuid, p_post uuid)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION staffing.occupation(p_centre uuid, p_post uuid)
 RETURNS TABLE(post_id uuid, from_day date, fte_hundredths bigint)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
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
  end $function$
grant execute to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system
comment 'How much of each post is occupied from which day on: sums without persons, for those who may not read occupancies. A municipality gets its own.'

-- function staffing.only_forward()
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION staffing.only_forward()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  begin
    if (old.corrected_at is not null and new.erased_at is not distinct from old.erased_at)
       or (old.occupied_to is not null and new.occupied_to is distinct from old.occupied_to) then
      raise exception 'an occupancy ends once and is corrected once: correct it instead' using errcode = '42501';
    end if;
    return new;
  end $function$
comment 'Trigger: an occupancy ends once and is corrected once.'

-- function staffing.person_key(pseudonym text)
owner foerderbuch_owner
CREATE OR REPLACE FUNCTION staffing.person_key(pseudonym text)
 RETURNS bytea
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
    select sha256(pepper || sha256(pepper || convert_to(upper(regexp_replace(normalize(person_key.pseudonym, NFKC), '\s', '', 'g')), 'UTF8')))
      from person_pepper
  $function$
comment 'The same key for the same pseudonym in every body, and for nobody to compute: granted to no role.'

-- roles
role foerderbuch_admin nologin noinherit
role foerderbuch_app login noinherit
role foerderbuch_auditor nologin noinherit
role foerderbuch_cashier nologin noinherit
role foerderbuch_granting_authority nologin noinherit
role foerderbuch_ministry nologin noinherit
role foerderbuch_municipality nologin noinherit
role foerderbuch_school_ministry nologin noinherit
role foerderbuch_sealer nologin noinherit
role foerderbuch_signin nologin noinherit
role foerderbuch_system nologin noinherit
grant foerderbuch_admin to foerderbuch_app
grant foerderbuch_auditor to foerderbuch_app
grant foerderbuch_cashier to foerderbuch_app
grant foerderbuch_granting_authority to foerderbuch_app
grant foerderbuch_ministry to foerderbuch_app
grant foerderbuch_municipality to foerderbuch_app
grant foerderbuch_school_ministry to foerderbuch_app
grant foerderbuch_sealer to foerderbuch_app
grant foerderbuch_signin to foerderbuch_app
grant foerderbuch_system to foerderbuch_app

-- schema access
owner foerderbuch_owner
grant usage to foerderbuch_admin
grant usage to foerderbuch_app
grant usage to foerderbuch_auditor
grant usage to foerderbuch_cashier
grant usage to foerderbuch_granting_authority
grant usage to foerderbuch_ministry
grant usage to foerderbuch_municipality
grant usage to foerderbuch_school_ministry
grant usage to foerderbuch_sealer
grant usage to foerderbuch_signin
grant usage to foerderbuch_system

-- schema audit
owner foerderbuch_owner
grant usage to foerderbuch_admin
grant usage to foerderbuch_app
grant usage to foerderbuch_auditor
grant usage to foerderbuch_cashier
grant usage to foerderbuch_granting_authority
grant usage to foerderbuch_ministry
grant usage to foerderbuch_municipality
grant usage to foerderbuch_school_ministry
grant usage to foerderbuch_sealer
grant usage to foerderbuch_signin
grant usage to foerderbuch_system

-- schema ledger
owner foerderbuch_owner
grant usage to foerderbuch_admin
grant usage to foerderbuch_auditor
grant usage to foerderbuch_cashier
grant usage to foerderbuch_granting_authority
grant usage to foerderbuch_ministry
grant usage to foerderbuch_municipality
grant usage to foerderbuch_school_ministry
grant usage to foerderbuch_system

-- schema public
owner pg_database_owner
grant usage to foerderbuch_admin
grant usage to foerderbuch_app
grant usage to foerderbuch_auditor
grant usage to foerderbuch_cashier
grant usage to foerderbuch_granting_authority
grant usage to foerderbuch_ministry
grant usage to foerderbuch_municipality
grant usage to foerderbuch_school_ministry
grant usage to foerderbuch_sealer
grant usage to foerderbuch_signin
grant usage to foerderbuch_system

-- schema reporting
owner foerderbuch_owner
grant usage to foerderbuch_auditor
grant usage to foerderbuch_cashier
grant usage to foerderbuch_granting_authority
grant usage to foerderbuch_ministry
grant usage to foerderbuch_municipality
grant usage to foerderbuch_school_ministry
grant usage to foerderbuch_system
comment 'Questions over several rooms: who paid for what.'

-- schema staffing
owner foerderbuch_owner
grant usage to foerderbuch_auditor
grant usage to foerderbuch_granting_authority
grant usage to foerderbuch_ministry
grant usage to foerderbuch_municipality
grant usage to foerderbuch_school_ministry
grant usage to foerderbuch_system

-- sequence public.audit_record_id_seq
owner foerderbuch_owner

-- sequence public.row_change_id_seq
owner foerderbuch_owner

-- sequence public.schema_migration_id_seq
owner foerderbuch_owner

-- table public.account
owner foerderbuch_owner, row level security forced
comment 'Money of one stage and its dimensions, in cents: credits came in, debits went on. A bounded account never gives more than it got. Fold of the transfers.'
  id uuid not null
  stage text not null
  line_id uuid
  funding_year integer
  issue_year integer
  programme text
  centre_id uuid
  source text
  case_id uuid
  bounded boolean not null
  debits bigint not null default 0
  credits bigint not null default 0
  version integer not null default 0
constraint account_credits_check CHECK ((credits >= 0))
constraint account_debits_check CHECK ((debits >= 0))
constraint account_dimensions UNIQUE NULLS NOT DISTINCT (stage, funding_year, line_id, issue_year, programme, centre_id, source, case_id)
constraint account_exact CHECK (((debits <= '9007199254740991'::bigint) AND (credits <= '9007199254740991'::bigint)))
constraint account_funding_year_check CHECK (((funding_year >= 1990) AND (funding_year <= 2100)))
constraint account_headroom CHECK (((NOT bounded) OR (debits <= credits)))
constraint account_issue_year_check CHECK (((issue_year >= 1990) AND (issue_year <= 2100)))
constraint account_pkey PRIMARY KEY (id)
constraint account_source_check CHECK ((source = ANY (ARRAY['state_integration'::text, 'municipal'::text, 'third_party'::text])))
constraint account_stage_check CHECK ((stage = ANY (ARRAY['outside'::text, 'appropriated'::text, 'blocked'::text, 'allocated'::text, 'committed'::text, 'called'::text, 'paid'::text, 'settled'::text, 'remainder'::text, 'remainder_lapsed'::text, 'lapsed'::text, 'authorisation_outside'::text, 'authorised'::text, 'promised'::text, 'redeemed'::text, 'authorisation_lapsed'::text, 'memo_outside'::text, 'memo_committed'::text, 'memo_settled'::text])))
CREATE INDEX account_case ON public.account USING btree (case_id) WHERE (case_id IS NOT NULL)
CREATE INDEX account_centre ON public.account USING btree (centre_id, funding_year) WHERE (centre_id IS NOT NULL)
CREATE TRIGGER keeps_chart BEFORE INSERT OR UPDATE OF stage, line_id, funding_year, issue_year, programme, centre_id, source, case_id ON public.account FOR EACH ROW EXECUTE FUNCTION ledger.keeps_chart()
policy own for select to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM decision d
  WHERE (d.case_id = account.case_id)))))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.act_on_behalf
owner foerderbuch_owner, row level security forced
comment 'Whom a substitute represented: the column column_name of the row says that person_id did it, and this row says for whom. Written by the database itself; four eyes count both.'
  id uuid not null
  table_name text not null
  row_id uuid not null
  case_id uuid
  column_name text not null
  person_id uuid not null
  on_behalf_of uuid not null
  acted_at timestamp with time zone not null default transaction_timestamp()
constraint act_on_behalf_check CHECK ((on_behalf_of <> person_id))
constraint act_on_behalf_on_behalf_of_fkey FOREIGN KEY (on_behalf_of) REFERENCES person(id)
constraint act_on_behalf_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
constraint act_on_behalf_pkey PRIMARY KEY (id)
CREATE INDEX act_on_behalf_row ON public.act_on_behalf USING btree (row_id, column_name)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.act_on_behalf FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.act_on_behalf FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.act_on_behalf FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy owner for all to foerderbuch_owner using (true) with check (true)
policy readers for select to foerderbuch_admin, foerderbuch_auditor using (( SELECT access.context() AS context))
policy represented for select to foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry using ((on_behalf_of = ( SELECT access.person() AS person)))
policy representing for select to foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry using ((( SELECT access.context() AS context) AND (on_behalf_of = (( SELECT access.setting('on_behalf_of'::text) AS setting))::uuid)))
grant select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry

-- table public.allocation
owner foerderbuch_owner, row level security forced
comment 'An allotment hands spending power for a programme to the granting authority (§ 9 LHO NRW); a quota is a centre''s planned share, given by hand or distributed by a stored key, and moves nothing. A reduction takes back either. What was withdrawn before its release gave nothing.'
  id uuid not null
  line_id uuid not null
  funding_year integer not null
  programme text not null
  kind text not null
  centre_id uuid
  key_name text
  key_source text
  amount_cents bigint not null
  reason text not null
  state text not null
  proposed_at timestamp with time zone not null default transaction_timestamp()
  proposed_by uuid not null
  released_at timestamp with time zone
  released_by uuid
  withdrawn_at timestamp with time zone
  withdrawn_by uuid
  withdrawal_reason text
  version integer not null default 1
constraint allocation_amount_cents_check CHECK ((amount_cents > 0))
constraint allocation_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES centre(id)
constraint allocation_check CHECK ((released_by <> proposed_by))
constraint allocation_check1 CHECK (((kind <> 'allotment'::text) OR (centre_id IS NULL)))
constraint allocation_check2 CHECK (((key_name IS NULL) = (key_source IS NULL)))
constraint allocation_check3 CHECK (((state = 'released'::text) = (released_at IS NOT NULL)))
constraint allocation_check4 CHECK (((state = 'withdrawn'::text) = (withdrawn_at IS NOT NULL)))
constraint allocation_check5 CHECK (((withdrawn_at IS NULL) = (withdrawal_reason IS NULL)))
constraint allocation_funding_year_check CHECK (((funding_year >= 2000) AND (funding_year <= 2100)))
constraint allocation_kind_check CHECK ((kind = ANY (ARRAY['allotment'::text, 'quota'::text, 'reduction'::text])))
constraint allocation_line_id_fkey FOREIGN KEY (line_id) REFERENCES budget_line(id)
constraint allocation_pkey PRIMARY KEY (id)
constraint allocation_programme_fkey FOREIGN KEY (programme) REFERENCES programme(code)
constraint allocation_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
constraint allocation_quota_kind CHECK ((((kind = 'quota'::text) AND (centre_id IS NULL)) = (key_name IS NOT NULL)))
constraint allocation_released_by_fkey FOREIGN KEY (released_by) REFERENCES person(id)
constraint allocation_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'released'::text, 'withdrawn'::text])))
constraint allocation_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES person(id)
CREATE INDEX allocation_year ON public.allocation USING btree (funding_year, programme)
CREATE UNIQUE INDEX allocation_quota ON public.allocation USING btree (funding_year, programme, centre_id) WHERE ((kind = 'quota'::text) AND (state <> 'withdrawn'::text))
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.allocation FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.allocation FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.allocation FOR EACH ROW EXECUTE FUNCTION access.stamp('proposed_by', 'proposed_at', 'released_by', 'released_at', 'withdrawn_by', 'withdrawn_at')
CREATE TRIGGER stamp_on_behalf BEFORE INSERT OR UPDATE ON public.allocation FOR EACH ROW EXECUTE FUNCTION access.on_behalf('released_by', 'proposed_by')
CREATE TRIGGER stamp_others BEFORE INSERT OR UPDATE ON public.allocation FOR EACH ROW EXECUTE FUNCTION access.other_persons('released_by', 'proposed_by')
CREATE TRIGGER withdraws_shares AFTER UPDATE ON public.allocation FOR EACH ROW WHEN (((new.state = 'withdrawn'::text) AND (old.state <> 'withdrawn'::text))) EXECUTE FUNCTION audit.withdraws_shares()
CREATE TRIGGER year_is_open BEFORE INSERT OR UPDATE ON public.allocation FOR EACH ROW EXECUTE FUNCTION audit.year_is_open()
CREATE TRIGGER zy_only_forward BEFORE INSERT OR UPDATE ON public.allocation FOR EACH ROW EXECUTE FUNCTION access.only_forward()
CREATE TRIGGER zz_ends_once BEFORE UPDATE ON public.allocation FOR EACH ROW EXECUTE FUNCTION audit.proposal_ends_once()
policy owner for all to foerderbuch_owner using (true) with check (true)
policy propose for insert to foerderbuch_ministry with check (( SELECT access.context() AS context))
policy release_or_withdraw for update to foerderbuch_ministry using (( SELECT access.context() AS context))
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (state, released_at, released_by, withdrawn_at, withdrawal_reason, version) to foerderbuch_ministry
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_school_ministry, foerderbuch_system

-- table public.allocation_share
owner foerderbuch_owner, row level security forced
comment 'One centre''s part of a quota that was distributed by a key: its weight in the key, and its cents by largest remainder. With all its rows the distribution can be computed again.'
  id uuid not null
  allocation_id uuid not null
  funding_year integer not null
  programme text not null
  centre_id uuid not null
  weight bigint not null
  amount_cents bigint not null
  withdrawn boolean not null default false
constraint allocation_share_allocation_id_fkey FOREIGN KEY (allocation_id) REFERENCES allocation(id)
constraint allocation_share_amount_cents_check CHECK ((amount_cents >= 0))
constraint allocation_share_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES centre(id)
constraint allocation_share_check CHECK (((weight > 0) OR (amount_cents = 0)))
constraint allocation_share_pkey PRIMARY KEY (id)
constraint allocation_share_weight_check CHECK ((weight >= 0))
CREATE INDEX allocation_share_allocation ON public.allocation_share USING btree (allocation_id)
CREATE UNIQUE INDEX allocation_share_once ON public.allocation_share USING btree (funding_year, programme, centre_id) WHERE (NOT withdrawn)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.allocation_share FOR EACH ROW EXECUTE FUNCTION audit.share_stands()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.allocation_share FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.allocation_share FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER share_of_proposal BEFORE INSERT ON public.allocation_share FOR EACH ROW EXECUTE FUNCTION audit.share_of_proposal()
policy owner for all to foerderbuch_owner using (true) with check (true)
policy propose for insert to foerderbuch_ministry with check (( SELECT access.context() AS context))
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_school_ministry, foerderbuch_system
comment on withdrawn 'Set with the withdrawal of the proposed quota, so that another may be proposed for the same centres.'

-- table public.application
owner foerderbuch_owner, row level security forced
comment 'An application for a grant (VVG zu § 44 LHO) and the opening of its case. The grant period is half-open, [period_from, period_to), and spans at most five funding years, of which funding_year is the first. submitted_at and submitted_on tell of the first submission; ..._on are business days.'
  id uuid not null
  case_id uuid not null
  centre_id uuid not null
  recipient_id uuid not null
  programme text not null
  funding_year integer not null
  period_from date not null
  period_to date not null
  state text not null
  submission integer not null default 0
  drafted_at timestamp with time zone not null default transaction_timestamp()
  drafted_by uuid not null
  submitted_at timestamp with time zone
  submitted_by uuid
  submitted_on date
  recommended_at timestamp with time zone
  recommended_by uuid
  retracted_at timestamp with time zone
  retracted_by uuid
  open_changes integer not null default 0
  version integer not null default 1
  call_id uuid not null
  continues uuid
constraint application_call_id_fkey FOREIGN KEY (call_id) REFERENCES call(id)
constraint application_case_id_key UNIQUE (case_id)
constraint application_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES centre(id)
constraint application_check CHECK ((period_from < period_to))
constraint application_check1 CHECK ((period_to <= make_date(((EXTRACT(year FROM period_from))::integer + 5), 1, 1)))
constraint application_check2 CHECK (((state = 'draft'::text) = (submission = 0)))
constraint application_check3 CHECK (((submission = 0) = (submitted_at IS NULL)))
constraint application_check4 CHECK (((submitted_at IS NULL) = (submitted_on IS NULL)))
constraint application_check5 CHECK (((state = 'retracted'::text) = (retracted_at IS NOT NULL)))
constraint application_check6 CHECK (((state <> ALL (ARRAY['recommended'::text, 'decided'::text])) OR (recommended_at IS NOT NULL)))
constraint application_check7 CHECK ((continues <> id))
constraint application_continues_fkey FOREIGN KEY (continues) REFERENCES application(id)
constraint application_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES person(id)
constraint application_funding_year_check CHECK (((funding_year >= 2000) AND (funding_year <= 2100)))
constraint application_id_case_id_centre_id_key UNIQUE (id, case_id, centre_id)
constraint application_open_changes_check CHECK ((open_changes >= 0))
constraint application_pkey PRIMARY KEY (id)
constraint application_programme_fkey FOREIGN KEY (programme) REFERENCES programme(code)
constraint application_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES recipient(id)
constraint application_recommended_by_fkey FOREIGN KEY (recommended_by) REFERENCES person(id)
constraint application_retracted_by_fkey FOREIGN KEY (retracted_by) REFERENCES person(id)
constraint application_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'in_check'::text, 'queried'::text, 'recommended'::text, 'decided'::text, 'retracted'::text])))
constraint application_submission_check CHECK ((submission >= 0))
constraint application_submitted_by_fkey FOREIGN KEY (submitted_by) REFERENCES person(id)
CREATE INDEX application_call ON public.application USING btree (call_id)
CREATE INDEX application_centre ON public.application USING btree (centre_id, programme, funding_year)
CREATE INDEX application_state ON public.application USING btree (state, id)
CREATE INDEX application_with_change ON public.application USING btree (id) WHERE (open_changes > 0)
CREATE INDEX application_year ON public.application USING btree (funding_year, id)
CREATE UNIQUE INDEX application_continued ON public.application USING btree (continues) WHERE (state <> 'retracted'::text)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.application FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.application FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE CONSTRAINT TRIGGER recommended AFTER UPDATE ON public.application DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.state = 'recommended'::text) AND (old.state <> 'recommended'::text))) EXECUTE FUNCTION audit.recommended_with_reason()
CREATE TRIGGER retracted AFTER UPDATE ON public.application FOR EACH ROW WHEN (((new.state = 'retracted'::text) AND (old.state <> 'retracted'::text))) EXECUTE FUNCTION audit.retracted_application()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.application FOR EACH ROW EXECUTE FUNCTION access.stamp('drafted_by', 'drafted_at', 'submitted_by', 'submitted_at', 'recommended_by', 'recommended_at', 'retracted_by', 'retracted_at')
CREATE TRIGGER stamp_on_behalf BEFORE INSERT OR UPDATE ON public.application FOR EACH ROW EXECUTE FUNCTION access.on_behalf('recommended_by')
CREATE TRIGGER zy_only_forward BEFORE INSERT OR UPDATE ON public.application FOR EACH ROW EXECUTE FUNCTION access.only_forward()
CREATE TRIGGER zz_checked BEFORE UPDATE ON public.application FOR EACH ROW WHEN (((new.state = 'recommended'::text) AND (old.state <> 'recommended'::text))) EXECUTE FUNCTION audit.checked_to_recommend()
CREATE TRIGGER zz_decided_stays BEFORE UPDATE ON public.application FOR EACH ROW EXECUTE FUNCTION audit.decided_stays()
CREATE TRIGGER zz_submitted BEFORE UPDATE ON public.application FOR EACH ROW EXECUTE FUNCTION audit.submitted_to_leave()
policy draft for insert to foerderbuch_municipality with check (((centre_id = ( SELECT access.centre() AS centre)) AND (state = 'draft'::text)))
policy handle for update to foerderbuch_granting_authority using (( SELECT access.context() AS context)) with check ((state = ANY (ARRAY['in_check'::text, 'queried'::text, 'recommended'::text, 'decided'::text])))
policy opine for update to foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry using (( SELECT access.context() AS context)) with check ((state = ANY (ARRAY['submitted'::text, 'in_check'::text])))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy pursue for update to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre))) with check (((centre_id = ( SELECT access.centre() AS centre)) AND (state = ANY (ARRAY['draft'::text, 'submitted'::text, 'queried'::text, 'in_check'::text, 'retracted'::text]))))
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (state, recommended_at, version) to foerderbuch_granting_authority
grant update (version) to foerderbuch_ministry
grant update (period_from, period_to, state, submission, submitted_at, submitted_on, retracted_at, version) to foerderbuch_municipality
grant update (version) to foerderbuch_school_ministry
grant insert, select to foerderbuch_municipality
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system
comment on open_changes 'How many changes told after the notice are still to be acknowledged; counted by a trigger, written by nobody.'
comment on continues 'The application of the year before that this one carries on.'

-- table public.application_answer
owner foerderbuch_owner, row level security forced
comment 'The applicant''s answer to a query: in words, or, where the text is null, by the new version that submission names.'
  id uuid not null
  query_id uuid not null
  application_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  submission integer not null
  text text
  answered_at timestamp with time zone not null default transaction_timestamp()
  answered_by uuid not null
  answered_on date not null
constraint application_answer_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES person(id)
constraint application_answer_application_id_submission_fkey FOREIGN KEY (application_id, submission) REFERENCES application_submission(application_id, number)
constraint application_answer_pkey PRIMARY KEY (id)
constraint application_answer_query_id_application_id_case_id_centre__fkey FOREIGN KEY (query_id, application_id, case_id, centre_id) REFERENCES application_query(id, application_id, case_id, centre_id)
constraint application_answer_query_id_key UNIQUE (query_id)
constraint application_answer_submission_check CHECK ((submission >= 1))
constraint application_answer_text_check CHECK ((text <> ''::text))
CREATE INDEX application_answer_case ON public.application_answer USING btree (case_id)
CREATE INDEX application_answer_submission ON public.application_answer USING btree (application_id, submission)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.application_answer FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE CONSTRAINT TRIGGER handed_back AFTER INSERT ON public.application_answer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.handed_back()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.application_answer FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.application_answer FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT ON public.application_answer FOR EACH ROW EXECUTE FUNCTION access.stamp('answered_by', 'answered_at')
policy answer for insert to foerderbuch_municipality with check (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM application a
  WHERE ((a.id = application_answer.application_id) AND (a.state = 'queried'::text) AND (application_answer.submission = (a.submission + ((application_answer.text IS NULL))::integer)))))))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant insert, select to foerderbuch_municipality
grant select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system

-- table public.application_change
owner foerderbuch_owner, row level security forced
comment 'A change that the recipient tells of after the notice (Nr. 5 ANBest-G, wording assumed): what is another than was granted for, and since which day. Told and never reworded; a mistake is told as another change.'
  id uuid not null
  application_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  number integer not null
  kind text not null
  what text not null
  since_on date not null
  told_at timestamp with time zone not null default transaction_timestamp()
  told_by uuid not null
  told_on date not null
constraint application_change_application_id_case_id_centre_id_fkey FOREIGN KEY (application_id, case_id, centre_id) REFERENCES application(id, case_id, centre_id)
constraint application_change_application_id_number_key UNIQUE (application_id, number)
constraint application_change_check CHECK ((since_on <= told_on))
constraint application_change_id_application_id_case_id_centre_id_key UNIQUE (id, application_id, case_id, centre_id)
constraint application_change_kind_check CHECK ((kind = ANY (ARRAY['financing'::text, 'purpose'::text, 'staffing'::text, 'period'::text, 'other'::text])))
constraint application_change_number_check CHECK ((number >= 1))
constraint application_change_pkey PRIMARY KEY (id)
constraint application_change_told_by_fkey FOREIGN KEY (told_by) REFERENCES person(id)
constraint application_change_what_check CHECK (((char_length(what) >= 1) AND (char_length(what) <= 4000)))
CREATE INDEX application_change_case ON public.application_change USING btree (case_id)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.application_change FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER counted AFTER INSERT ON public.application_change FOR EACH ROW EXECUTE FUNCTION audit.change_counted()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.application_change FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.application_change FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT ON public.application_change FOR EACH ROW EXECUTE FUNCTION access.stamp('told_by', 'told_at')
CREATE TRIGGER zz_told_in_time BEFORE INSERT ON public.application_change FOR EACH ROW EXECUTE FUNCTION audit.told_in_time()
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
policy tell for insert to foerderbuch_municipality with check (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM decision d
  WHERE ((d.application_id = application_change.application_id) AND (d.basis_id IS NULL) AND (d.state = 'notified'::text) AND (d.kind <> 'refusal'::text))))))
grant insert, select to foerderbuch_municipality
grant select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system

-- table public.application_change_answer
owner foerderbuch_owner, row level security forced
comment 'What the granting authority makes of a change that was told, once: nothing, an amendment, or that withdrawal or revocation is examined. The act itself is a decision of its own.'
  id uuid not null
  change_id uuid not null
  application_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  consequence text not null
  reason text not null
  acknowledged_at timestamp with time zone not null default transaction_timestamp()
  acknowledged_by uuid not null
  acknowledged_on date not null
constraint application_change_answer_acknowledged_by_fkey FOREIGN KEY (acknowledged_by) REFERENCES person(id)
constraint application_change_answer_change_id_application_id_case_id_fkey FOREIGN KEY (change_id, application_id, case_id, centre_id) REFERENCES application_change(id, application_id, case_id, centre_id)
constraint application_change_answer_change_id_key UNIQUE (change_id)
constraint application_change_answer_consequence_check CHECK ((consequence = ANY (ARRAY['none'::text, 'amendment'::text, 'withdrawal_examined'::text, 'revocation_examined'::text])))
constraint application_change_answer_pkey PRIMARY KEY (id)
constraint application_change_answer_reason_check CHECK (((char_length(reason) >= 1) AND (char_length(reason) <= 4000)))
CREATE INDEX application_change_answer_application ON public.application_change_answer USING btree (application_id)
CREATE INDEX application_change_answer_case ON public.application_change_answer USING btree (case_id)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.application_change_answer FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER counted AFTER INSERT ON public.application_change_answer FOR EACH ROW EXECUTE FUNCTION audit.change_counted()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.application_change_answer FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.application_change_answer FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT ON public.application_change_answer FOR EACH ROW EXECUTE FUNCTION access.stamp('acknowledged_by', 'acknowledged_at')
policy acknowledge for insert to foerderbuch_granting_authority with check (( SELECT access.context() AS context))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.application_check
owner foerderbuch_owner, row level security forced
comment 'A check of one submission by the granting authority (VVG zu § 44 LHO): every item of the checklist is answered. queries: how many queries had been asked by then; a later one makes the check stale. The authority''s own affair: the applicant reads queries, not checks.'
  id uuid not null
  application_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  submission integer not null
  queries integer not null
  note text not null
  checked_at timestamp with time zone not null default transaction_timestamp()
  checked_by uuid not null
  checked_on date not null
constraint application_check_application_id_case_id_centre_id_fkey FOREIGN KEY (application_id, case_id, centre_id) REFERENCES application(id, case_id, centre_id)
constraint application_check_application_id_submission_fkey FOREIGN KEY (application_id, submission) REFERENCES application_submission(application_id, number)
constraint application_check_checked_by_fkey FOREIGN KEY (checked_by) REFERENCES person(id)
constraint application_check_id_application_id_case_id_centre_id_key UNIQUE (id, application_id, case_id, centre_id)
constraint application_check_pkey PRIMARY KEY (id)
constraint application_check_queries_check CHECK ((queries >= 0))
constraint application_check_submission_check CHECK ((submission >= 1))
CREATE INDEX application_check_application ON public.application_check USING btree (application_id, checked_at)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.application_check FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.application_check FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.application_check FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT ON public.application_check FOR EACH ROW EXECUTE FUNCTION access.stamp('checked_by', 'checked_at')
CREATE TRIGGER stamp_on_behalf BEFORE INSERT OR UPDATE ON public.application_check FOR EACH ROW EXECUTE FUNCTION access.on_behalf('checked_by')
policy handle for insert to foerderbuch_granting_authority with check ((( SELECT access.context() AS context) AND access.with_authority(application_id, submission) AND (queries = ( SELECT count(*) AS count
   FROM application_query q
  WHERE (q.application_id = application_check.application_id)))))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system

-- table public.application_check_result
owner foerderbuch_owner, row level security forced
comment 'What a check answered to one item of the checklist, with the reason where it is not met or does not apply. Entered with the check and never afterwards.'
  id uuid not null
  check_id uuid not null
  application_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  guideline_version_id uuid not null
  code text not null
  result text not null
  reason text
constraint application_check_result_check CHECK (((result = 'met'::text) OR (reason IS NOT NULL)))
constraint application_check_result_check_id_application_id_case_id_c_fkey FOREIGN KEY (check_id, application_id, case_id, centre_id) REFERENCES application_check(id, application_id, case_id, centre_id)
constraint application_check_result_check_id_code_key UNIQUE (check_id, code)
constraint application_check_result_guideline_version_id_code_fkey FOREIGN KEY (guideline_version_id, code) REFERENCES guideline_checklist_item(guideline_version_id, code)
constraint application_check_result_pkey PRIMARY KEY (id)
constraint application_check_result_result_check CHECK ((result = ANY (ARRAY['met'::text, 'not_met'::text, 'not_applicable'::text])))
CREATE INDEX application_check_result_case ON public.application_check_result USING btree (case_id)
CREATE INDEX application_check_result_item ON public.application_check_result USING btree (guideline_version_id, code)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.application_check_result FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.application_check_result FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.application_check_result FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy handle for insert to foerderbuch_granting_authority with check ((( SELECT access.context() AS context) AND (EXISTS ( SELECT
   FROM application_check c
  WHERE ((c.id = application_check_result.check_id) AND (c.checked_at = transaction_timestamp()) AND (c.checked_by = ( SELECT access.person() AS person)))))))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system

-- table public.application_deviation
owner foerderbuch_owner, row level security forced
comment 'Why the recommendation proposes a grant against an unfavourable opinion. Entered with the recommendation and never afterwards.'
  id uuid not null
  opinion_id uuid not null
  application_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  reason text not null
constraint application_deviation_opinion_id_application_id_case_id_ce_fkey FOREIGN KEY (opinion_id, application_id, case_id, centre_id) REFERENCES application_opinion(id, application_id, case_id, centre_id)
constraint application_deviation_opinion_id_key UNIQUE (opinion_id)
constraint application_deviation_pkey PRIMARY KEY (id)
CREATE INDEX application_deviation_case ON public.application_deviation USING btree (case_id)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.application_deviation FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.application_deviation FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.application_deviation FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy owner for all to foerderbuch_owner using (true) with check (true)
policy recommend for insert to foerderbuch_granting_authority with check ((( SELECT access.context() AS context) AND (EXISTS ( SELECT
   FROM application a
  WHERE ((a.id = application_deviation.application_id) AND (a.recommended_at = transaction_timestamp()) AND (a.recommended_by = ( SELECT access.person() AS person)))))))
policy statewide for select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system

-- table public.application_early_start
owner foerderbuch_owner, row level security forced
comment 'The granting authority''s consent that what is applied for begins on starts_on or later, before the decision (VV zu § 44 LHO). It promises no grant.'
  id uuid not null
  application_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  submission integer not null
  starts_on date not null
  reason text not null
  consented_at timestamp with time zone not null default transaction_timestamp()
  consented_by uuid not null
  consented_on date not null
constraint application_early_start_application_id_case_id_centre_id_fkey FOREIGN KEY (application_id, case_id, centre_id) REFERENCES application(id, case_id, centre_id)
constraint application_early_start_application_id_submission_fkey FOREIGN KEY (application_id, submission) REFERENCES application_submission(application_id, number)
constraint application_early_start_check CHECK ((starts_on >= consented_on))
constraint application_early_start_consented_by_fkey FOREIGN KEY (consented_by) REFERENCES person(id)
constraint application_early_start_pkey PRIMARY KEY (id)
constraint application_early_start_submission_check CHECK ((submission >= 1))
CREATE INDEX application_early_start_application ON public.application_early_start USING btree (application_id, submission)
CREATE INDEX application_early_start_case ON public.application_early_start USING btree (case_id)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.application_early_start FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.application_early_start FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.application_early_start FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT ON public.application_early_start FOR EACH ROW EXECUTE FUNCTION access.stamp('consented_by', 'consented_at')
policy consent for insert to foerderbuch_granting_authority with check ((( SELECT access.context() AS context) AND (EXISTS ( SELECT
   FROM application a
  WHERE ((a.id = application_early_start.application_id) AND (a.state = ANY (ARRAY['submitted'::text, 'in_check'::text, 'queried'::text, 'recommended'::text])))))))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.application_measure_item
owner foerderbuch_owner, row level security forced
comment 'Expenditure planned beside the posts for one funding year, in cents: material of the centre, or a measure for others, counted in units where it has any. An edit removes and adds; nothing is deleted.'
  id uuid not null
  application_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  "position" integer not null
  kind text not null
  text text not null
  funding_year integer not null
  expected_expenditure_cents bigint not null
  units integer
  removed_at timestamp with time zone
  version integer not null default 1
constraint application_measure_item_application_id_case_id_centre_id_fkey FOREIGN KEY (application_id, case_id, centre_id) REFERENCES application(id, case_id, centre_id)
constraint application_measure_item_expected_expenditure_cents_check CHECK (((expected_expenditure_cents >= 0) AND (expected_expenditure_cents <= '9007199254740991'::bigint)))
constraint application_measure_item_funding_year_check CHECK (((funding_year >= 2000) AND (funding_year <= 2100)))
constraint application_measure_item_kind_check CHECK ((kind = ANY (ARRAY['material'::text, 'measure'::text])))
constraint application_measure_item_pkey PRIMARY KEY (id)
constraint application_measure_item_position_check CHECK ((("position" >= 1) AND ("position" <= 999)))
constraint application_measure_item_units_check CHECK ((units >= 1))
CREATE INDEX application_measure_item_case ON public.application_measure_item USING btree (case_id)
CREATE UNIQUE INDEX application_measure_item_place ON public.application_measure_item USING btree (application_id, "position") WHERE (removed_at IS NULL)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.application_measure_item FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.application_measure_item FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy ask for insert to foerderbuch_municipality with check (((centre_id = ( SELECT access.centre() AS centre)) AND access.with_applicant(application_id)))
policy change for update to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND access.with_applicant(application_id)))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (removed_at, version) to foerderbuch_municipality
grant insert, select to foerderbuch_municipality
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system

-- table public.application_opinion
owner foerderbuch_owner, row level security forced
comment 'A technical opinion (fachliche Stellungnahme) of an office on a submission. The last of each office stands; earlier ones are kept.'
  id uuid not null
  application_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  submission integer not null
  office text not null
  opinion text not null
  reason text not null
  stated_at timestamp with time zone not null default transaction_timestamp()
  stated_by uuid not null
  stated_on date not null
constraint application_opinion_application_id_case_id_centre_id_fkey FOREIGN KEY (application_id, case_id, centre_id) REFERENCES application(id, case_id, centre_id)
constraint application_opinion_application_id_submission_fkey FOREIGN KEY (application_id, submission) REFERENCES application_submission(application_id, number)
constraint application_opinion_id_application_id_case_id_centre_id_key UNIQUE (id, application_id, case_id, centre_id)
constraint application_opinion_office_check CHECK ((office = ANY (ARRAY['granting_authority'::text, 'ministry'::text, 'school_ministry'::text])))
constraint application_opinion_opinion_check CHECK ((opinion = ANY (ARRAY['favourable'::text, 'with_conditions'::text, 'unfavourable'::text])))
constraint application_opinion_pkey PRIMARY KEY (id)
constraint application_opinion_stated_by_fkey FOREIGN KEY (stated_by) REFERENCES person(id)
constraint application_opinion_submission_check CHECK ((submission >= 1))
CREATE INDEX application_opinion_application ON public.application_opinion USING btree (application_id, submission)
CREATE INDEX application_opinion_case ON public.application_opinion USING btree (case_id)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.application_opinion FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.application_opinion FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.application_opinion FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT ON public.application_opinion FOR EACH ROW EXECUTE FUNCTION access.stamp('stated_by', 'stated_at')
policy granting_authority for insert to foerderbuch_granting_authority with check (((office = 'granting_authority'::text) AND ( SELECT access.context() AS context) AND access.with_authority(application_id, submission)))
policy ministry for insert to foerderbuch_ministry with check (((office = 'ministry'::text) AND ( SELECT access.context() AS context) AND access.with_authority(application_id, submission)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy school_ministry for insert to foerderbuch_school_ministry with check (((office = 'school_ministry'::text) AND ( SELECT access.context() AS context) AND access.with_authority(application_id, submission)))
policy statewide for select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant insert, select to foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry
grant select to foerderbuch_auditor, foerderbuch_system

-- table public.application_post_item
owner foerderbuch_owner, row level security forced
comment 'A post applied for: category, hundredths of a full post, the half-open time it is filled, and in cents what it is expected to cost, which every financing type but the fixed amount asks. An edit removes and adds; nothing is deleted.'
  id uuid not null
  application_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  "position" integer not null
  category text not null
  fte_hundredths integer not null
  occupied_from date not null
  occupied_to date not null
  expected_expenditure_cents bigint
  removed_at timestamp with time zone
  version integer not null default 1
constraint application_post_item_application_id_case_id_centre_id_fkey FOREIGN KEY (application_id, case_id, centre_id) REFERENCES application(id, case_id, centre_id)
constraint application_post_item_category_check CHECK ((category = ANY (ARRAY['specialist'::text, 'assistant'::text, 'teacher'::text])))
constraint application_post_item_check CHECK ((occupied_from < occupied_to))
constraint application_post_item_expected_expenditure_cents_check CHECK (((expected_expenditure_cents >= 0) AND (expected_expenditure_cents <= '9007199254740991'::bigint)))
constraint application_post_item_fte_hundredths_check CHECK (((fte_hundredths >= 1) AND (fte_hundredths <= 10000)))
constraint application_post_item_pkey PRIMARY KEY (id)
constraint application_post_item_position_check CHECK ((("position" >= 1) AND ("position" <= 999)))
CREATE INDEX application_post_item_case ON public.application_post_item USING btree (case_id)
CREATE UNIQUE INDEX application_post_item_place ON public.application_post_item USING btree (application_id, "position") WHERE (removed_at IS NULL)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.application_post_item FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.application_post_item FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy ask for insert to foerderbuch_municipality with check (((centre_id = ( SELECT access.centre() AS centre)) AND access.with_applicant(application_id)))
policy change for update to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND access.with_applicant(application_id)))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (removed_at, version) to foerderbuch_municipality
grant insert, select to foerderbuch_municipality
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system

-- table public.application_query
owner foerderbuch_owner, row level security forced
comment 'A question of the granting authority about a submission, with the working day until which it is to be answered (§§ 24, 31 VwVfG NRW). Until then the application lies with its applicant.'
  id uuid not null
  application_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  number integer not null
  submission integer not null
  question text not null
  due_on date not null
  asked_at timestamp with time zone not null default transaction_timestamp()
  asked_by uuid not null
  asked_on date not null
constraint application_query_application_id_case_id_centre_id_fkey FOREIGN KEY (application_id, case_id, centre_id) REFERENCES application(id, case_id, centre_id)
constraint application_query_application_id_number_key UNIQUE (application_id, number)
constraint application_query_application_id_submission_fkey FOREIGN KEY (application_id, submission) REFERENCES application_submission(application_id, number)
constraint application_query_asked_by_fkey FOREIGN KEY (asked_by) REFERENCES person(id)
constraint application_query_check CHECK ((due_on > asked_on))
constraint application_query_id_application_id_case_id_centre_id_key UNIQUE (id, application_id, case_id, centre_id)
constraint application_query_number_check CHECK ((number >= 1))
constraint application_query_pkey PRIMARY KEY (id)
constraint application_query_question_check CHECK ((question <> ''::text))
constraint application_query_submission_check CHECK ((submission >= 1))
CREATE INDEX application_query_case ON public.application_query USING btree (case_id)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.application_query FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE CONSTRAINT TRIGGER handed_back AFTER INSERT ON public.application_query DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.handed_back()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.application_query FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.application_query FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT ON public.application_query FOR EACH ROW EXECUTE FUNCTION access.stamp('asked_by', 'asked_at')
policy ask for insert to foerderbuch_granting_authority with check ((( SELECT access.context() AS context) AND access.with_authority(application_id, submission)))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.application_recommendation
owner foerderbuch_owner, row level security forced
comment 'What should be decided on an application, and why. Who said so and when stands with the application; entered in the same command and never afterwards.'
  id uuid not null
  application_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  recommendation text not null
  proposes text not null
constraint application_recommendation_application_id_case_id_centre_i_fkey FOREIGN KEY (application_id, case_id, centre_id) REFERENCES application(id, case_id, centre_id)
constraint application_recommendation_application_id_key UNIQUE (application_id)
constraint application_recommendation_pkey PRIMARY KEY (id)
constraint application_recommendation_proposes_check CHECK ((proposes = ANY (ARRAY['grant'::text, 'partial_grant'::text, 'refusal'::text])))
CREATE INDEX application_recommendation_case ON public.application_recommendation USING btree (case_id)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.application_recommendation FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.application_recommendation FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.application_recommendation FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy own for select to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM decision d
  WHERE (d.application_id = application_recommendation.application_id)))))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy recommend for insert to foerderbuch_granting_authority with check ((( SELECT access.context() AS context) AND (EXISTS ( SELECT
   FROM application a
  WHERE ((a.id = application_recommendation.application_id) AND (a.recommended_at = transaction_timestamp()) AND (a.recommended_by = ( SELECT access.person() AS person)))))))
policy statewide for select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.application_submission
owner foerderbuch_owner, row level security forced
comment 'What was submitted, frozen: the canonical text (RFC 8785) of application, posts, measures, plan and calculation, with its SHA-256.'
  id uuid not null
  application_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  number integer not null
  content text not null
  sha256 text not null
  submitted_at timestamp with time zone not null default transaction_timestamp()
  submitted_by uuid not null
  submitted_on date not null
constraint application_submission_application_id_case_id_centre_id_fkey FOREIGN KEY (application_id, case_id, centre_id) REFERENCES application(id, case_id, centre_id)
constraint application_submission_application_id_number_key UNIQUE (application_id, number)
constraint application_submission_check1 CHECK ((sha256 = encode(sha256(convert_to(content, 'UTF8'::name)), 'hex'::text)))
constraint application_submission_number_check CHECK ((number >= 1))
constraint application_submission_pkey PRIMARY KEY (id)
constraint application_submission_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
constraint application_submission_submitted_by_fkey FOREIGN KEY (submitted_by) REFERENCES person(id)
CREATE INDEX application_submission_case ON public.application_submission USING btree (case_id)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.application_submission FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.application_submission FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.application_submission FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT ON public.application_submission FOR EACH ROW EXECUTE FUNCTION access.stamp('submitted_by', 'submitted_at')
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
policy submit for insert to foerderbuch_municipality with check ((centre_id = ( SELECT access.centre() AS centre)))
grant insert, select to foerderbuch_municipality
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system

-- table public.appropriation
owner foerderbuch_owner, row level security forced
comment 'Permission to spend in one budget year and every later change of it, in cents (§§ 11, 33, 41, 45 LHO NRW): a new row each, never an edit, released by a second person or withdrawn with the reason. Consents are those of the finance ministry, by reference.'
  id uuid not null
  line_id uuid not null
  funding_year integer not null
  kind text not null
  from_line_id uuid
  from_year integer
  consent_to_form text
  consent_to_use text
  cover text
  amount_cents bigint not null
  reason text not null
  source text not null
  confidence text not null
  state text not null
  proposed_at timestamp with time zone not null default transaction_timestamp()
  proposed_by uuid not null
  released_at timestamp with time zone
  released_by uuid
  withdrawn_at timestamp with time zone
  withdrawn_by uuid
  withdrawal_reason text
  version integer not null default 1
constraint appropriation_amount_cents_check CHECK ((amount_cents > 0))
constraint appropriation_check CHECK ((released_by <> proposed_by))
constraint appropriation_check1 CHECK (((state = 'released'::text) = (released_at IS NOT NULL)))
constraint appropriation_check2 CHECK (((state = 'withdrawn'::text) = (withdrawn_at IS NOT NULL)))
constraint appropriation_check3 CHECK (((withdrawn_at IS NULL) = (withdrawal_reason IS NULL)))
constraint appropriation_check4 CHECK (((kind = 'virement'::text) = (from_line_id IS NOT NULL)))
constraint appropriation_check5 CHECK ((from_line_id <> line_id))
constraint appropriation_check6 CHECK (((kind = 'carry_over'::text) = (from_year IS NOT NULL)))
constraint appropriation_confidence_check CHECK ((confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text])))
constraint appropriation_consent CHECK ((((kind = 'carry_over'::text) = (consent_to_form IS NOT NULL)) AND ((kind = 'carry_over'::text) = (cover IS NOT NULL)) AND ((kind = ANY (ARRAY['unblock'::text, 'virement'::text, 'carry_over'::text])) = (consent_to_use IS NOT NULL))))
constraint appropriation_from_line_id_fkey FOREIGN KEY (from_line_id) REFERENCES budget_line(id)
constraint appropriation_funding_year_check CHECK (((funding_year >= 2000) AND (funding_year <= 2100)))
constraint appropriation_kind_check CHECK ((kind = ANY (ARRAY['initial'::text, 'supplement'::text, 'reduction'::text, 'block'::text, 'unblock'::text, 'virement'::text, 'carry_over'::text])))
constraint appropriation_line_id_fkey FOREIGN KEY (line_id) REFERENCES budget_line(id)
constraint appropriation_pkey PRIMARY KEY (id)
constraint appropriation_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
constraint appropriation_reach CHECK (((from_year < funding_year) AND (funding_year <= (from_year + 2))))
constraint appropriation_released_by_fkey FOREIGN KEY (released_by) REFERENCES person(id)
constraint appropriation_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'released'::text, 'withdrawn'::text])))
constraint appropriation_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES person(id)
CREATE UNIQUE INDEX appropriation_initial ON public.appropriation USING btree (line_id, funding_year) WHERE ((kind = 'initial'::text) AND (state <> 'withdrawn'::text))
CREATE TRIGGER carries_over BEFORE INSERT ON public.appropriation FOR EACH ROW EXECUTE FUNCTION audit.carries_over()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.appropriation FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.appropriation FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.appropriation FOR EACH ROW EXECUTE FUNCTION access.stamp('proposed_by', 'proposed_at', 'released_by', 'released_at', 'withdrawn_by', 'withdrawn_at')
CREATE TRIGGER stamp_on_behalf BEFORE INSERT OR UPDATE ON public.appropriation FOR EACH ROW EXECUTE FUNCTION access.on_behalf('released_by', 'proposed_by')
CREATE TRIGGER stamp_others BEFORE INSERT OR UPDATE ON public.appropriation FOR EACH ROW EXECUTE FUNCTION access.other_persons('released_by', 'proposed_by')
CREATE TRIGGER year_is_open BEFORE INSERT OR UPDATE ON public.appropriation FOR EACH ROW EXECUTE FUNCTION audit.year_is_open()
CREATE TRIGGER zy_only_forward BEFORE INSERT OR UPDATE ON public.appropriation FOR EACH ROW EXECUTE FUNCTION access.only_forward()
CREATE TRIGGER zz_ends_once BEFORE UPDATE ON public.appropriation FOR EACH ROW EXECUTE FUNCTION audit.proposal_ends_once()
policy owner for all to foerderbuch_owner using (true) with check (true)
policy propose for insert to foerderbuch_ministry with check (( SELECT access.context() AS context))
policy release_or_withdraw for update to foerderbuch_ministry using (( SELECT access.context() AS context))
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (state, released_at, released_by, withdrawn_at, withdrawal_reason, version) to foerderbuch_ministry
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_school_ministry, foerderbuch_system
comment on from_line_id 'The line a virement takes the money from.'
comment on from_year 'The year whose remainder is carried over; available until the second year after it.'

-- table public.attachment
owner foerderbuch_owner, row level security forced
comment 'A file that belongs to an application: what it is by its content, its size and SHA-256. kept_at: since then a submission names it, so its bytes stay even when it is removed.'
  id uuid not null
  holder_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  kind text not null
  file_name text not null
  salt bytea not null default (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
  media_type text not null
  size_bytes bigint not null
  sha256 text not null
  uploaded_at timestamp with time zone not null default transaction_timestamp()
  uploaded_by uuid not null
  uploaded_on date not null
  kept_at timestamp with time zone
  removed_at timestamp with time zone
  removed_by uuid
  version integer not null default 1
constraint attachment_file_name_check CHECK (((length(file_name) >= 1) AND (length(file_name) <= 200)))
constraint attachment_holder_id_case_id_centre_id_fkey FOREIGN KEY (holder_id, case_id, centre_id) REFERENCES application(id, case_id, centre_id)
constraint attachment_id_case_id_centre_id_key UNIQUE (id, case_id, centre_id)
constraint attachment_kind_check CHECK ((kind = ANY (ARRAY['post_description'::text, 'cost_estimate'::text, 'council_resolution'::text, 'cooperation_agreement'::text, 'other'::text])))
constraint attachment_pkey PRIMARY KEY (id)
constraint attachment_removed_by_fkey FOREIGN KEY (removed_by) REFERENCES person(id)
constraint attachment_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
constraint attachment_size_bytes_check CHECK ((size_bytes > 0))
constraint attachment_uploaded_by_fkey FOREIGN KEY (uploaded_by) REFERENCES person(id)
CREATE INDEX attachment_case ON public.attachment USING btree (case_id)
CREATE INDEX attachment_holder ON public.attachment USING btree (holder_id, id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.attachment FOR EACH ROW EXECUTE FUNCTION audit.journal('file_name', 'salt')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.attachment FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.attachment FOR EACH ROW EXECUTE FUNCTION access.stamp('uploaded_by', 'uploaded_at', 'removed_by', 'removed_at')
CREATE CONSTRAINT TRIGGER whole AFTER INSERT ON public.attachment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.attachment_whole()
policy attach for insert to foerderbuch_municipality with check (((centre_id = ( SELECT access.centre() AS centre)) AND access.with_applicant(holder_id)))
policy change for update to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND access.with_applicant(holder_id)))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant select (id, holder_id, case_id, centre_id, kind, media_type, size_bytes, sha256, kept_at, removed_at) to foerderbuch_cashier
grant select (id, holder_id, case_id, centre_id, kind, media_type, size_bytes, sha256, kept_at, removed_at) to foerderbuch_ministry
grant update (kept_at, removed_at, version) to foerderbuch_municipality
grant select (id, holder_id, case_id, centre_id, kind, media_type, size_bytes, sha256, kept_at, removed_at) to foerderbuch_school_ministry
grant insert, select to foerderbuch_municipality
grant select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_system

-- table public.attachment_chunk
owner foerderbuch_owner, row level security forced
comment 'A piece of an attachment, at most 256 KiB. Emptied when the attachment is removed and no submission names it.'
  id uuid not null
  attachment_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  "position" integer not null
  content bytea
  sha256 text not null
  version integer not null default 1
constraint attachment_chunk_attachment_id_case_id_centre_id_fkey FOREIGN KEY (attachment_id, case_id, centre_id) REFERENCES attachment(id, case_id, centre_id)
constraint attachment_chunk_attachment_id_position_key UNIQUE (attachment_id, "position")
constraint attachment_chunk_check CHECK (((content IS NULL) OR (sha256 = encode(sha256(content), 'hex'::text))))
constraint attachment_chunk_content_check CHECK (((octet_length(content) >= 1) AND (octet_length(content) <= 262144)))
constraint attachment_chunk_pkey PRIMARY KEY (id)
constraint attachment_chunk_position_check CHECK (("position" >= 1))
constraint attachment_chunk_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.attachment_chunk FOR EACH ROW EXECUTE FUNCTION audit.journal('', 'content')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.attachment_chunk FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy attach for insert to foerderbuch_municipality with check (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM attachment a
  WHERE ((a.id = attachment_chunk.attachment_id) AND access.with_applicant(a.holder_id))))))
policy empty for update to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM attachment a
  WHERE ((a.id = attachment_chunk.attachment_id) AND (a.removed_at IS NOT NULL) AND (a.kept_at IS NULL)))))) with check ((content IS NULL))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_system using (( SELECT access.context() AS context))
grant update (content, version) to foerderbuch_municipality
grant insert, select to foerderbuch_municipality
grant select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_system

-- table public.audit_case
owner foerderbuch_owner, row level security forced
comment 'Which record is which link of which case: gapless, for finding; the proof itself stands in the bodies.'
  case_id uuid not null
  sequence integer not null
  record_id bigint not null
constraint audit_case_pkey PRIMARY KEY (case_id, sequence)
constraint audit_case_record_id_case_id_key UNIQUE (record_id, case_id)
constraint audit_case_record_id_fkey FOREIGN KEY (record_id) REFERENCES audit_record(id)
constraint audit_case_sequence_check CHECK ((sequence >= 1))
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.audit_case FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.audit_case FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant select to foerderbuch_auditor, foerderbuch_ministry, foerderbuch_system

-- table public.audit_case_head
owner foerderbuch_owner, row level security forced
comment 'The newest link of each case''s chain: every record names its place and the hash of the one before, so a gap shows.'
  case_id uuid not null
  sequence integer not null
  leaf_hash bytea not null
constraint audit_case_head_leaf_hash_check CHECK ((octet_length(leaf_hash) = 32))
constraint audit_case_head_pkey PRIMARY KEY (case_id)
constraint audit_case_head_sequence_check CHECK ((sequence >= 1))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant select to foerderbuch_auditor, foerderbuch_ministry, foerderbuch_system

-- table public.audit_checkpoint
owner foerderbuch_owner, row level security forced
comment 'The signed heads of the log (c2sp.org/tlog-checkpoint) as they were published.'
  epoch integer not null
  tree_size bigint not null
  root bytea not null
  note text not null
  signed_at timestamp with time zone not null default transaction_timestamp()
constraint audit_checkpoint_epoch_fkey FOREIGN KEY (epoch) REFERENCES audit_epoch(epoch)
constraint audit_checkpoint_pkey PRIMARY KEY (epoch, tree_size)
constraint audit_checkpoint_root_check CHECK ((octet_length(root) = 32))
constraint audit_checkpoint_tree_size_check CHECK ((tree_size >= 0))
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.audit_checkpoint FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.audit_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy owner for all to foerderbuch_owner using (true) with check (true)
policy readers for select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_sealer, foerderbuch_system using (( SELECT access.context() AS context))
policy sealer for insert to foerderbuch_sealer with check (( SELECT access.context() AS context))
grant insert, select to foerderbuch_sealer
grant select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.audit_epoch
owner foerderbuch_owner, row level security forced
comment 'The life of this database. A restore from a backup opens a new epoch, because transaction numbers begin again.'
  epoch integer not null
  begun_at timestamp with time zone not null default now()
  reason text not null
constraint audit_epoch_pkey PRIMARY KEY (epoch)
policy owner for all to foerderbuch_owner using (true) with check (true)
policy readers for all to foerderbuch_auditor, foerderbuch_system using (( SELECT access.context() AS context))
policy sealer for select to foerderbuch_sealer using (( SELECT access.context() AS context))
grant select to foerderbuch_auditor, foerderbuch_sealer, foerderbuch_system

-- table public.audit_key
owner foerderbuch_owner, row level security forced
comment 'Public keys of the log and the tree sizes they sign. Each but the first is endorsed by the one before, so whoever trusts an old key can follow.'
  epoch integer not null
  from_size bigint not null
  until_size bigint
  verifier_key text not null
  endorsement text
constraint audit_key_check CHECK ((until_size >= from_size))
constraint audit_key_epoch_fkey FOREIGN KEY (epoch) REFERENCES audit_epoch(epoch)
constraint audit_key_from_size_check CHECK ((from_size >= 0))
constraint audit_key_pkey PRIMARY KEY (epoch, from_size)
constraint audit_key_verifier_key_key UNIQUE (verifier_key)
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.audit_key FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy owner for all to foerderbuch_owner using (true) with check (true)
policy readers for select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_sealer, foerderbuch_system using (( SELECT access.context() AS context))
policy sealer for insert to foerderbuch_sealer with check (( SELECT access.context() AS context))
policy successor for update to foerderbuch_sealer using (( SELECT access.context() AS context))
grant update (until_size) to foerderbuch_sealer
grant insert, select to foerderbuch_sealer
grant select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.audit_leaf
owner foerderbuch_owner, row level security forced
comment 'Leaf n of the log: SHA-256 over 0x00 and the body of one record. No foreign key: that a leaf has lost its record is for the check to find, not for the database to prevent.'
  leaf_index bigint not null
  record_id bigint not null
  xid xid8 not null
  hash bytea not null
constraint audit_leaf_hash_check CHECK ((octet_length(hash) = 32))
constraint audit_leaf_leaf_index_check CHECK ((leaf_index >= 0))
constraint audit_leaf_pkey PRIMARY KEY (leaf_index)
constraint audit_leaf_record_id_key UNIQUE (record_id)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.audit_leaf FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.audit_leaf FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy owner for all to foerderbuch_owner using (true) with check (true)
policy readers for select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_sealer, foerderbuch_system using (( SELECT access.context() AS context))
policy sealer for insert to foerderbuch_sealer with check (( SELECT access.context() AS context))
grant insert, select to foerderbuch_sealer
grant select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.audit_node
owner foerderbuch_owner, row level security forced
comment 'Hashes of complete subtrees: a node covers the leaves from node_index * 2^level on. A proof reads a logarithm of them.'
  level smallint not null
  node_index bigint not null
  hash bytea not null
constraint audit_node_hash_check CHECK ((octet_length(hash) = 32))
constraint audit_node_level_check CHECK (((level >= 1) AND (level <= 62)))
constraint audit_node_node_index_check CHECK ((node_index >= 0))
constraint audit_node_pkey PRIMARY KEY (level, node_index)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.audit_node FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.audit_node FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy owner for all to foerderbuch_owner using (true) with check (true)
policy readers for select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_sealer, foerderbuch_system using (( SELECT access.context() AS context))
policy sealer for insert to foerderbuch_sealer with check (( SELECT access.context() AS context))
grant insert, select to foerderbuch_sealer
grant select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.audit_part
owner foerderbuch_owner, row level security forced
comment 'What a record of several cases says about one of them. The body holds only its salted SHA-256, so an export shows its own case and no other.'
  record_id bigint not null
  case_id uuid not null
  centre_id uuid
  bytes bytea not null
constraint audit_part_pkey PRIMARY KEY (record_id, case_id)
constraint audit_part_record_id_fkey FOREIGN KEY (record_id) REFERENCES audit_record(id)
CREATE INDEX audit_part_case ON public.audit_part USING btree (case_id, record_id)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.audit_part FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.audit_part FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy cases for select to foerderbuch_cashier, foerderbuch_granting_authority using (( SELECT access.context() AS context))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_system

-- table public.audit_record
owner foerderbuch_owner, row level security forced
comment 'Exactly one record per command: who did what, for whom, with which request. The body is the canonical text (RFC 8785) that is hashed as stored.'
  id bigint not null generated always as identity
  epoch integer not null
  xid xid8 not null default pg_current_xact_id()
  at timestamp with time zone not null default transaction_timestamp()
  actor_person uuid
  on_behalf_of uuid
  role text not null
  action text not null
  centre_id uuid
  case_id uuid
  request_id uuid not null
  body bytea not null
constraint audit_record_epoch_fkey FOREIGN KEY (epoch) REFERENCES audit_epoch(epoch)
constraint audit_record_epoch_xid_key UNIQUE (epoch, xid)
constraint audit_record_pkey PRIMARY KEY (id)
CREATE INDEX audit_record_at ON public.audit_record USING btree (at, id)
CREATE INDEX audit_record_case ON public.audit_record USING btree (case_id, id) WHERE (case_id IS NOT NULL)
CREATE INDEX audit_record_centre ON public.audit_record USING btree (centre_id, id) WHERE (centre_id IS NOT NULL)
CREATE INDEX audit_record_person ON public.audit_record USING btree (actor_person, id) WHERE (actor_person IS NOT NULL)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.audit_record FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.audit_record FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy cases for select to foerderbuch_cashier, foerderbuch_granting_authority using ((( SELECT access.context() AS context) AND (case_id IS NOT NULL)))
policy own for select to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (action <> ALL (ARRAY['application.check'::text, 'application.opine'::text, 'application.recommend'::text, 'decision.draft'::text, 'decision.edit'::text, 'decision.discard'::text, 'decision.release'::text, 'decision.amend'::text, 'decision.withdraw'::text, 'decision.revoke'::text]))))
policy own_acts for select to foerderbuch_admin, foerderbuch_school_ministry using ((actor_person = ( SELECT access.person() AS person)))
policy own_after_notice for select to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (action = ANY (ARRAY['application.check'::text, 'application.opine'::text, 'application.recommend'::text, 'decision.draft'::text, 'decision.edit'::text, 'decision.discard'::text, 'decision.release'::text, 'decision.amend'::text, 'decision.withdraw'::text, 'decision.revoke'::text])) AND (EXISTS ( SELECT
   FROM decision d
  WHERE (d.case_id = audit_record.case_id))) AND (NOT audit.is_unnoticed(id))))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy sealer for select to foerderbuch_sealer using (( SELECT access.context() AS context))
policy statewide for select to foerderbuch_auditor, foerderbuch_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant select (id, epoch, xid, at, body) to foerderbuch_sealer
grant select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.audit_subject
owner foerderbuch_owner, row level security forced
comment 'What a command was about. Where a subject has versions, each version stems from one record.'
  record_id bigint not null
  subject_type text not null
  subject_id uuid not null
  version integer
  centre_id uuid
  case_id uuid
constraint audit_subject_pkey PRIMARY KEY (record_id, subject_type, subject_id)
constraint audit_subject_record_id_fkey FOREIGN KEY (record_id) REFERENCES audit_record(id)
CREATE INDEX audit_subject_case ON public.audit_subject USING btree (case_id, record_id) WHERE (case_id IS NOT NULL)
CREATE UNIQUE INDEX audit_subject_version ON public.audit_subject USING btree (subject_type, subject_id, version) WHERE (version IS NOT NULL)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.audit_subject FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.audit_subject FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy cases for select to foerderbuch_cashier, foerderbuch_granting_authority using ((( SELECT access.context() AS context) AND (case_id IS NOT NULL)))
policy own for select to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM audit_record r
  WHERE (r.id = audit_subject.record_id)))))
policy own_acts for select to foerderbuch_admin, foerderbuch_school_ministry using ((( SELECT access.context() AS context) AND (record_id IN ( SELECT audit_record.id
   FROM audit_record))))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.audit_tree
owner foerderbuch_owner, row level security forced
comment 'The head of the sealed log; its row lock makes one of any number of sealers the leader. Every record of a transaction below the watermark is a leaf. After a restore, commits names the last published head of the log before.'
  singleton boolean not null default true
  epoch integer not null
  origin text
  size bigint not null default 0
  watermark xid8 not null default '0'::xid8
  commits text
  system_id text
constraint audit_tree_check CHECK (((origin IS NOT NULL) OR (size = 0)))
constraint audit_tree_epoch_fkey FOREIGN KEY (epoch) REFERENCES audit_epoch(epoch)
constraint audit_tree_pkey PRIMARY KEY (singleton)
constraint audit_tree_singleton_check CHECK (singleton)
constraint audit_tree_size_check CHECK ((size >= 0))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy readers for select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_sealer, foerderbuch_system using (( SELECT access.context() AS context))
policy sealer for update to foerderbuch_sealer using (( SELECT access.context() AS context))
grant update (origin, size, watermark, system_id) to foerderbuch_sealer
grant select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_sealer, foerderbuch_system

-- table public.bank_account
owner foerderbuch_owner, row level security forced
comment 'Where a centre''s money goes. Entered by one person, confirmed by another; the account confirmed last replaces the one before. What was entered by mistake is withdrawn with the reason, and never used.'
  id uuid not null
  recipient_id uuid not null
  centre_id uuid not null
  iban text not null
  holder text not null
  proposed_at timestamp with time zone not null default transaction_timestamp()
  proposed_by uuid not null
  confirmed_at timestamp with time zone
  confirmed_by uuid
  replaced_at timestamp with time zone
  withdrawn_at timestamp with time zone
  withdrawn_by uuid
  withdrawal_reason text
  version integer not null default 1
constraint bank_account_centre_id_recipient_id_fkey FOREIGN KEY (centre_id, recipient_id) REFERENCES centre(id, recipient_id)
constraint bank_account_check CHECK ((confirmed_by <> proposed_by))
constraint bank_account_check1 CHECK (((confirmed_at IS NULL) = (confirmed_by IS NULL)))
constraint bank_account_check2 CHECK (((replaced_at IS NULL) OR (confirmed_at IS NOT NULL)))
constraint bank_account_check3 CHECK (((withdrawn_at IS NULL) OR (confirmed_at IS NULL)))
constraint bank_account_check4 CHECK (((withdrawn_at IS NULL) = (withdrawal_reason IS NULL)))
constraint bank_account_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES person(id)
constraint bank_account_iban_check CHECK ((iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'::text))
constraint bank_account_pkey PRIMARY KEY (id)
constraint bank_account_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
constraint bank_account_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES person(id)
CREATE INDEX bank_account_centre ON public.bank_account USING btree (centre_id, id)
CREATE INDEX bank_account_waiting ON public.bank_account USING btree (proposed_at, id) WHERE ((confirmed_at IS NULL) AND (withdrawn_at IS NULL))
CREATE UNIQUE INDEX bank_account_live ON public.bank_account USING btree (centre_id) WHERE ((confirmed_at IS NOT NULL) AND (replaced_at IS NULL))
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.bank_account FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.bank_account FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.bank_account FOR EACH ROW EXECUTE FUNCTION access.stamp('proposed_by', 'proposed_at', 'confirmed_by', 'confirmed_at', 'withdrawn_by', 'withdrawn_at')
CREATE TRIGGER stamp_on_behalf BEFORE INSERT OR UPDATE ON public.bank_account FOR EACH ROW EXECUTE FUNCTION access.on_behalf('confirmed_by', 'proposed_by')
CREATE TRIGGER stamp_others BEFORE INSERT OR UPDATE ON public.bank_account FOR EACH ROW EXECUTE FUNCTION access.other_persons('confirmed_by', 'proposed_by')
CREATE TRIGGER zz_only_forward BEFORE UPDATE ON public.bank_account FOR EACH ROW EXECUTE FUNCTION audit.account_only_forward()
policy confirm_or_withdraw for update to foerderbuch_granting_authority using (( SELECT access.context() AS context))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy propose for insert to foerderbuch_granting_authority with check (((confirmed_at IS NULL) AND (withdrawn_at IS NULL) AND ( SELECT access.context() AS context)))
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_system using (( SELECT access.context() AS context))
grant update (confirmed_at, replaced_at, withdrawn_at, withdrawal_reason, version) to foerderbuch_granting_authority
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_municipality, foerderbuch_system

-- table public.budget_line
owner foerderbuch_owner, row level security forced
comment 'A line of the state budget: Kapitel and Titel(gruppe), and whether unspent money may be carried over (§ 19 LHO NRW).'
  id uuid not null
  chapter text not null
  title text not null
  name text not null
  transferable boolean not null
  version integer not null default 1
constraint budget_line_chapter_title_key UNIQUE (chapter, title)
constraint budget_line_pkey PRIMARY KEY (id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.budget_line FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.budget_line FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy owner for all to foerderbuch_owner using (true) with check (true)
policy propose for insert to foerderbuch_ministry with check (( SELECT access.context() AS context))
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_school_ministry, foerderbuch_system

-- table public.budget_year
owner foerderbuch_owner, row level security forced
comment 'A budget year whose books were opened, and closed once it was over. What was promised for it earlier is moved onto its appropriations when it opens.'
  id uuid not null
  funding_year integer not null
  state text not null
  opened_at timestamp with time zone not null default transaction_timestamp()
  opened_by uuid not null
  closed_at timestamp with time zone
  closed_by uuid
  version integer not null default 1
constraint budget_year_check CHECK (((state = 'closed'::text) = (closed_at IS NOT NULL)))
constraint budget_year_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES person(id)
constraint budget_year_funding_year_check CHECK (((funding_year >= 2000) AND (funding_year <= 2100)))
constraint budget_year_funding_year_key UNIQUE (funding_year)
constraint budget_year_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES person(id)
constraint budget_year_pkey PRIMARY KEY (id)
constraint budget_year_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.budget_year FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.budget_year FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.budget_year FOR EACH ROW EXECUTE FUNCTION access.stamp('opened_by', 'opened_at', 'closed_by', 'closed_at')
CREATE TRIGGER zz_closes_once BEFORE UPDATE ON public.budget_year FOR EACH ROW EXECUTE FUNCTION audit.closes_once()
policy close for update to foerderbuch_ministry using (( SELECT access.context() AS context))
policy open for insert to foerderbuch_ministry with check ((( SELECT access.context() AS context) AND (state = 'open'::text)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (state, closed_at, closed_by, version) to foerderbuch_ministry
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_school_ministry, foerderbuch_system

-- table public.call
owner foerderbuch_owner, row level security forced
comment 'A window for applications: from opens_on to closes_on, both included, for the funding years from_year to to_year. Closed early, it takes none from closed_on. Its words, years and window are never edited; what was announced holds.'
  id uuid not null
  programme text not null
  from_year integer not null
  to_year integer not null
  opens_on date not null
  closes_on date not null
  title_de text not null
  title_en text not null
  text_de text not null
  text_en text not null
  required_attachments text[] not null default '{}'::text[]
  opened_at timestamp with time zone not null default transaction_timestamp()
  opened_by uuid
  closed_on date
  closed_at timestamp with time zone
  closed_by uuid
  close_reason text
  version integer not null default 1
constraint call_check CHECK ((from_year <= to_year))
constraint call_check1 CHECK ((opens_on <= closes_on))
constraint call_check2 CHECK (((closed_on IS NULL) = (closed_at IS NULL)))
constraint call_check3 CHECK (((closed_on IS NULL) = (close_reason IS NULL)))
constraint call_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES person(id)
constraint call_from_year_check CHECK (((from_year >= 2000) AND (from_year <= 2100)))
constraint call_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES person(id)
constraint call_pkey PRIMARY KEY (id)
constraint call_programme_fkey FOREIGN KEY (programme) REFERENCES programme(code)
constraint call_required_attachments_check CHECK ((required_attachments <@ ARRAY['post_description'::text, 'cost_estimate'::text, 'council_resolution'::text, 'cooperation_agreement'::text, 'other'::text]))
constraint call_to_year_check CHECK (((to_year >= 2000) AND (to_year <= 2100)))
CREATE INDEX call_programme ON public.call USING btree (programme, from_year, to_year)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.call FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.call FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.call FOR EACH ROW EXECUTE FUNCTION access.stamp('opened_by', 'opened_at', 'closed_by', 'closed_at')
CREATE TRIGGER zz_closed_once BEFORE UPDATE ON public.call FOR EACH ROW EXECUTE FUNCTION audit.call_closed_once()
policy announce for insert to foerderbuch_ministry with check (((closed_at IS NULL) AND ( SELECT access.context() AS context)))
policy close for update to foerderbuch_ministry using (( SELECT access.context() AS context)) with check ((closed_at IS NOT NULL))
policy everybody for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant update (closed_on, closed_at, close_reason, version) to foerderbuch_ministry
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.centre
owner foerderbuch_owner, row level security forced
comment 'A Kommunales Integrationszentrum by the AGS of its body. Either the opening day is known, or only a day by which it was open (known_open_by), or neither: then it is not open yet. assumed_open_from: the ministry lets grants begin earlier than is known, and says why.'
  id uuid not null
  recipient_id uuid not null
  ags text not null
  name text not null
  host_type text not null
  regierungsbezirk text not null
  opened_on date
  known_open_by date
  assumed_open_from date
  assumed_open_reason text
  closed_on date
  ordinal integer
  population integer
  population_on date
  population_confidence text
  note text
  version integer not null default 1
constraint centre_ags_check CHECK ((ags ~ '^05[0-9]{6}$'::text))
constraint centre_ags_key UNIQUE (ags)
constraint centre_check CHECK (((opened_on IS NULL) OR (known_open_by IS NULL)))
constraint centre_check1 CHECK (((assumed_open_from IS NULL) = (assumed_open_reason IS NULL)))
constraint centre_check2 CHECK (((assumed_open_from IS NULL) OR ((known_open_by IS NOT NULL) AND (assumed_open_from < known_open_by))))
constraint centre_check3 CHECK ((closed_on > COALESCE(opened_on, known_open_by)))
constraint centre_check4 CHECK ((((population IS NULL) = (population_confidence IS NULL)) AND ((population IS NULL) = (population_on IS NULL))))
constraint centre_host_type_check CHECK ((host_type = ANY (ARRAY['kreis'::text, 'stadt'::text])))
constraint centre_id_recipient_id_key UNIQUE (id, recipient_id)
constraint centre_ordinal_check CHECK ((ordinal >= 1))
constraint centre_pkey PRIMARY KEY (id)
constraint centre_population_check CHECK ((population >= 1))
constraint centre_population_confidence_check CHECK ((population_confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text])))
constraint centre_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES recipient(id)
constraint centre_regierungsbezirk_check CHECK ((regierungsbezirk = ANY (ARRAY['Arnsberg'::text, 'Detmold'::text, 'Düsseldorf'::text, 'Köln'::text, 'Münster'::text])))
CREATE INDEX centre_recipient ON public.centre USING btree (recipient_id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.centre FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.centre FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy assume for update to foerderbuch_ministry using (( SELECT access.context() AS context))
policy everybody for select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
policy found for insert to foerderbuch_ministry with check (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant update (assumed_open_from, assumed_open_reason, version) to foerderbuch_ministry
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.centre_total
owner foerderbuch_owner, row level security forced
comment 'The same movements by centre, over all its cases, in cents: by month and by day. Fold of the transfers.'
  funding_year integer not null
  span text not null
  starts_on date not null
  recorded_from date not null
  centre_id uuid not null
  stage text not null
  line_id uuid
  issue_year integer
  programme text
  source text not null
  debits bigint not null default 0
  credits bigint not null default 0
  reversed bigint not null default 0
  regained bigint not null default 0
constraint centre_total_credits_check CHECK ((credits >= 0))
constraint centre_total_debits_check CHECK ((debits >= 0))
constraint centre_total_dimensions UNIQUE NULLS NOT DISTINCT (funding_year, span, starts_on, recorded_from, centre_id, stage, line_id, issue_year, programme, source)
constraint centre_total_regained_check CHECK ((regained >= 0))
constraint centre_total_reversed_check CHECK ((reversed >= 0))
constraint centre_total_span_check CHECK ((span = ANY (ARRAY['month'::text, 'day'::text])))
CREATE INDEX centre_total_centre ON public.centre_total USING btree (centre_id, funding_year, span)
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system

-- table public.column_classification
owner foerderbuch_owner, row level security forced
comment 'What each column holds: public facts, personal values (only as salted commitments in journal and record), or blobs and secrets (never journalled).'
  table_name text not null
  column_name text not null
  class text not null
constraint column_classification_class_check CHECK ((class = ANY (ARRAY['public'::text, 'personal'::text, 'blob'::text])))
constraint column_classification_pkey PRIMARY KEY (table_name, column_name)
policy owner for all to foerderbuch_owner using (true) with check (true)
policy readers for all to foerderbuch_auditor, foerderbuch_system using (( SELECT access.context() AS context))
grant select to foerderbuch_auditor, foerderbuch_system

-- table public.commitment_authorisation
owner foerderbuch_owner, row level security forced
comment 'Leave to promise, in the issue year, money of a later due year, in cents (Verpflichtungsermächtigung, § 38 LHO NRW). Unused it lapses at the end of the issue year; withdrawn before its release it never was one.'
  id uuid not null
  line_id uuid not null
  programme text not null
  issue_year integer not null
  due_year integer not null
  amount_cents bigint not null
  reason text not null
  source text not null
  confidence text not null
  state text not null
  proposed_at timestamp with time zone not null default transaction_timestamp()
  proposed_by uuid not null
  released_at timestamp with time zone
  released_by uuid
  withdrawn_at timestamp with time zone
  withdrawn_by uuid
  withdrawal_reason text
  version integer not null default 1
constraint commitment_authorisation_amount_cents_check CHECK ((amount_cents > 0))
constraint commitment_authorisation_check CHECK ((released_by <> proposed_by))
constraint commitment_authorisation_check1 CHECK (((state = 'released'::text) = (released_at IS NOT NULL)))
constraint commitment_authorisation_check2 CHECK (((state = 'withdrawn'::text) = (withdrawn_at IS NOT NULL)))
constraint commitment_authorisation_check3 CHECK (((withdrawn_at IS NULL) = (withdrawal_reason IS NULL)))
constraint commitment_authorisation_confidence_check CHECK ((confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text])))
constraint commitment_authorisation_due_year_check CHECK (((due_year >= 2000) AND (due_year <= 2100)))
constraint commitment_authorisation_issue_year_check CHECK (((issue_year >= 2000) AND (issue_year <= 2100)))
constraint commitment_authorisation_line_id_fkey FOREIGN KEY (line_id) REFERENCES budget_line(id)
constraint commitment_authorisation_pkey PRIMARY KEY (id)
constraint commitment_authorisation_programme_fkey FOREIGN KEY (programme) REFERENCES programme(code)
constraint commitment_authorisation_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
constraint commitment_authorisation_released_by_fkey FOREIGN KEY (released_by) REFERENCES person(id)
constraint commitment_authorisation_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'released'::text, 'withdrawn'::text])))
constraint commitment_authorisation_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES person(id)
constraint commitment_authorisation_years CHECK ((due_year > issue_year))
CREATE INDEX commitment_authorisation_year ON public.commitment_authorisation USING btree (due_year, programme)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.commitment_authorisation FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.commitment_authorisation FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.commitment_authorisation FOR EACH ROW EXECUTE FUNCTION access.stamp('proposed_by', 'proposed_at', 'released_by', 'released_at', 'withdrawn_by', 'withdrawn_at')
CREATE TRIGGER stamp_on_behalf BEFORE INSERT OR UPDATE ON public.commitment_authorisation FOR EACH ROW EXECUTE FUNCTION access.on_behalf('released_by', 'proposed_by')
CREATE TRIGGER stamp_others BEFORE INSERT OR UPDATE ON public.commitment_authorisation FOR EACH ROW EXECUTE FUNCTION access.other_persons('released_by', 'proposed_by')
CREATE TRIGGER year_is_open BEFORE INSERT OR UPDATE ON public.commitment_authorisation FOR EACH ROW EXECUTE FUNCTION audit.year_is_open()
CREATE TRIGGER zy_only_forward BEFORE INSERT OR UPDATE ON public.commitment_authorisation FOR EACH ROW EXECUTE FUNCTION access.only_forward()
CREATE TRIGGER zz_ends_once BEFORE UPDATE ON public.commitment_authorisation FOR EACH ROW EXECUTE FUNCTION audit.proposal_ends_once()
policy owner for all to foerderbuch_owner using (true) with check (true)
policy propose for insert to foerderbuch_ministry with check ((( SELECT access.context() AS context) AND (state = 'proposed'::text)))
policy release_or_withdraw for update to foerderbuch_ministry using (( SELECT access.context() AS context))
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (state, released_at, released_by, withdrawn_at, withdrawal_reason, version) to foerderbuch_ministry
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_school_ministry, foerderbuch_system

-- table public.context_secret
owner foerderbuch_owner, row level security forced
comment 'One secret of this installation, with which access.enter seals a context so that no login can forge one.'
  secret bytea not null
policy owner for all to foerderbuch_owner using (true) with check (true)

-- table public.credential
owner foerderbuch_owner, row level security forced
comment 'argon2id hash of a password, and how often it was missed in a row.'
  user_id uuid not null
  password_hash text not null
  failed_attempts integer not null default 0
  locked_until timestamp with time zone
constraint credential_pkey PRIMARY KEY (user_id)
constraint credential_user_id_fkey FOREIGN KEY (user_id) REFERENCES user_account(id)
policy keepers for all to foerderbuch_admin, foerderbuch_signin, foerderbuch_system using (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant update (failed_attempts, locked_until) to foerderbuch_signin
grant insert to foerderbuch_admin, foerderbuch_system
grant select to foerderbuch_signin

-- table public.decision
owner foerderbuch_owner, row level security forced
comment 'An administrative act on an application (§ 35 VwVfG NRW). Drafted and released by different persons, or discarded; it takes effect when notified, and may be paid on once it is final. draft counts how often it was worded. Guideline version, funding year and proof are those of its first year; every year stands in grant_year.'
  id uuid not null
  case_id uuid not null
  application_id uuid not null
  submission integer not null
  centre_id uuid not null
  recipient_id uuid not null
  programme text not null
  kind text not null
  basis_id uuid
  hearing_id uuid
  ground text
  known_on date
  knowledge_reasons text
  state text not null
  draft integer not null default 1
  file_number text not null
  guideline_version_id uuid not null
  funding_year integer not null
  proof_due_on date
  proof_months integer
  reasons text
  remedy_information boolean not null
  copy_required boolean not null default false
  copy_threshold_cents bigint
  copy_basis text
  copy_confidence text
  copy_waiver text
  provision_codes text[] not null default '{}'::text[]
  further_provision text
  further_provision_reason text
  drafted_at timestamp with time zone not null default transaction_timestamp()
  drafted_by uuid not null
  discarded_at timestamp with time zone
  discarded_by uuid
  discard_reason text
  released_at timestamp with time zone
  released_by uuid
  released_on date
  notified_at timestamp with time zone
  notified_by uuid
  notified_on date
  notified_mode text
  received_on date
  remedy_ends_on date
  final_on date
  waived_at timestamp with time zone
  waived_by uuid
  waived_on date
  version integer not null default 1
constraint decision_act CHECK (((kind = ANY (ARRAY['amendment'::text, 'withdrawal'::text, 'revocation'::text])) = (basis_id IS NOT NULL)))
constraint decision_application_id_case_id_centre_id_fkey FOREIGN KEY (application_id, case_id, centre_id) REFERENCES application(id, case_id, centre_id)
constraint decision_application_id_submission_fkey FOREIGN KEY (application_id, submission) REFERENCES application_submission(application_id, number)
constraint decision_basis_id_fkey FOREIGN KEY (basis_id) REFERENCES decision(id)
constraint decision_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES centre(id)
constraint decision_check CHECK (((kind = 'grant'::text) OR (reasons IS NOT NULL)))
constraint decision_check1 CHECK (((further_provision IS NULL) = (further_provision_reason IS NULL)))
constraint decision_check10 CHECK ((notified_on >= released_on))
constraint decision_check11 CHECK (((received_on >= notified_on) AND (remedy_ends_on > received_on)))
constraint decision_check12 CHECK (((waived_at IS NULL) = (waived_on IS NULL)))
constraint decision_check13 CHECK (((waived_at IS NULL) OR ((notified_at IS NOT NULL) AND (waived_on >= notified_on))))
constraint decision_check2 CHECK ((num_nulls(copy_threshold_cents, copy_basis, copy_confidence) = ANY (ARRAY[0, 3])))
constraint decision_check3 CHECK (((NOT copy_required) OR ((copy_threshold_cents IS NOT NULL) AND (copy_waiver IS NULL))))
constraint decision_check4 CHECK (((state = ANY (ARRAY['drafted'::text, 'discarded'::text])) = (released_at IS NULL)))
constraint decision_check5 CHECK (((state = 'discarded'::text) = (discarded_at IS NOT NULL)))
constraint decision_check6 CHECK (((discarded_at IS NULL) = (discard_reason IS NULL)))
constraint decision_check7 CHECK (((released_at IS NULL) = (released_on IS NULL)))
constraint decision_check8 CHECK (((state = ANY (ARRAY['drafted'::text, 'discarded'::text, 'released'::text])) = (notified_at IS NULL)))
constraint decision_check9 CHECK ((num_nulls(notified_at, notified_on, notified_mode, received_on, remedy_ends_on, final_on) = ANY (ARRAY[0, 6])))
constraint decision_copy_confidence_check CHECK ((copy_confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text])))
constraint decision_copy_threshold_cents_check CHECK ((copy_threshold_cents >= 0))
constraint decision_discarded_by_fkey FOREIGN KEY (discarded_by) REFERENCES person(id)
constraint decision_draft_check CHECK ((draft >= 1))
constraint decision_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES person(id)
constraint decision_four_eyes CHECK ((released_by <> drafted_by))
constraint decision_funding_year_check CHECK (((funding_year >= 2000) AND (funding_year <= 2100)))
constraint decision_ground CHECK (((ground IS NULL) OR ((kind = 'withdrawal'::text) = (ground = ANY (ARRAY['unlawful_from_start'::text, 'obtained_by_deceit'::text, 'wrong_statements'::text, 'unlawfulness_known'::text])))))
constraint decision_ground_check CHECK ((ground = ANY (ARRAY['unlawful_from_start'::text, 'obtained_by_deceit'::text, 'wrong_statements'::text, 'unlawfulness_known'::text, 'not_used_for_purpose'::text, 'requirement_broken'::text])))
constraint decision_guideline_version_id_fkey FOREIGN KEY (guideline_version_id) REFERENCES guideline_version(id)
constraint decision_hearing_id_basis_id_fkey FOREIGN KEY (hearing_id, basis_id) REFERENCES hearing(id, decision_id)
constraint decision_id_case_id_centre_id_key UNIQUE (id, case_id, centre_id)
constraint decision_kind_check CHECK ((kind = ANY (ARRAY['grant'::text, 'partial_grant'::text, 'refusal'::text, 'amendment'::text, 'withdrawal'::text, 'revocation'::text])))
constraint decision_notified_by_fkey FOREIGN KEY (notified_by) REFERENCES person(id)
constraint decision_notified_mode_check CHECK ((notified_mode = ANY (ARRAY['handover'::text, 'post'::text, 'electronic'::text, 'portal'::text, 'formal_service'::text])))
constraint decision_pkey PRIMARY KEY (id)
constraint decision_programme_fkey FOREIGN KEY (programme) REFERENCES programme(code)
constraint decision_proof CHECK ((((kind = ANY (ARRAY['grant'::text, 'partial_grant'::text])) = (proof_due_on IS NOT NULL)) AND ((proof_due_on IS NULL) = (proof_months IS NULL))))
constraint decision_proof_months_check CHECK (((proof_months >= 0) AND (proof_months <= 60)))
constraint decision_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES recipient(id)
constraint decision_released_by_fkey FOREIGN KEY (released_by) REFERENCES person(id)
constraint decision_state_check CHECK ((state = ANY (ARRAY['drafted'::text, 'discarded'::text, 'released'::text, 'notified'::text, 'closed'::text])))
constraint decision_taking_back CHECK ((num_nulls(hearing_id, ground, known_on, knowledge_reasons) =
CASE
    WHEN (kind = ANY (ARRAY['withdrawal'::text, 'revocation'::text])) THEN 0
    ELSE 4
END))
constraint decision_waived_by_fkey FOREIGN KEY (waived_by) REFERENCES person(id)
CREATE INDEX decision_basis ON public.decision USING btree (basis_id) WHERE (basis_id IS NOT NULL)
CREATE INDEX decision_case ON public.decision USING btree (case_id)
CREATE INDEX decision_centre ON public.decision USING btree (centre_id, funding_year)
CREATE INDEX decision_copied ON public.decision USING btree (id) WHERE copy_required
CREATE INDEX decision_hearing ON public.decision USING btree (hearing_id) WHERE (hearing_id IS NOT NULL)
CREATE INDEX decision_waiting ON public.decision USING btree (state, id) WHERE (state = ANY (ARRAY['drafted'::text, 'released'::text, 'notified'::text]))
CREATE INDEX decision_year ON public.decision USING btree (funding_year, id)
CREATE UNIQUE INDEX decision_application ON public.decision USING btree (application_id) WHERE ((state <> 'discarded'::text) AND (basis_id IS NULL))
CREATE UNIQUE INDEX decision_file_number ON public.decision USING btree (programme, funding_year, file_number) WHERE (state <> 'discarded'::text)
CREATE UNIQUE INDEX decision_unfinished_act ON public.decision USING btree (case_id) WHERE ((basis_id IS NOT NULL) AND (state = ANY (ARRAY['drafted'::text, 'released'::text])))
CREATE TRIGGER act_on_the_same_case BEFORE INSERT ON public.decision FOR EACH ROW WHEN ((new.basis_id IS NOT NULL)) EXECUTE FUNCTION audit.act_on_the_same_case()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.decision FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.decision FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.decision FOR EACH ROW EXECUTE FUNCTION access.stamp('drafted_by', 'drafted_at', 'discarded_by', 'discarded_at', 'released_by', 'released_at', 'notified_by', 'notified_at', 'waived_by', 'waived_at')
CREATE TRIGGER stamp_on_behalf BEFORE INSERT OR UPDATE ON public.decision FOR EACH ROW EXECUTE FUNCTION access.on_behalf('released_by', 'drafted_by')
CREATE TRIGGER stamp_others BEFORE INSERT OR UPDATE ON public.decision FOR EACH ROW EXECUTE FUNCTION access.other_persons('released_by', 'drafted_by')
CREATE TRIGGER stamp_others_in_case BEFORE UPDATE ON public.decision FOR EACH ROW EXECUTE FUNCTION audit.decision_by_others()
CREATE TRIGGER zy_only_forward BEFORE INSERT OR UPDATE ON public.decision FOR EACH ROW EXECUTE FUNCTION access.only_forward()
CREATE TRIGGER zz_released BEFORE UPDATE ON public.decision FOR EACH ROW EXECUTE FUNCTION audit.released_decision()
policy draft for insert to foerderbuch_granting_authority with check ((( SELECT access.context() AS context) AND (state = 'drafted'::text)))
policy handle for update to foerderbuch_granting_authority using (( SELECT access.context() AS context))
policy own for select to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (state = ANY (ARRAY['notified'::text, 'closed'::text]))))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
policy waive for update to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (state = ANY (ARRAY['notified'::text, 'closed'::text]))))
grant update (kind, state, draft, file_number, guideline_version_id, proof_due_on, proof_months, reasons, remedy_information, copy_required, copy_threshold_cents, copy_basis, copy_confidence, copy_waiver, provision_codes, further_provision, further_provision_reason, discarded_at, discard_reason, released_at, released_on, notified_at, notified_on, notified_mode, received_on, remedy_ends_on, final_on, version) to foerderbuch_granting_authority
grant update (final_on, waived_at, waived_on, version) to foerderbuch_municipality
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system
comment on basis_id 'The decision that an amendment, withdrawal or revocation changes.'
comment on known_on 'The day since which all facts for taking the decision back are fully known, with the reasons beside it: a year runs from here (§ 48 (4) VwVfG NRW).'
comment on copy_required 'Whether notice and application are copied to the court of audit: the state money of all years is above copy_threshold_cents, and nobody waived it. An act on a grant follows its grant.'
comment on provision_codes 'The special ancillary provisions chosen, by their codes in the guideline version of the first year; further_provision is one of no catalogue.'

-- table public.decision_amount
owner foerderbuch_owner, row level security forced
comment 'What a decision fixes for one year and source, in cents. State money names its budget line; the municipality''s and third parties'' shares are taken from the plan. An amount of a draft is in force from its release; a draft worded anew or given up leaves its amounts behind as discarded. final_on: the first day it can no longer be challenged.'
  id uuid not null
  decision_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  funding_year integer not null
  line_id uuid
  source text not null
  in_kind boolean not null
  modelled boolean not null default false
  amount_cents bigint not null
  validity text not null default 'drafted'::text
  final_on date
  replaces_id uuid
  replaced_cents bigint
  suit text not null default 'no_suit'::text
  suit_id uuid
  challenged_cents bigint not null default 0
  annulled_cents bigint not null default 0
  suit_ended_on date
  to_be_repaid_cents bigint
  version integer not null default 1
constraint decision_amount_amount_cents_check CHECK (((amount_cents >= 0) AND (amount_cents <= '9007199254740991'::bigint)))
constraint decision_amount_annulled CHECK ((((annulled_cents >= 0) AND (annulled_cents <= challenged_cents)) AND ((annulled_cents > 0) = (suit = 'annulled'::text))))
constraint decision_amount_challenged CHECK (((challenged_cents >= 0) AND (challenged_cents <= abs((amount_cents - COALESCE(replaced_cents, (0)::bigint))))))
constraint decision_amount_check CHECK ((in_kind = (source = 'state_school'::text)))
constraint decision_amount_check1 CHECK (((line_id IS NOT NULL) = (source = 'state_integration'::text)))
constraint decision_amount_decision_id_case_id_centre_id_fkey FOREIGN KEY (decision_id, case_id, centre_id) REFERENCES decision(id, case_id, centre_id)
constraint decision_amount_funding_year_check CHECK (((funding_year >= 2000) AND (funding_year <= 2100)))
constraint decision_amount_line_id_fkey FOREIGN KEY (line_id) REFERENCES budget_line(id)
constraint decision_amount_pkey PRIMARY KEY (id)
constraint decision_amount_replaced_cents_check CHECK (((replaced_cents >= 0) AND (replaced_cents <= '9007199254740991'::bigint)))
constraint decision_amount_replaces CHECK (((replaces_id IS NULL) = (replaced_cents IS NULL)))
constraint decision_amount_replaces_id_fkey FOREIGN KEY (replaces_id) REFERENCES decision_amount(id)
constraint decision_amount_source_check CHECK ((source = ANY (ARRAY['state_integration'::text, 'state_school'::text, 'municipal'::text, 'third_party'::text])))
constraint decision_amount_suit CHECK ((((suit = 'no_suit'::text) = (suit_id IS NULL)) AND ((suit = 'no_suit'::text) = (challenged_cents = 0)) AND ((suit = ANY (ARRAY['upheld'::text, 'annulled'::text])) = (suit_ended_on IS NOT NULL))))
constraint decision_amount_suit_check CHECK ((suit = ANY (ARRAY['no_suit'::text, 'suit_recorded'::text, 'upheld'::text, 'annulled'::text])))
constraint decision_amount_suit_id_fkey FOREIGN KEY (suit_id) REFERENCES suit(id)
constraint decision_amount_to_be_repaid_cents_check CHECK (((to_be_repaid_cents >= 0) AND (to_be_repaid_cents <= '9007199254740991'::bigint)))
constraint decision_amount_validity_check CHECK ((validity = ANY (ARRAY['drafted'::text, 'in_force'::text, 'discarded'::text, 'superseded'::text, 'withdrawn'::text, 'revoked'::text])))
CREATE INDEX decision_amount_case ON public.decision_amount USING btree (case_id)
CREATE INDEX decision_amount_replaces ON public.decision_amount USING btree (replaces_id) WHERE (replaces_id IS NOT NULL)
CREATE INDEX decision_amount_suit ON public.decision_amount USING btree (suit_id) WHERE (suit_id IS NOT NULL)
CREATE INDEX decision_amount_year ON public.decision_amount USING btree (funding_year, centre_id)
CREATE UNIQUE INDEX decision_amount_once ON public.decision_amount USING btree (decision_id, funding_year, source, line_id) NULLS NOT DISTINCT WHERE (validity <> 'discarded'::text)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.decision_amount FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.decision_amount FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER zz_released BEFORE UPDATE ON public.decision_amount FOR EACH ROW EXECUTE FUNCTION audit.released_amount()
policy draft for insert to foerderbuch_granting_authority with check ((( SELECT access.context() AS context) AND (validity = 'drafted'::text) AND (EXISTS ( SELECT
   FROM decision d
  WHERE ((d.id = decision_amount.decision_id) AND (d.state = 'drafted'::text))))))
policy handle for update to foerderbuch_granting_authority using (( SELECT access.context() AS context))
policy own for select to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM decision d
  WHERE (d.id = decision_amount.decision_id)))))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
policy waive for update to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM decision d
  WHERE (d.id = decision_amount.decision_id)))))
grant update (validity, final_on, suit, suit_id, challenged_cents, annulled_cents, suit_ended_on, to_be_repaid_cents, version) to foerderbuch_granting_authority
grant update (final_on, version) to foerderbuch_municipality
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system
comment on replaces_id 'The amount this one takes the place of, once its decision is notified; replaced_cents is what that one came to.'
comment on suit 'Whether a suit concerns the amount, and how it ended. challenged_cents of what the decision gave or took here are not final before that; annulled_cents of it the court set aside.'
comment on to_be_repaid_cents 'What was called or paid beyond the amount that is left, as of the notice, and would have to be paid back (§ 49a (1) VwVfG NRW).'

-- table public.decision_derivation
owner foerderbuch_owner, row level security forced
comment 'What a decision rests on, frozen: canonical text (RFC 8785) of the inputs and of every step of the reckoning, and SHA-256 over both. One for each time the decision was worded; the one with the draft number of the decision counts, and whoever wrote any of them does not release it.'
  id uuid not null
  decision_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  draft integer not null
  drafted_at timestamp with time zone not null default transaction_timestamp()
  drafted_by uuid not null
  inputs text not null
  steps text not null
  sha256 text not null
constraint decision_derivation_check CHECK ((sha256 = encode(sha256(convert_to(((inputs || '
'::text) || steps), 'UTF8'::name)), 'hex'::text)))
constraint decision_derivation_decision_id_case_id_centre_id_fkey FOREIGN KEY (decision_id, case_id, centre_id) REFERENCES decision(id, case_id, centre_id)
constraint decision_derivation_decision_id_draft_key UNIQUE (decision_id, draft)
constraint decision_derivation_draft_check CHECK ((draft >= 1))
constraint decision_derivation_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES person(id)
constraint decision_derivation_pkey PRIMARY KEY (id)
constraint decision_derivation_sha256_check CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text))
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.decision_derivation FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.decision_derivation FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.decision_derivation FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT ON public.decision_derivation FOR EACH ROW EXECUTE FUNCTION access.stamp('drafted_by', 'drafted_at')
CREATE TRIGGER stamp_on_behalf BEFORE INSERT OR UPDATE ON public.decision_derivation FOR EACH ROW EXECUTE FUNCTION access.on_behalf('drafted_by')
policy draft for insert to foerderbuch_granting_authority with check ((( SELECT access.context() AS context) AND (EXISTS ( SELECT
   FROM decision d
  WHERE ((d.id = decision_derivation.decision_id) AND (d.state = 'drafted'::text))))))
policy own for select to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM decision d
  WHERE (d.id = decision_derivation.decision_id)))))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.decision_notice
owner foerderbuch_owner, row level security forced
comment 'The notice of a released decision (§ 37 Abs. 2 VwVfG NRW) as PDF/UA, byte for byte as made known, and its SHA-256. Kept by the command that notifies the decision, from which on the addressee sees it.'
  id uuid not null
  decision_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  content bytea not null
  sha256 text not null
  rendered_at timestamp with time zone not null default transaction_timestamp()
constraint decision_notice_check CHECK ((sha256 = encode(sha256(content), 'hex'::text)))
constraint decision_notice_content_check CHECK (((octet_length(content) >= 1) AND (octet_length(content) <= 10485760)))
constraint decision_notice_decision_id_case_id_centre_id_fkey FOREIGN KEY (decision_id, case_id, centre_id) REFERENCES decision(id, case_id, centre_id)
constraint decision_notice_decision_id_key UNIQUE (decision_id)
constraint decision_notice_pkey PRIMARY KEY (id)
CREATE INDEX decision_notice_case ON public.decision_notice USING btree (case_id)
CREATE INDEX decision_notice_centre ON public.decision_notice USING btree (centre_id)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.decision_notice FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.decision_notice FOR EACH ROW EXECUTE FUNCTION audit.journal('', 'content')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.decision_notice FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy notify for insert to foerderbuch_granting_authority with check ((( SELECT access.context() AS context) AND (EXISTS ( SELECT
   FROM decision d
  WHERE ((d.id = decision_notice.decision_id) AND (d.state = 'notified'::text))))))
policy own for select to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM decision d
  WHERE (d.id = decision_notice.decision_id)))))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.demo_year
owner foerderbuch_owner, row level security forced
comment 'A demo year that was played to its end. Empty wherever no demo was asked for.'
  id uuid not null
  funding_year integer not null
  played_at timestamp with time zone not null default transaction_timestamp()
  version integer not null default 1
constraint demo_year_funding_year_key UNIQUE (funding_year)
constraint demo_year_pkey PRIMARY KEY (id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.demo_year FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.demo_year FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy keepers for all to foerderbuch_system using (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant insert, select to foerderbuch_system

-- table public.drawdown
owner foerderbuch_owner, row level security forced
comment 'A recipient asks for an instalment of a decision, in cents, due on a day (Nr. 7 VVG zu § 44 LHO). Certified factually and arithmetically, ordered by another person. ..._on are business days.'
  id uuid not null
  case_id uuid not null
  decision_id uuid not null
  centre_id uuid not null
  funding_year integer not null
  amount_cents bigint not null
  due_on date not null
  state text not null
  requested_at timestamp with time zone not null default transaction_timestamp()
  requested_by uuid not null
  requested_on date not null
  factually_certified_at timestamp with time zone
  factually_certified_by uuid
  arithmetically_certified_at timestamp with time zone
  arithmetically_certified_by uuid
  ordered_at timestamp with time zone
  ordered_by uuid
  ordered_on date
  rejected_at timestamp with time zone
  rejected_by uuid
  cancelled_at timestamp with time zone
  cancelled_by uuid
  reason text
  version integer not null default 1
constraint drawdown_amount_cents_check CHECK ((amount_cents > 0))
constraint drawdown_arithmetically_certified_by_fkey FOREIGN KEY (arithmetically_certified_by) REFERENCES person(id)
constraint drawdown_cancelled_by_fkey FOREIGN KEY (cancelled_by) REFERENCES person(id)
constraint drawdown_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES centre(id)
constraint drawdown_check CHECK ((ordered_by <> arithmetically_certified_by))
constraint drawdown_check1 CHECK ((ordered_by <> requested_by))
constraint drawdown_check10 CHECK (((state = 'cancelled'::text) = (cancelled_at IS NOT NULL)))
constraint drawdown_check11 CHECK (((state <> 'rejected'::text) OR (reason IS NOT NULL)))
constraint drawdown_check2 CHECK ((factually_certified_by <> requested_by))
constraint drawdown_check3 CHECK ((arithmetically_certified_by <> requested_by))
constraint drawdown_check4 CHECK (((state <> ALL (ARRAY['certified'::text, 'ordered'::text])) OR ((factually_certified_at IS NOT NULL) AND (arithmetically_certified_at IS NOT NULL))))
constraint drawdown_check5 CHECK (((state <> 'requested'::text) OR (factually_certified_at IS NULL) OR (arithmetically_certified_at IS NULL)))
constraint drawdown_check6 CHECK (((state = 'ordered'::text) = (ordered_at IS NOT NULL)))
constraint drawdown_check7 CHECK (((ordered_at IS NULL) = (ordered_on IS NULL)))
constraint drawdown_check8 CHECK ((ordered_on >= due_on))
constraint drawdown_check9 CHECK (((state = 'rejected'::text) = (rejected_at IS NOT NULL)))
constraint drawdown_decision_id_case_id_centre_id_fkey FOREIGN KEY (decision_id, case_id, centre_id) REFERENCES decision(id, case_id, centre_id)
constraint drawdown_factually_certified_by_fkey FOREIGN KEY (factually_certified_by) REFERENCES person(id)
constraint drawdown_funding_year_check CHECK (((funding_year >= 2000) AND (funding_year <= 2100)))
constraint drawdown_id_case_id_centre_id_key UNIQUE (id, case_id, centre_id)
constraint drawdown_ordered_by_fkey FOREIGN KEY (ordered_by) REFERENCES person(id)
constraint drawdown_pkey PRIMARY KEY (id)
constraint drawdown_rejected_by_fkey FOREIGN KEY (rejected_by) REFERENCES person(id)
constraint drawdown_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES person(id)
constraint drawdown_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'certified'::text, 'ordered'::text, 'rejected'::text, 'cancelled'::text])))
CREATE INDEX drawdown_centre ON public.drawdown USING btree (centre_id, id)
CREATE INDEX drawdown_decision ON public.drawdown USING btree (decision_id, funding_year)
CREATE INDEX drawdown_open ON public.drawdown USING btree (state, id) WHERE (state = ANY (ARRAY['requested'::text, 'certified'::text]))
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.drawdown FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.drawdown FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.drawdown FOR EACH ROW EXECUTE FUNCTION access.stamp('requested_by', 'requested_at', 'factually_certified_by', 'factually_certified_at', 'arithmetically_certified_by', 'arithmetically_certified_at', 'ordered_by', 'ordered_at', 'rejected_by', 'rejected_at', 'cancelled_by', 'cancelled_at')
CREATE TRIGGER stamp_on_behalf BEFORE INSERT OR UPDATE ON public.drawdown FOR EACH ROW EXECUTE FUNCTION access.on_behalf('ordered_by', 'arithmetically_certified_by', 'requested_by', 'factually_certified_by')
CREATE TRIGGER stamp_others BEFORE INSERT OR UPDATE ON public.drawdown FOR EACH ROW EXECUTE FUNCTION access.other_persons('ordered_by', 'arithmetically_certified_by', 'ordered_by', 'requested_by', 'factually_certified_by', 'requested_by', 'arithmetically_certified_by', 'requested_by')
CREATE TRIGGER zy_only_forward BEFORE INSERT OR UPDATE ON public.drawdown FOR EACH ROW EXECUTE FUNCTION access.only_forward()
policy came_back for update to foerderbuch_cashier using (((state = 'ordered'::text) AND ( SELECT access.context() AS context))) with check (((state = 'certified'::text) AND ( SELECT access.context() AS context)))
policy cancel for update to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre))) with check (((centre_id = ( SELECT access.centre() AS centre)) AND (state = 'cancelled'::text)))
policy judge for update to foerderbuch_granting_authority using (( SELECT access.context() AS context)) with check (( SELECT access.context() AS context))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy request for insert to foerderbuch_municipality with check (((centre_id = ( SELECT access.centre() AS centre)) AND (state = 'requested'::text) AND (factually_certified_at IS NULL) AND (arithmetically_certified_at IS NULL)))
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (state, ordered_at, ordered_on, version) to foerderbuch_cashier
grant update (state, factually_certified_at, arithmetically_certified_at, ordered_at, ordered_on, rejected_at, reason, version) to foerderbuch_granting_authority
grant update (state, cancelled_at, version) to foerderbuch_municipality
grant insert, select to foerderbuch_municipality
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system

-- table public.financing_plan_item
owner foerderbuch_owner, row level security forced
comment 'Financing plan of an application (VVG zu § 44 LHO): what each source gives in a year, in cents. Teachers are seconded, not paid: in kind. A modelled figure says where it comes from.'
  id uuid not null
  application_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  funding_year integer not null
  source text not null
  amount_cents bigint not null
  in_kind boolean not null
  modelled boolean not null default false
  origin text
  version integer not null default 1
constraint financing_plan_item_amount_cents_check CHECK (((amount_cents >= 0) AND (amount_cents <= '9007199254740991'::bigint)))
constraint financing_plan_item_application_id_case_id_centre_id_fkey FOREIGN KEY (application_id, case_id, centre_id) REFERENCES application(id, case_id, centre_id)
constraint financing_plan_item_application_id_funding_year_source_key UNIQUE (application_id, funding_year, source)
constraint financing_plan_item_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES centre(id)
constraint financing_plan_item_check CHECK ((in_kind = (source = 'state_school'::text)))
constraint financing_plan_item_check1 CHECK (((NOT modelled) OR (origin IS NOT NULL)))
constraint financing_plan_item_funding_year_check CHECK (((funding_year >= 2000) AND (funding_year <= 2100)))
constraint financing_plan_item_pkey PRIMARY KEY (id)
constraint financing_plan_item_source_check CHECK ((source = ANY (ARRAY['state_integration'::text, 'state_school'::text, 'municipal'::text, 'third_party'::text])))
CREATE INDEX financing_plan_item_case ON public.financing_plan_item USING btree (case_id)
CREATE INDEX financing_plan_item_year ON public.financing_plan_item USING btree (funding_year, centre_id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.financing_plan_item FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.financing_plan_item FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy ask for insert to foerderbuch_municipality with check (((centre_id = ( SELECT access.centre() AS centre)) AND access.with_applicant(application_id)))
policy change for update to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND access.with_applicant(application_id)))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (amount_cents, modelled, origin, version) to foerderbuch_municipality
grant insert, select to foerderbuch_municipality
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system

-- table public.follow_up
owner foerderbuch_owner, row level security forced
comment 'A follow-up (Wiedervorlage): on a day an office, or one person of it, wants to see a thing again. Its office alone reads it; a municipality''s is its own. Note and remark are free text and may name persons.'
  id uuid not null
  office text not null
  centre_id uuid
  subject_type text not null
  subject_id uuid not null
  about_case_id uuid
  due_on date not null
  note text
  for_person_id uuid
  created_at timestamp with time zone not null default transaction_timestamp()
  created_by uuid not null
  done_at timestamp with time zone
  done_by uuid
  done_on date
  remark text
  salt bytea not null default (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
  version integer not null default 1
constraint follow_up_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES centre(id)
constraint follow_up_check CHECK (((office <> 'municipality'::text) OR (centre_id IS NOT NULL)))
constraint follow_up_check1 CHECK ((((done_at IS NULL) = (done_by IS NULL)) AND ((done_at IS NULL) = (done_on IS NULL))))
constraint follow_up_check2 CHECK (((remark IS NULL) OR (done_at IS NOT NULL)))
constraint follow_up_created_by_fkey FOREIGN KEY (created_by) REFERENCES person(id)
constraint follow_up_done_by_fkey FOREIGN KEY (done_by) REFERENCES person(id)
constraint follow_up_for_person_id_fkey FOREIGN KEY (for_person_id) REFERENCES person(id)
constraint follow_up_note_check CHECK (((char_length(note) >= 1) AND (char_length(note) <= 2000)))
constraint follow_up_office_check CHECK ((office = ANY (ARRAY['ministry'::text, 'school_ministry'::text, 'granting_authority'::text, 'cashier'::text, 'municipality'::text, 'auditor'::text])))
constraint follow_up_pkey PRIMARY KEY (id)
constraint follow_up_remark_check CHECK (((char_length(remark) >= 1) AND (char_length(remark) <= 2000)))
constraint follow_up_subject_type_check CHECK ((subject_type = ANY (ARRAY['application'::text, 'call'::text, 'centre'::text, 'decision'::text, 'drawdown'::text, 'guideline'::text, 'payment'::text, 'settlement'::text])))
CREATE INDEX follow_up_centre ON public.follow_up USING btree (centre_id, id)
CREATE INDEX follow_up_open ON public.follow_up USING btree (office, due_on, id) WHERE (done_at IS NULL)
CREATE INDEX follow_up_subject ON public.follow_up USING btree (subject_id, id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.follow_up FOR EACH ROW EXECUTE FUNCTION audit.journal('note,remark', 'salt')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.follow_up FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.follow_up FOR EACH ROW EXECUTE FUNCTION access.stamp('created_by', 'created_at', 'done_by', 'done_at')
CREATE TRIGGER zz_done_once BEFORE UPDATE ON public.follow_up FOR EACH ROW EXECUTE FUNCTION audit.done_once()
policy auditor_does for update to foerderbuch_auditor using (((office = 'auditor'::text) AND ( SELECT access.context() AS context))) with check (((office = 'auditor'::text) AND ( SELECT access.context() AS context)))
policy auditor_notes for insert to foerderbuch_auditor with check (((office = 'auditor'::text) AND ( SELECT access.context() AS context) AND (done_at IS NULL) AND (note IS NOT NULL) AND access.is_colleague(for_person_id)))
policy auditor_reads for select to foerderbuch_auditor using (((office = 'auditor'::text) AND ( SELECT access.context() AS context)))
policy cashier_does for update to foerderbuch_cashier using (((office = 'cashier'::text) AND ( SELECT access.context() AS context))) with check (((office = 'cashier'::text) AND ( SELECT access.context() AS context)))
policy cashier_notes for insert to foerderbuch_cashier with check (((office = 'cashier'::text) AND ( SELECT access.context() AS context) AND (done_at IS NULL) AND (note IS NOT NULL) AND access.is_colleague(for_person_id)))
policy cashier_reads for select to foerderbuch_cashier using (((office = 'cashier'::text) AND ( SELECT access.context() AS context)))
policy granting_authority_does for update to foerderbuch_granting_authority using (((office = 'granting_authority'::text) AND ( SELECT access.context() AS context))) with check (((office = 'granting_authority'::text) AND ( SELECT access.context() AS context)))
policy granting_authority_notes for insert to foerderbuch_granting_authority with check (((office = 'granting_authority'::text) AND ( SELECT access.context() AS context) AND (done_at IS NULL) AND (note IS NOT NULL) AND access.is_colleague(for_person_id)))
policy granting_authority_reads for select to foerderbuch_granting_authority using (((office = 'granting_authority'::text) AND ( SELECT access.context() AS context)))
policy ministry_does for update to foerderbuch_ministry using (((office = 'ministry'::text) AND ( SELECT access.context() AS context))) with check (((office = 'ministry'::text) AND ( SELECT access.context() AS context)))
policy ministry_notes for insert to foerderbuch_ministry with check (((office = 'ministry'::text) AND ( SELECT access.context() AS context) AND (done_at IS NULL) AND (note IS NOT NULL) AND access.is_colleague(for_person_id)))
policy ministry_reads for select to foerderbuch_ministry using (((office = 'ministry'::text) AND ( SELECT access.context() AS context)))
policy municipality_does for update to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (office = 'municipality'::text))) with check (((centre_id = ( SELECT access.centre() AS centre)) AND (office = 'municipality'::text)))
policy municipality_notes for insert to foerderbuch_municipality with check (((centre_id = ( SELECT access.centre() AS centre)) AND (office = 'municipality'::text) AND (done_at IS NULL) AND (note IS NOT NULL) AND access.is_colleague(for_person_id)))
policy municipality_reads for select to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (office = 'municipality'::text)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy school_ministry_does for update to foerderbuch_school_ministry using (((office = 'school_ministry'::text) AND ( SELECT access.context() AS context))) with check (((office = 'school_ministry'::text) AND ( SELECT access.context() AS context)))
policy school_ministry_notes for insert to foerderbuch_school_ministry with check (((office = 'school_ministry'::text) AND ( SELECT access.context() AS context) AND (done_at IS NULL) AND (note IS NOT NULL) AND access.is_colleague(for_person_id)))
policy school_ministry_reads for select to foerderbuch_school_ministry using (((office = 'school_ministry'::text) AND ( SELECT access.context() AS context)))
grant update (done_at, done_on, remark, version) to foerderbuch_auditor
grant update (done_at, done_on, remark, version) to foerderbuch_cashier
grant update (done_at, done_on, remark, version) to foerderbuch_granting_authority
grant update (done_at, done_on, remark, version) to foerderbuch_ministry
grant update (done_at, done_on, remark, version) to foerderbuch_municipality
grant update (done_at, done_on, remark, version) to foerderbuch_school_ministry
grant insert, select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry
comment on centre_id 'Of the subject; of a municipality''s follow-up always its own centre.'
comment on about_case_id 'The case of the subject. Not named case_id, because the note is no part of the case file.'
comment on note 'Null once a person it may tell of was erased, and the remark with it.'
comment on for_person_id 'Whom it is for; null for the whole office.'

-- table public.grant_year
owner foerderbuch_owner, row level security forced
comment 'One funding year of a grant, the guideline version that governs it, and its proof of use: due, received, settled (VVG zu § 44 LHO).'
  id uuid not null
  case_id uuid not null
  decision_id uuid not null
  centre_id uuid not null
  programme text not null
  funding_year integer not null
  guideline_version_id uuid not null
  proof_due_on date not null
  received_on date
  settled_on date
  version integer not null default 1
constraint grant_year_case_id_funding_year_key UNIQUE (case_id, funding_year)
constraint grant_year_check CHECK (((settled_on IS NULL) OR (received_on IS NOT NULL)))
constraint grant_year_decision_id_case_id_centre_id_fkey FOREIGN KEY (decision_id, case_id, centre_id) REFERENCES decision(id, case_id, centre_id)
constraint grant_year_funding_year_check CHECK (((funding_year >= 2000) AND (funding_year <= 2100)))
constraint grant_year_guideline_version_id_fkey FOREIGN KEY (guideline_version_id) REFERENCES guideline_version(id)
constraint grant_year_pkey PRIMARY KEY (id)
constraint grant_year_programme_fkey FOREIGN KEY (programme) REFERENCES programme(code)
CREATE INDEX grant_year_centre ON public.grant_year USING btree (centre_id, programme, funding_year)
CREATE INDEX grant_year_decision ON public.grant_year USING btree (decision_id)
CREATE INDEX grant_year_unproved ON public.grant_year USING btree (proof_due_on, id) WHERE (received_on IS NULL)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.grant_year FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.grant_year FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy open for insert to foerderbuch_granting_authority with check (( SELECT access.context() AS context))
policy own for select to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM decision d
  WHERE (d.id = grant_year.decision_id)))))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy prove for update to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM decision d
  WHERE (d.id = grant_year.decision_id)))))
policy prove_when_due for update to foerderbuch_system using (( SELECT access.context() AS context))
policy settle for update to foerderbuch_granting_authority using (( SELECT access.context() AS context))
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (settled_on, version) to foerderbuch_granting_authority
grant update (received_on, version) to foerderbuch_municipality
grant update (received_on, version) to foerderbuch_system
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.guideline_checklist_item
owner foerderbuch_owner, row level security forced
comment 'What the granting authority answers about every application under a version before it recommends what to decide, in its order.'
  id uuid not null
  guideline_version_id uuid not null
  "position" integer not null
  code text not null
  provision text not null
  text_de text not null
  text_en text not null
  source text not null
  confidence text not null
constraint guideline_checklist_item_code_check CHECK ((code ~ '^[a-z][a-z0-9_]*$'::text))
constraint guideline_checklist_item_confidence_check CHECK ((confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text])))
constraint guideline_checklist_item_guideline_version_id_code_key UNIQUE (guideline_version_id, code)
constraint guideline_checklist_item_guideline_version_id_fkey FOREIGN KEY (guideline_version_id) REFERENCES guideline_version(id)
constraint guideline_checklist_item_guideline_version_id_position_key UNIQUE (guideline_version_id, "position")
constraint guideline_checklist_item_pkey PRIMARY KEY (id)
constraint guideline_checklist_item_position_check CHECK (("position" > 0))
CREATE INDEX guideline_checklist_item_version ON public.guideline_checklist_item USING btree (guideline_version_id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.guideline_checklist_item FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.guideline_checklist_item FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER part_of_draft BEFORE INSERT ON public.guideline_checklist_item FOR EACH ROW EXECUTE FUNCTION audit.guideline_part_of_draft()
policy as_version for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system using ((( SELECT access.context() AS context) AND (EXISTS ( SELECT
   FROM guideline_version v
  WHERE (v.id = guideline_checklist_item.guideline_version_id)))))
policy draft for insert to foerderbuch_ministry with check (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.guideline_copy_threshold
owner foerderbuch_owner, row level security forced
comment 'Above which grant, in cents of state money for all its years, notice and application are copied to the court of audit, by the day the decision is drafted. Days without a row ask for no copy.'
  id uuid not null
  guideline_version_id uuid not null
  threshold_cents bigint not null
  source text not null
  confidence text not null
  valid_from date not null
  valid_to date
constraint guideline_copy_threshold_check CHECK ((valid_to > valid_from))
constraint guideline_copy_threshold_confidence_check CHECK ((confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text])))
constraint guideline_copy_threshold_guideline_version_id_daterange_excl EXCLUDE USING gist (guideline_version_id WITH =, daterange(valid_from, valid_to) WITH &&)
constraint guideline_copy_threshold_guideline_version_id_fkey FOREIGN KEY (guideline_version_id) REFERENCES guideline_version(id)
constraint guideline_copy_threshold_pkey PRIMARY KEY (id)
constraint guideline_copy_threshold_threshold_cents_check CHECK ((threshold_cents >= 0))
CREATE INDEX guideline_copy_threshold_version ON public.guideline_copy_threshold USING btree (guideline_version_id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.guideline_copy_threshold FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.guideline_copy_threshold FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER part_of_draft BEFORE INSERT ON public.guideline_copy_threshold FOR EACH ROW EXECUTE FUNCTION audit.guideline_part_of_draft()
policy as_version for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system using ((( SELECT access.context() AS context) AND (EXISTS ( SELECT
   FROM guideline_version v
  WHERE (v.id = guideline_copy_threshold.guideline_version_id)))))
policy draft for insert to foerderbuch_ministry with check (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.guideline_deadline
owner foerderbuch_owner, row level security forced
comment 'The last day for something about a funding year: of that year, the year before (-1) or after (1). Without funding_year it holds for every year that has no day of its own.'
  id uuid not null
  guideline_version_id uuid not null
  kind text not null
  funding_year integer
  year_offset integer not null
  month integer not null
  day integer not null
  source text not null
  confidence text not null
constraint guideline_deadline_confidence_check CHECK ((confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text])))
constraint guideline_deadline_day_check CHECK (((day >= 1) AND (day <= 31)))
constraint guideline_deadline_funding_year_check CHECK (((funding_year >= 2000) AND (funding_year <= 2100)))
constraint guideline_deadline_guideline_version_id_fkey FOREIGN KEY (guideline_version_id) REFERENCES guideline_version(id)
constraint guideline_deadline_guideline_version_id_kind_funding_year_key UNIQUE NULLS NOT DISTINCT (guideline_version_id, kind, funding_year)
constraint guideline_deadline_kind_check CHECK ((kind = 'application'::text))
constraint guideline_deadline_month_check CHECK (((month >= 1) AND (month <= 12)))
constraint guideline_deadline_pkey PRIMARY KEY (id)
constraint guideline_deadline_year_offset_check CHECK (((year_offset >= '-1'::integer) AND (year_offset <= 1)))
CREATE INDEX guideline_deadline_version ON public.guideline_deadline USING btree (guideline_version_id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.guideline_deadline FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.guideline_deadline FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER part_of_draft BEFORE INSERT ON public.guideline_deadline FOR EACH ROW EXECUTE FUNCTION audit.guideline_part_of_draft()
policy as_version for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system using ((( SELECT access.context() AS context) AND (EXISTS ( SELECT
   FROM guideline_version v
  WHERE (v.id = guideline_deadline.guideline_version_id)))))
policy draft for insert to foerderbuch_ministry with check (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.guideline_early_start_ban
owner foerderbuch_owner, row level security forced
comment 'On which days of drafting a decision nothing may have begun before it without consent (VV zu § 44 LHO). Days without a row prohibit nothing.'
  id uuid not null
  guideline_version_id uuid not null
  provision text not null
  source text not null
  confidence text not null
  valid_from date not null
  valid_to date
constraint guideline_early_start_ban_check CHECK ((valid_to > valid_from))
constraint guideline_early_start_ban_confidence_check CHECK ((confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text])))
constraint guideline_early_start_ban_guideline_version_id_daterange_excl EXCLUDE USING gist (guideline_version_id WITH =, daterange(valid_from, valid_to) WITH &&)
constraint guideline_early_start_ban_guideline_version_id_fkey FOREIGN KEY (guideline_version_id) REFERENCES guideline_version(id)
constraint guideline_early_start_ban_pkey PRIMARY KEY (id)
CREATE INDEX guideline_early_start_ban_version ON public.guideline_early_start_ban USING btree (guideline_version_id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.guideline_early_start_ban FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.guideline_early_start_ban FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER part_of_draft BEFORE INSERT ON public.guideline_early_start_ban FOR EACH ROW EXECUTE FUNCTION audit.guideline_part_of_draft()
policy as_version for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system using ((( SELECT access.context() AS context) AND (EXISTS ( SELECT
   FROM guideline_version v
  WHERE (v.id = guideline_early_start_ban.guideline_version_id)))))
policy draft for insert to foerderbuch_ministry with check (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.guideline_material
owner foerderbuch_owner, row level security forced
comment 'What is given a year for material, in cents: as a lump sum or up to a ceiling, per centre, or per per_fte_hundredths of its posts.'
  id uuid not null
  guideline_version_id uuid not null
  code text not null
  kind text not null
  amount_cents bigint
  per_fte_hundredths integer
  source text not null
  confidence text not null
  valid_from date not null
  valid_to date
constraint guideline_material_amount_cents_check CHECK ((amount_cents > 0))
constraint guideline_material_check CHECK (((amount_cents IS NULL) = (confidence = 'missing'::text)))
constraint guideline_material_check1 CHECK ((valid_to > valid_from))
constraint guideline_material_code_check CHECK ((code = ANY (ARRAY['interpreter_pool'::text, 'material'::text, 'workplace'::text])))
constraint guideline_material_confidence_check CHECK ((confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text, 'missing'::text])))
constraint guideline_material_guideline_version_id_code_daterange_excl EXCLUDE USING gist (guideline_version_id WITH =, code WITH =, daterange(valid_from, valid_to) WITH &&)
constraint guideline_material_guideline_version_id_fkey FOREIGN KEY (guideline_version_id) REFERENCES guideline_version(id)
constraint guideline_material_kind_check CHECK ((kind = ANY (ARRAY['lump_sum'::text, 'ceiling'::text])))
constraint guideline_material_per_fte_hundredths_check CHECK ((per_fte_hundredths > 0))
constraint guideline_material_pkey PRIMARY KEY (id)
CREATE INDEX guideline_material_version ON public.guideline_material USING btree (guideline_version_id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.guideline_material FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.guideline_material FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER part_of_draft BEFORE INSERT ON public.guideline_material FOR EACH ROW EXECUTE FUNCTION audit.guideline_part_of_draft()
policy as_version for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system using ((( SELECT access.context() AS context) AND (EXISTS ( SELECT
   FROM guideline_version v
  WHERE (v.id = guideline_material.guideline_version_id)))))
policy draft for insert to foerderbuch_ministry with check (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.guideline_payment_date
owner foerderbuch_owner, row level security forced
comment 'From this day of the budget year the named part of the grant may be called, earlier dates included: 5000 is half, 10000 all.'
  id uuid not null
  guideline_version_id uuid not null
  month integer not null
  day integer not null
  cumulative_hundredths integer not null
  basis text not null
  confidence text not null
constraint guideline_payment_date_confidence_check CHECK ((confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text])))
constraint guideline_payment_date_cumulative_hundredths_check CHECK (((cumulative_hundredths >= 1) AND (cumulative_hundredths <= 10000)))
constraint guideline_payment_date_day_check CHECK (((day >= 1) AND (day <= 31)))
constraint guideline_payment_date_guideline_version_id_fkey FOREIGN KEY (guideline_version_id) REFERENCES guideline_version(id)
constraint guideline_payment_date_guideline_version_id_month_day_key UNIQUE (guideline_version_id, month, day)
constraint guideline_payment_date_month_check CHECK (((month >= 1) AND (month <= 12)))
constraint guideline_payment_date_pkey PRIMARY KEY (id)
CREATE INDEX guideline_payment_date_version ON public.guideline_payment_date USING btree (guideline_version_id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.guideline_payment_date FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.guideline_payment_date FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER part_of_draft BEFORE INSERT ON public.guideline_payment_date FOR EACH ROW EXECUTE FUNCTION audit.guideline_part_of_draft()
policy as_version for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system using ((( SELECT access.context() AS context) AND (EXISTS ( SELECT
   FROM guideline_version v
  WHERE (v.id = guideline_payment_date.guideline_version_id)))))
policy draft for insert to foerderbuch_ministry with check (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.guideline_post
owner foerderbuch_owner, row level security forced
comment 'How many posts a version funds per host type and category, in hundredths of a full-time equivalent; null where no source says.'
  id uuid not null
  guideline_version_id uuid not null
  host_type text not null
  category text not null
  fte_hundredths integer
  funder text not null
  source text not null
  confidence text not null
constraint guideline_post_category_check CHECK ((category = ANY (ARRAY['specialist'::text, 'assistant'::text, 'teacher'::text])))
constraint guideline_post_check CHECK (((fte_hundredths IS NULL) = (confidence = 'missing'::text)))
constraint guideline_post_confidence_check CHECK ((confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text, 'missing'::text])))
constraint guideline_post_fte_hundredths_check CHECK ((fte_hundredths > 0))
constraint guideline_post_funder_check CHECK ((funder = ANY (ARRAY['integration_ministry'::text, 'school_ministry'::text])))
constraint guideline_post_guideline_version_id_fkey FOREIGN KEY (guideline_version_id) REFERENCES guideline_version(id)
constraint guideline_post_guideline_version_id_host_type_category_key UNIQUE (guideline_version_id, host_type, category)
constraint guideline_post_host_type_check CHECK ((host_type = ANY (ARRAY['kreis'::text, 'stadt'::text])))
constraint guideline_post_pkey PRIMARY KEY (id)
CREATE INDEX guideline_post_version ON public.guideline_post USING btree (guideline_version_id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.guideline_post FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.guideline_post FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER part_of_draft BEFORE INSERT ON public.guideline_post FOR EACH ROW EXECUTE FUNCTION audit.guideline_part_of_draft()
policy as_version for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system using ((( SELECT access.context() AS context) AND (EXISTS ( SELECT
   FROM guideline_version v
  WHERE (v.id = guideline_post.guideline_version_id)))))
policy draft for insert to foerderbuch_ministry with check (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.guideline_provision
owner foerderbuch_owner, row level security forced
comment 'Ancillary provisions (Nebenbestimmungen), in their order: general ones become part of every notice drafted while they are in force, special ones of those that choose them.'
  id uuid not null
  guideline_version_id uuid not null
  "position" integer not null
  code text not null
  reach text not null
  provision text not null
  text_de text not null
  text_en text not null
  source text not null
  confidence text not null
  valid_from date not null
  valid_to date
constraint guideline_provision_check CHECK ((valid_to > valid_from))
constraint guideline_provision_code_check CHECK ((code ~ '^[a-z][a-z0-9_]*$'::text))
constraint guideline_provision_confidence_check CHECK ((confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text])))
constraint guideline_provision_guideline_version_id_code_daterange_excl EXCLUDE USING gist (guideline_version_id WITH =, code WITH =, daterange(valid_from, valid_to) WITH &&)
constraint guideline_provision_guideline_version_id_fkey FOREIGN KEY (guideline_version_id) REFERENCES guideline_version(id)
constraint guideline_provision_guideline_version_id_position_key UNIQUE (guideline_version_id, "position")
constraint guideline_provision_pkey PRIMARY KEY (id)
constraint guideline_provision_position_check CHECK (("position" > 0))
constraint guideline_provision_reach_check CHECK ((reach = ANY (ARRAY['general'::text, 'special'::text])))
CREATE INDEX guideline_provision_version ON public.guideline_provision USING btree (guideline_version_id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.guideline_provision FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.guideline_provision FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER part_of_draft BEFORE INSERT ON public.guideline_provision FOR EACH ROW EXECUTE FUNCTION audit.guideline_part_of_draft()
policy as_version for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system using ((( SELECT access.context() AS context) AND (EXISTS ( SELECT
   FROM guideline_version v
  WHERE (v.id = guideline_provision.guideline_version_id)))))
policy draft for insert to foerderbuch_ministry with check (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.guideline_rate
owner foerderbuch_owner, row level security forced
comment 'What a post is worth a year, in cents per per_fte_hundredths. In kind: seconded staff, counted but never paid. Null: the amount is missing, so nothing is computed from it.'
  id uuid not null
  guideline_version_id uuid not null
  category text not null
  amount_cents bigint
  per_fte_hundredths integer not null
  in_kind boolean not null
  source text not null
  confidence text not null
  valid_from date not null
  valid_to date
constraint guideline_rate_amount_cents_check CHECK ((amount_cents > 0))
constraint guideline_rate_category_check CHECK ((category = ANY (ARRAY['specialist'::text, 'assistant'::text, 'teacher'::text])))
constraint guideline_rate_check CHECK (((amount_cents IS NULL) = (confidence = 'missing'::text)))
constraint guideline_rate_check1 CHECK ((valid_to > valid_from))
constraint guideline_rate_confidence_check CHECK ((confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text, 'missing'::text])))
constraint guideline_rate_guideline_version_id_category_daterange_excl EXCLUDE USING gist (guideline_version_id WITH =, category WITH =, daterange(valid_from, valid_to) WITH &&)
constraint guideline_rate_guideline_version_id_fkey FOREIGN KEY (guideline_version_id) REFERENCES guideline_version(id)
constraint guideline_rate_per_fte_hundredths_check CHECK ((per_fte_hundredths > 0))
constraint guideline_rate_pkey PRIMARY KEY (id)
CREATE INDEX guideline_rate_version ON public.guideline_rate USING btree (guideline_version_id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.guideline_rate FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.guideline_rate FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER part_of_draft BEFORE INSERT ON public.guideline_rate FOR EACH ROW EXECUTE FUNCTION audit.guideline_part_of_draft()
policy as_version for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system using ((( SELECT access.context() AS context) AND (EXISTS ( SELECT
   FROM guideline_version v
  WHERE (v.id = guideline_rate.guideline_version_id)))))
policy draft for insert to foerderbuch_ministry with check (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.guideline_version
owner foerderbuch_owner, row level security forced
comment 'A guideline as dated data: from valid_from up to, but excluding, valid_to or the day a later version supersedes it. replaced_at: until then it was recorded as holding; since then another version holds for all its days. Proof of use falls due on the named day of the following year, or proof_due_months after a decision was released, whichever is later. What was withdrawn before it bound anybody stays to be read.'
  id uuid not null
  programme text not null
  title text not null
  legal_instrument text not null
  valid_from date not null
  valid_to date
  superseded_from date
  financing_type text not null
  financing_type_source text not null
  financing_type_confidence text not null
  funded_share_hundredths integer
  share_rule text not null
  share_rule_source text not null
  share_rule_confidence text not null
  rounding text not null
  rounding_source text not null
  rounding_confidence text not null
  proof_due_month integer not null
  proof_due_day integer not null
  proof_due_months integer not null
  proof_due_source text not null
  proof_due_confidence text not null
  source text not null
  confidence text not null
  note text
  state text not null
  drafted_at timestamp with time zone not null default transaction_timestamp()
  drafted_by uuid not null
  released_at timestamp with time zone
  released_by uuid
  co_released_at timestamp with time zone
  co_released_by uuid
  replaced_at timestamp with time zone
  withdrawn_at timestamp with time zone
  withdrawn_by uuid
  withdrawal_reason text
  version integer not null default 1
constraint guideline_version_check CHECK (((financing_type = 'proportional'::text) = (funded_share_hundredths IS NOT NULL)))
constraint guideline_version_check1 CHECK (((replaced_at IS NULL) OR (released_at IS NOT NULL)))
constraint guideline_version_check10 CHECK (((state <> 'co_released'::text) OR (programme = 'KI'::text)))
constraint guideline_version_check2 CHECK ((valid_to > valid_from))
constraint guideline_version_check3 CHECK ((superseded_from > valid_from))
constraint guideline_version_check4 CHECK ((released_by <> drafted_by))
constraint guideline_version_check5 CHECK (((co_released_by <> drafted_by) AND (co_released_by <> released_by)))
constraint guideline_version_check6 CHECK (
CASE state
    WHEN 'drafted'::text THEN (released_at IS NULL)
    WHEN 'withdrawn'::text THEN ((released_at IS NULL) OR (programme = 'KI'::text))
    ELSE (released_at IS NOT NULL)
END)
constraint guideline_version_check7 CHECK (((state = 'withdrawn'::text) = (withdrawn_at IS NOT NULL)))
constraint guideline_version_check8 CHECK (((withdrawn_at IS NULL) = (withdrawal_reason IS NULL)))
constraint guideline_version_check9 CHECK (((state = 'co_released'::text) = (co_released_at IS NOT NULL)))
constraint guideline_version_co_released_by_fkey FOREIGN KEY (co_released_by) REFERENCES person(id)
constraint guideline_version_confidence_check CHECK ((confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text])))
constraint guideline_version_drafted_by_fkey FOREIGN KEY (drafted_by) REFERENCES person(id)
constraint guideline_version_financing_type_check CHECK ((financing_type = ANY (ARRAY['fixed_amount'::text, 'full_funding'::text, 'proportional'::text, 'deficit'::text])))
constraint guideline_version_financing_type_confidence_check CHECK ((financing_type_confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text])))
constraint guideline_version_funded_share_hundredths_check CHECK (((funded_share_hundredths >= 1) AND (funded_share_hundredths <= 10000)))
constraint guideline_version_one_a_day EXCLUDE USING gist (programme WITH =, daterange(valid_from, LEAST(valid_to, superseded_from)) WITH &&, tstzrange(COALESCE(co_released_at, released_at), replaced_at) WITH &&) WHERE (((state = 'co_released'::text) OR ((state = 'released'::text) AND (programme <> 'KI'::text))))
constraint guideline_version_pkey PRIMARY KEY (id)
constraint guideline_version_programme_fkey FOREIGN KEY (programme) REFERENCES programme(code)
constraint guideline_version_proof_due_confidence_check CHECK ((proof_due_confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text])))
constraint guideline_version_proof_due_day_check CHECK (((proof_due_day >= 1) AND (proof_due_day <= 31)))
constraint guideline_version_proof_due_month_check CHECK (((proof_due_month >= 1) AND (proof_due_month <= 12)))
constraint guideline_version_proof_due_months_check CHECK (((proof_due_months >= 0) AND (proof_due_months <= 60)))
constraint guideline_version_released_by_fkey FOREIGN KEY (released_by) REFERENCES person(id)
constraint guideline_version_rounding_check CHECK ((rounding = 'half_away_from_zero'::text))
constraint guideline_version_rounding_confidence_check CHECK ((rounding_confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text])))
constraint guideline_version_share_rule_check CHECK ((share_rule = ANY (ARRAY['actual_days'::text, 'thirty_day_months'::text, 'months_begun'::text])))
constraint guideline_version_share_rule_confidence_check CHECK ((share_rule_confidence = ANY (ARRAY['verified'::text, 'derived'::text, 'assumed'::text])))
constraint guideline_version_state_check CHECK ((state = ANY (ARRAY['drafted'::text, 'released'::text, 'co_released'::text, 'withdrawn'::text])))
constraint guideline_version_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES person(id)
CREATE INDEX guideline_version_programme ON public.guideline_version USING btree (programme, valid_from)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.guideline_version FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.guideline_version FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.guideline_version FOR EACH ROW EXECUTE FUNCTION access.stamp('drafted_by', 'drafted_at', 'released_by', 'released_at', 'co_released_by', 'co_released_at', 'withdrawn_by', 'withdrawn_at')
CREATE TRIGGER stamp_on_behalf BEFORE INSERT OR UPDATE ON public.guideline_version FOR EACH ROW EXECUTE FUNCTION access.on_behalf('released_by', 'drafted_by', 'co_released_by')
CREATE TRIGGER stamp_others BEFORE INSERT OR UPDATE ON public.guideline_version FOR EACH ROW EXECUTE FUNCTION access.other_persons('released_by', 'drafted_by', 'co_released_by', 'drafted_by', 'co_released_by', 'released_by')
CREATE TRIGGER zy_only_forward BEFORE INSERT OR UPDATE ON public.guideline_version FOR EACH ROW EXECUTE FUNCTION access.only_forward()
CREATE TRIGGER zz_only_forward BEFORE UPDATE ON public.guideline_version FOR EACH ROW EXECUTE FUNCTION audit.guideline_only_forward()
policy binding for select to foerderbuch_cashier, foerderbuch_municipality using ((((state = 'co_released'::text) OR ((state = 'released'::text) AND (programme <> 'KI'::text))) AND ( SELECT access.context() AS context)))
policy co_release_or_withdraw for update to foerderbuch_school_ministry using (( SELECT access.context() AS context)) with check (((programme = 'KI'::text) AND (state = ANY (ARRAY['co_released'::text, 'withdrawn'::text]))))
policy draft for insert to foerderbuch_ministry with check (((state = 'drafted'::text) AND ( SELECT access.context() AS context)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy release_or_withdraw for update to foerderbuch_ministry using (( SELECT access.context() AS context))
policy statewide for select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (superseded_from, state, released_at, replaced_at, withdrawn_at, withdrawal_reason, version) to foerderbuch_ministry
grant update (superseded_from, state, co_released_at, replaced_at, withdrawn_at, withdrawal_reason, version) to foerderbuch_school_ministry
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.hearing
owner foerderbuch_owner, row level security forced
comment 'What the recipient was asked before money is taken back, and what it said until the day due, or that it said nothing (§ 28 (1) VwVfG NRW). answered_at: the recipient said it itself; otherwise the authority wrote down what came in another way.'
  id uuid not null
  decision_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  purpose text not null
  reasons text not null
  opened_on date not null
  due_on date not null
  state text not null
  opened_at timestamp with time zone not null default transaction_timestamp()
  opened_by uuid not null
  closed_at timestamp with time zone
  closed_by uuid
  closed_on date
  answered_at timestamp with time zone
  answered_by uuid
  answered_on date
  statement text
  version integer not null default 1
constraint hearing_answered_by_fkey FOREIGN KEY (answered_by) REFERENCES person(id)
constraint hearing_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES centre(id)
constraint hearing_check CHECK ((due_on > opened_on))
constraint hearing_check1 CHECK (((state = 'open'::text) = (closed_at IS NULL)))
constraint hearing_check2 CHECK (((closed_at IS NULL) = (closed_on IS NULL)))
constraint hearing_check3 CHECK (((answered_at IS NULL) = (answered_on IS NULL)))
constraint hearing_check4 CHECK (((answered_at IS NULL) OR (statement IS NOT NULL)))
constraint hearing_check5 CHECK (((answered_on >= opened_on) AND (closed_on >= opened_on)))
constraint hearing_check6 CHECK (((closed_at IS NOT NULL) OR (answered_at IS NOT NULL) OR (statement IS NULL)))
constraint hearing_check7 CHECK (((statement IS NOT NULL) OR (closed_on IS NULL) OR (closed_on > due_on)))
constraint hearing_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES person(id)
constraint hearing_decision_id_case_id_centre_id_fkey FOREIGN KEY (decision_id, case_id, centre_id) REFERENCES decision(id, case_id, centre_id)
constraint hearing_id_decision_id_key UNIQUE (id, decision_id)
constraint hearing_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES person(id)
constraint hearing_pkey PRIMARY KEY (id)
constraint hearing_purpose_check CHECK ((purpose = ANY (ARRAY['withdrawal'::text, 'revocation'::text])))
constraint hearing_state_check CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
CREATE INDEX hearing_case ON public.hearing USING btree (case_id)
CREATE INDEX hearing_waiting ON public.hearing USING btree (due_on, id) WHERE (state = 'open'::text)
CREATE UNIQUE INDEX hearing_open ON public.hearing USING btree (decision_id) WHERE (state = 'open'::text)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.hearing FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.hearing FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.hearing FOR EACH ROW EXECUTE FUNCTION access.stamp('opened_by', 'opened_at', 'closed_by', 'closed_at', 'answered_by', 'answered_at')
CREATE TRIGGER zy_only_forward BEFORE INSERT OR UPDATE ON public.hearing FOR EACH ROW EXECUTE FUNCTION access.only_forward()
CREATE TRIGGER zz_said_once BEFORE UPDATE ON public.hearing FOR EACH ROW EXECUTE FUNCTION audit.hearing_said_once()
policy answer for update to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM decision d
  WHERE (d.id = hearing.decision_id))))) with check (((centre_id = ( SELECT access.centre() AS centre)) AND (answered_at IS NOT NULL)))
policy end_it for update to foerderbuch_granting_authority using (( SELECT access.context() AS context))
policy keep for insert to foerderbuch_granting_authority with check (( SELECT access.context() AS context))
policy own for select to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM decision d
  WHERE (d.id = hearing.decision_id)))))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (state, closed_at, closed_on, statement, version) to foerderbuch_granting_authority
grant update (answered_at, answered_on, statement, version) to foerderbuch_municipality
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.idempotent_answer
owner foerderbuch_owner, row level security forced
comment 'The exact bytes once answered to an Idempotency-Key; asking again gives them again and changes nothing.'
  user_id uuid not null
  key text not null
  action text not null
  fingerprint text not null
  status integer not null
  etag text
  location text
  body bytea
  answered_at timestamp with time zone not null default transaction_timestamp()
constraint idempotent_answer_pkey PRIMARY KEY (user_id, key)
constraint idempotent_answer_user_id_fkey FOREIGN KEY (user_id) REFERENCES user_account(id)
policy own for all to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry using ((user_id = ( SELECT access.user_id() AS user_id))) with check ((user_id = ( SELECT access.user_id() AS user_id)))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant insert, select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry

-- table public.lifecycle_step
owner foerderbuch_owner, row level security forced
comment 'Which state of a table''s rows may follow which; a row begins where no step leads to. What is not listed does not happen, whoever asks.'
  table_name text not null
  from_state text not null
  to_state text not null
constraint lifecycle_step_pkey PRIMARY KEY (table_name, from_state, to_state)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.lifecycle_step FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.lifecycle_step FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy owner for all to foerderbuch_owner using (true) with check (true)
policy readers for select to foerderbuch_auditor, foerderbuch_system using (( SELECT access.context() AS context))
grant select to foerderbuch_auditor, foerderbuch_system

-- table public.occupancy
owner foerderbuch_owner, row level security forced
comment 'A pseudonymous person on a post from a day up to, but excluding, another. A correction marks the row and puts another in its place; erasing empties pseudonym, key and salt.'
  id uuid not null
  post_id uuid not null
  centre_id uuid not null
  occupied_from date not null
  occupied_to date
  fte_hundredths integer not null
  pseudonym text
  pseudonym_key bytea
  salt bytea default (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
  corrects uuid
  corrected_at timestamp with time zone
  corrected_by uuid
  correction_reason text
  recorded_at timestamp with time zone not null default transaction_timestamp()
  recorded_by uuid
  erased_at timestamp with time zone
  version integer not null default 1
constraint occupancy_check CHECK ((occupied_to > occupied_from))
constraint occupancy_check1 CHECK ((corrects <> id))
constraint occupancy_check2 CHECK (((erased_at IS NOT NULL) OR ((pseudonym IS NOT NULL) AND (pseudonym_key IS NOT NULL) AND (salt IS NOT NULL))))
constraint occupancy_check3 CHECK (((erased_at IS NULL) OR ((pseudonym IS NULL) AND (pseudonym_key IS NULL) AND (salt IS NULL) AND (correction_reason IS NULL))))
constraint occupancy_check4 CHECK (((correction_reason IS NULL) OR (corrected_at IS NOT NULL)))
constraint occupancy_corrected_by_fkey FOREIGN KEY (corrected_by) REFERENCES person(id)
constraint occupancy_corrects_fkey FOREIGN KEY (corrects) REFERENCES occupancy(id)
constraint occupancy_corrects_key UNIQUE (corrects)
constraint occupancy_fte_hundredths_check CHECK (((fte_hundredths >= 1) AND (fte_hundredths <= 100)))
constraint occupancy_id_centre_id_key UNIQUE (id, centre_id)
constraint occupancy_pkey PRIMARY KEY (id)
constraint occupancy_post_id_centre_id_fkey FOREIGN KEY (post_id, centre_id) REFERENCES post(id, centre_id)
constraint occupancy_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES person(id)
CREATE INDEX occupancy_centre ON public.occupancy USING btree (centre_id, id)
CREATE INDEX occupancy_person ON public.occupancy USING btree (pseudonym_key) WHERE (corrected_at IS NULL)
CREATE INDEX occupancy_post ON public.occupancy USING btree (post_id, occupied_from) WHERE (corrected_at IS NULL)
CREATE TRIGGER hold_limits AFTER INSERT OR UPDATE ON public.occupancy FOR EACH ROW EXECUTE FUNCTION staffing.hold_limits()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.occupancy FOR EACH ROW EXECUTE FUNCTION audit.journal('pseudonym,correction_reason', 'pseudonym_key,salt')
CREATE TRIGGER key_person BEFORE INSERT OR UPDATE ON public.occupancy FOR EACH ROW EXECUTE FUNCTION staffing.key_person()
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.occupancy FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.occupancy FOR EACH ROW EXECUTE FUNCTION access.stamp('recorded_by', 'recorded_at', 'corrected_by', 'corrected_at')
CREATE TRIGGER zz_only_forward BEFORE UPDATE ON public.occupancy FOR EACH ROW EXECUTE FUNCTION staffing.only_forward()
policy examine for select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_system using (( SELECT access.context() AS context))
policy own for all to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre))) with check ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant select (id, post_id, centre_id, occupied_from, occupied_to, fte_hundredths, corrects, corrected_at, corrected_by, correction_reason, recorded_at, recorded_by, erased_at, version) to foerderbuch_auditor
grant select (id, post_id, centre_id, occupied_from, occupied_to, fte_hundredths, corrects, corrected_at, corrected_by, correction_reason, recorded_at, recorded_by, erased_at, version) to foerderbuch_granting_authority
grant update (occupied_to, corrected_at, correction_reason, version) to foerderbuch_municipality
grant select (id, post_id, centre_id, occupied_from, occupied_to, fte_hundredths, corrects, corrected_at, corrected_by, correction_reason, recorded_at, recorded_by, erased_at, version) to foerderbuch_system
grant insert, select to foerderbuch_municipality

-- table public.occupancy_expenditure
owner foerderbuch_owner, row level security forced
comment 'What an occupancy really cost in a funding year: the salary of one person, so personal. A later figure replaces the row and is a row of its own.'
  id uuid not null
  occupancy_id uuid not null
  centre_id uuid not null
  funding_year integer not null
  amount_cents bigint
  salt bytea default (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
  recorded_at timestamp with time zone not null default transaction_timestamp()
  recorded_by uuid
  replaced_at timestamp with time zone
  erased_at timestamp with time zone
  version integer not null default 1
constraint occupancy_expenditure_amount_cents_check CHECK ((amount_cents >= 0))
constraint occupancy_expenditure_check CHECK (((erased_at IS NULL) = (amount_cents IS NOT NULL)))
constraint occupancy_expenditure_check1 CHECK (((erased_at IS NULL) = (salt IS NOT NULL)))
constraint occupancy_expenditure_funding_year_check CHECK (((funding_year >= 2000) AND (funding_year <= 2100)))
constraint occupancy_expenditure_occupancy_id_centre_id_fkey FOREIGN KEY (occupancy_id, centre_id) REFERENCES occupancy(id, centre_id)
constraint occupancy_expenditure_pkey PRIMARY KEY (id)
constraint occupancy_expenditure_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES person(id)
CREATE INDEX occupancy_expenditure_centre ON public.occupancy_expenditure USING btree (centre_id, funding_year)
CREATE UNIQUE INDEX occupancy_expenditure_live ON public.occupancy_expenditure USING btree (occupancy_id, funding_year) WHERE (replaced_at IS NULL)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.occupancy_expenditure FOR EACH ROW EXECUTE FUNCTION audit.journal('amount_cents', 'salt')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.occupancy_expenditure FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.occupancy_expenditure FOR EACH ROW EXECUTE FUNCTION access.stamp('recorded_by', 'recorded_at')
policy examine for select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_system using (( SELECT access.context() AS context))
policy own for all to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre))) with check ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant update (replaced_at, version) to foerderbuch_municipality
grant insert, select to foerderbuch_municipality
grant select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_system

-- table public.payment
owner foerderbuch_owner, row level security forced
comment 'An order to the state cash office to pay an amount, in cents, to the account that was confirmed when it was ordered.'
  id uuid not null
  drawdown_id uuid not null
  case_id uuid not null
  decision_id uuid not null
  centre_id uuid not null
  funding_year integer not null
  amount_cents bigint not null
  iban text not null
  holder text not null
  reference text not null
  state text not null
  ordered_at timestamp with time zone not null default transaction_timestamp()
  ordered_by uuid not null
  ordered_on date not null
  confirmed_at timestamp with time zone
  confirmed_by uuid
  confirmed_on date
  came_back_at timestamp with time zone
  came_back_by uuid
  came_back_on date
  came_back_reason text
  version integer not null default 1
constraint payment_amount_cents_check CHECK ((amount_cents > 0))
constraint payment_came_back_by_fkey FOREIGN KEY (came_back_by) REFERENCES person(id)
constraint payment_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES centre(id)
constraint payment_check CHECK ((confirmed_by <> ordered_by))
constraint payment_check1 CHECK ((confirmed_on >= ordered_on))
constraint payment_check2 CHECK (((confirmed_at IS NULL) = (confirmed_on IS NULL)))
constraint payment_check3 CHECK (((state <> ALL (ARRAY['confirmed'::text, 'returned'::text])) OR (confirmed_at IS NOT NULL)))
constraint payment_check4 CHECK (((state <> ALL (ARRAY['ordered'::text, 'bounced'::text])) OR (confirmed_at IS NULL)))
constraint payment_check5 CHECK ((came_back_by <> ordered_by))
constraint payment_check6 CHECK (((came_back_on >= ordered_on) AND ((confirmed_on IS NULL) OR (came_back_on >= confirmed_on))))
constraint payment_check7 CHECK (((state = ANY (ARRAY['bounced'::text, 'returned'::text])) = (came_back_at IS NOT NULL)))
constraint payment_check8 CHECK ((((came_back_at IS NULL) = (came_back_on IS NULL)) AND ((came_back_at IS NULL) = (came_back_reason IS NULL))))
constraint payment_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES person(id)
constraint payment_drawdown_id_case_id_centre_id_fkey FOREIGN KEY (drawdown_id, case_id, centre_id) REFERENCES drawdown(id, case_id, centre_id)
constraint payment_funding_year_check CHECK (((funding_year >= 2000) AND (funding_year <= 2100)))
constraint payment_id_case_id_centre_id_key UNIQUE (id, case_id, centre_id)
constraint payment_ordered_by_fkey FOREIGN KEY (ordered_by) REFERENCES person(id)
constraint payment_pkey PRIMARY KEY (id)
constraint payment_reference_check CHECK (((char_length(reference) >= 1) AND (char_length(reference) <= 140)))
constraint payment_state_check CHECK ((state = ANY (ARRAY['ordered'::text, 'confirmed'::text, 'bounced'::text, 'returned'::text])))
CREATE INDEX payment_centre ON public.payment USING btree (centre_id, id)
CREATE INDEX payment_decision ON public.payment USING btree (decision_id, funding_year)
CREATE INDEX payment_ordered ON public.payment USING btree (id) WHERE (state = 'ordered'::text)
CREATE UNIQUE INDEX payment_live ON public.payment USING btree (drawdown_id) WHERE (state = ANY (ARRAY['ordered'::text, 'confirmed'::text]))
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.payment FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.payment FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.payment FOR EACH ROW EXECUTE FUNCTION access.stamp('ordered_by', 'ordered_at', 'confirmed_by', 'confirmed_at', 'came_back_by', 'came_back_at')
CREATE TRIGGER stamp_on_behalf BEFORE INSERT OR UPDATE ON public.payment FOR EACH ROW EXECUTE FUNCTION access.on_behalf('confirmed_by', 'ordered_by', 'came_back_by')
CREATE TRIGGER stamp_others BEFORE INSERT OR UPDATE ON public.payment FOR EACH ROW EXECUTE FUNCTION access.other_persons('confirmed_by', 'ordered_by', 'came_back_by', 'ordered_by')
CREATE TRIGGER zy_only_forward BEFORE INSERT OR UPDATE ON public.payment FOR EACH ROW EXECUTE FUNCTION access.only_forward()
policy execute for update to foerderbuch_cashier using (( SELECT access.context() AS context)) with check (( SELECT access.context() AS context))
policy order_payment for insert to foerderbuch_granting_authority with check (((state = 'ordered'::text) AND ( SELECT access.context() AS context)))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (state, confirmed_at, confirmed_on, came_back_at, came_back_on, came_back_reason, version) to foerderbuch_cashier
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system
comment on came_back_reason 'Why the bank did not carry the order out (bounced), or sent the money back after it had left (returned).'

-- table public.payment_part
owner foerderbuch_owner, row level security forced
comment 'How much of a payment each budget line bears, in cents: the recipient asks once, the money is booked where it was granted.'
  id uuid not null
  payment_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  line_id uuid not null
  amount_cents bigint not null
constraint payment_part_amount_cents_check CHECK ((amount_cents > 0))
constraint payment_part_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES centre(id)
constraint payment_part_line_id_fkey FOREIGN KEY (line_id) REFERENCES budget_line(id)
constraint payment_part_payment_id_case_id_centre_id_fkey FOREIGN KEY (payment_id, case_id, centre_id) REFERENCES payment(id, case_id, centre_id)
constraint payment_part_payment_id_line_id_key UNIQUE (payment_id, line_id)
constraint payment_part_pkey PRIMARY KEY (id)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.payment_part FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.payment_part FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.payment_part FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy order_payment for insert to foerderbuch_granting_authority with check (( SELECT access.context() AS context))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.person
owner foerderbuch_owner, row level security forced
comment 'A natural person. Four eyes count persons, so every account belongs to one. Erasing empties name, email and salt.'
  id uuid not null
  name text
  email text
  salt bytea default (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
  erased_at timestamp with time zone
  version integer not null default 1
constraint person_check CHECK (((erased_at IS NULL) = (name IS NOT NULL)))
constraint person_check1 CHECK (((erased_at IS NULL) OR ((email IS NULL) AND (salt IS NULL))))
constraint person_pkey PRIMARY KEY (id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.person FOR EACH ROW EXECUTE FUNCTION audit.journal('name,email', 'salt')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.person FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy keepers for all to foerderbuch_admin, foerderbuch_system using (( SELECT access.context() AS context))
policy own for select to foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry using ((id = ( SELECT access.person() AS person)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy readers for select to foerderbuch_auditor, foerderbuch_signin using (( SELECT access.context() AS context))
grant update (version) to foerderbuch_admin
grant update (version) to foerderbuch_system
grant insert, select to foerderbuch_admin, foerderbuch_system
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_signin

-- table public.person_erasure
owner foerderbuch_owner, row level security forced
comment 'That a person is to be erased, asked by one administrator and done by another. It cannot be undone, so never by one alone.'
  id uuid not null
  person_id uuid not null
  ground text not null
  requested_at timestamp with time zone not null default transaction_timestamp()
  requested_by uuid
  confirmed_at timestamp with time zone
  confirmed_by uuid
  version integer not null default 1
constraint person_erasure_check CHECK ((confirmed_by <> requested_by))
constraint person_erasure_check1 CHECK ((confirmed_by <> person_id))
constraint person_erasure_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES person(id)
constraint person_erasure_ground_check CHECK ((ground = ANY (ARRAY['on_request'::text, 'retention_ended'::text])))
constraint person_erasure_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
constraint person_erasure_pkey PRIMARY KEY (id)
constraint person_erasure_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES person(id)
CREATE UNIQUE INDEX person_erasure_open ON public.person_erasure USING btree (person_id) WHERE (confirmed_at IS NULL)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.person_erasure FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.person_erasure FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.person_erasure FOR EACH ROW EXECUTE FUNCTION access.stamp('requested_by', 'requested_at', 'confirmed_by', 'confirmed_at')
CREATE TRIGGER stamp_on_behalf BEFORE INSERT OR UPDATE ON public.person_erasure FOR EACH ROW EXECUTE FUNCTION access.on_behalf('confirmed_by', 'requested_by')
CREATE TRIGGER stamp_others BEFORE INSERT OR UPDATE ON public.person_erasure FOR EACH ROW EXECUTE FUNCTION access.other_persons('confirmed_by', 'requested_by', 'confirmed_by', 'person_id')
policy keepers for all to foerderbuch_admin using (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy readers for select to foerderbuch_auditor, foerderbuch_system using (( SELECT access.context() AS context))
grant update (version) to foerderbuch_admin
grant insert, select to foerderbuch_admin
grant select to foerderbuch_auditor, foerderbuch_system

-- table public.person_pepper
owner foerderbuch_owner, row level security forced
comment 'A secret of this installation. Without it the keys by which a person is recognised over all bodies cannot be computed from pseudonyms; emptying it makes them meaningless.'
  only_row boolean not null default true
  pepper bytea not null
constraint person_pepper_only_row_check CHECK (only_row)
constraint person_pepper_pkey PRIMARY KEY (only_row)
policy owner for all to foerderbuch_owner using (true) with check (true)

-- table public.post
owner foerderbuch_owner, row level security forced
comment 'A post of the establishment of one centre, under the number it has in the body''s own plan of posts; from established_on up to, but excluding, abolished_on.'
  id uuid not null
  centre_id uuid not null
  programme text not null
  number text not null
  established_on date not null
  abolished_on date
  version integer not null default 1
constraint post_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES centre(id)
constraint post_centre_id_number_key UNIQUE (centre_id, number)
constraint post_check CHECK ((abolished_on > established_on))
constraint post_id_centre_id_key UNIQUE (id, centre_id)
constraint post_number_check CHECK ((number ~ '^[0-9A-Za-z][0-9A-Za-z ./-]{0,39}$'::text))
constraint post_pkey PRIMARY KEY (id)
constraint post_programme_fkey FOREIGN KEY (programme) REFERENCES programme(code)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.post FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.post FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy change for update to foerderbuch_ministry, foerderbuch_school_ministry using (( SELECT access.context() AS context))
policy establish for insert to foerderbuch_ministry, foerderbuch_school_ministry with check (( SELECT access.context() AS context))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (abolished_on, version) to foerderbuch_ministry
grant update (abolished_on, version) to foerderbuch_school_ministry
grant insert, select to foerderbuch_ministry, foerderbuch_school_ministry
grant select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_municipality, foerderbuch_system

-- table public.post_phase
owner foerderbuch_owner, row level security forced
comment 'What a post is from a day on: category, size in hundredths of a full-time equivalent, and who funds it.'
  id uuid not null
  post_id uuid not null
  centre_id uuid not null
  valid_from date not null
  valid_to date
  category text not null
  fte_hundredths integer not null
  funder text not null
constraint post_phase_category_check CHECK ((category = ANY (ARRAY['specialist'::text, 'assistant'::text, 'teacher'::text])))
constraint post_phase_check CHECK ((valid_to > valid_from))
constraint post_phase_check1 CHECK (((category = 'teacher'::text) = (funder = 'school_ministry'::text)))
constraint post_phase_fte_hundredths_check CHECK ((fte_hundredths > 0))
constraint post_phase_funder_check CHECK ((funder = ANY (ARRAY['integration_ministry'::text, 'school_ministry'::text, 'municipality'::text])))
constraint post_phase_pkey PRIMARY KEY (id)
constraint post_phase_post_id_centre_id_fkey FOREIGN KEY (post_id, centre_id) REFERENCES post(id, centre_id)
constraint post_phase_post_id_daterange_excl EXCLUDE USING gist (post_id WITH =, daterange(valid_from, valid_to) WITH &&)
CREATE INDEX post_phase_post ON public.post_phase USING btree (post_id, valid_from)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.post_phase FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.post_phase FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy change for update to foerderbuch_ministry using (((funder <> 'school_ministry'::text) AND ( SELECT access.context() AS context)))
policy change_teachers for update to foerderbuch_school_ministry using (((funder = 'school_ministry'::text) AND ( SELECT access.context() AS context)))
policy establish for insert to foerderbuch_ministry with check (((funder <> 'school_ministry'::text) AND ( SELECT access.context() AS context)))
policy establish_teachers for insert to foerderbuch_school_ministry with check (((funder = 'school_ministry'::text) AND ( SELECT access.context() AS context)))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (valid_to, category, fte_hundredths, funder) to foerderbuch_ministry
grant update (valid_to, category, fte_hundredths, funder) to foerderbuch_school_ministry
grant insert, select to foerderbuch_ministry, foerderbuch_school_ministry
grant select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_municipality, foerderbuch_system

-- table public.posting_step
owner foerderbuch_owner, row level security forced
comment 'Which command may move money from which stage to which, and in which role. ledger.post refuses every other step.'
  code text not null
  from_stage text not null
  to_stage text not null
  roles text[] not null
  backwards text not null default 'no'::text
  differs text[] not null default '{}'::text[]
constraint posting_step_backwards_check CHECK ((backwards = ANY (ARRAY['no'::text, 'whole'::text, 'part'::text])))
constraint posting_step_differs_check CHECK ((differs <@ '{lineId,fundingYear}'::text[]))
constraint posting_step_pkey PRIMARY KEY (code, from_stage, to_stage)
policy owner for all to foerderbuch_owner using (true) with check (true)
policy readers for select to foerderbuch_auditor, foerderbuch_system using (( SELECT access.context() AS context))
grant select to foerderbuch_auditor, foerderbuch_system
comment on backwards 'Whether the step undoes: in whole, naming the transfer it reverses, or in part without naming one.'
comment on differs 'The dimensions in which the two accounts differ, from line to line or year to year; in all others that both have they are the same.'

-- table public.programme
owner foerderbuch_owner, row level security forced
comment 'What the state funds. An earmarked lump sum (fachbezogene Pauschale) is paid by budget act without application and is no grant under § 44 LHO NRW.'
  code text not null
  id uuid not null
  name text not null
  instrument text not null
  note text
constraint programme_code_check CHECK ((code ~ '^[A-Z][A-Z0-9_]{1,19}$'::text))
constraint programme_id_key UNIQUE (id)
constraint programme_instrument_check CHECK ((instrument = ANY (ARRAY['grant'::text, 'earmarked_lump_sum'::text])))
constraint programme_pkey PRIMARY KEY (code)
policy everybody for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.published_figure
owner foerderbuch_owner, row level security forced
comment 'A figure somebody published, in cents, as published: rounded to rounded_to_cents, with the word used for it ("rund", "fast"). Never corrected here: another publication is another row.'
  id uuid not null
  funding_year integer not null
  subject text not null
  source text not null
  amount_cents bigint not null
  rounded_to_cents bigint not null
  rounding_text text
  publication text not null
  url text
  published_on date
  recorded_at timestamp with time zone not null default transaction_timestamp()
  recorded_by uuid not null
constraint published_figure_amount_cents_check CHECK (((amount_cents >= 0) AND (amount_cents <= '9007199254740991'::bigint)))
constraint published_figure_check CHECK (((amount_cents % rounded_to_cents) = 0))
constraint published_figure_funding_year_check CHECK (((funding_year >= 2000) AND (funding_year <= 2100)))
constraint published_figure_funding_year_subject_source_publication_key UNIQUE (funding_year, subject, source, publication)
constraint published_figure_pkey PRIMARY KEY (id)
constraint published_figure_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES person(id)
constraint published_figure_rounded_to_cents_check CHECK (((rounded_to_cents >= 1) AND (rounded_to_cents <= '9007199254740991'::bigint)))
constraint published_figure_source_check CHECK ((source = ANY (ARRAY['all'::text, 'state'::text, 'municipal'::text, 'third_party'::text])))
constraint published_figure_subject_check CHECK ((subject ~ '^[a-z][A-Za-z]*([.][a-z][A-Za-z]*)*$'::text))
constraint published_figure_url_check CHECK ((url ~ '^https?://'::text))
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.published_figure FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.published_figure FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.published_figure FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT ON public.published_figure FOR EACH ROW EXECUTE FUNCTION access.stamp('recorded_by', 'recorded_at')
policy everybody for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy record for insert to foerderbuch_ministry with check (( SELECT access.context() AS context))
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system
comment on published_on 'The day of publication; null where it is not known.'

-- table public.recipient
owner foerderbuch_owner, row level security forced
comment 'The legal person that receives a grant: Kreis, city or Städteregion.'
  id uuid not null
  name text not null
  kind text not null
  version integer not null default 1
constraint recipient_kind_check CHECK ((kind = ANY (ARRAY['kreis'::text, 'kreisfreie_stadt'::text, 'staedteregion'::text, 'stadt'::text])))
constraint recipient_pkey PRIMARY KEY (id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.recipient FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.recipient FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy everybody for select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
policy found for insert to foerderbuch_ministry with check (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.reconciliation_candidate
owner foerderbuch_owner, row level security forced
comment 'What might explain a difference between published and booked figures of a year. Listed, never asserted: none carries an amount into the report.'
  id uuid not null
  funding_year integer not null
  text_de text not null
  text_en text not null
  source text not null
  recorded_at timestamp with time zone not null default transaction_timestamp()
  recorded_by uuid not null
constraint reconciliation_candidate_funding_year_check CHECK (((funding_year >= 2000) AND (funding_year <= 2100)))
constraint reconciliation_candidate_funding_year_text_de_key UNIQUE (funding_year, text_de)
constraint reconciliation_candidate_pkey PRIMARY KEY (id)
constraint reconciliation_candidate_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES person(id)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.reconciliation_candidate FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.reconciliation_candidate FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.reconciliation_candidate FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT ON public.reconciliation_candidate FOR EACH ROW EXECUTE FUNCTION access.stamp('recorded_by', 'recorded_at')
policy owner for all to foerderbuch_owner using (true) with check (true)
policy record for insert to foerderbuch_ministry with check (( SELECT access.context() AS context))
policy statewide for select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant insert, select to foerderbuch_ministry
grant select to foerderbuch_auditor, foerderbuch_granting_authority, foerderbuch_school_ministry, foerderbuch_system

-- table public.refresh_token
owner foerderbuch_owner, row level security forced
comment 'Single-use refresh tokens, by hash. Using one twice ends the whole session.'
  sha256 bytea not null
  session_id uuid not null
  issued_at timestamp with time zone not null default transaction_timestamp()
  used_at timestamp with time zone
constraint refresh_token_pkey PRIMARY KEY (sha256)
constraint refresh_token_session_id_fkey FOREIGN KEY (session_id) REFERENCES session(id)
CREATE INDEX refresh_token_session ON public.refresh_token USING btree (session_id)
policy keepers for all to foerderbuch_signin using (( SELECT access.context() AS context))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant update (used_at) to foerderbuch_signin
grant insert, select to foerderbuch_signin

-- table public.role_grant
owner foerderbuch_owner, row level security forced
comment 'A role of an account, granted by one administrator and confirmed by another person, who is not the one to hold it. Only bootstrap leaves both empty. What a municipality''s role may do is part of the grant and never changed: other powers are another grant, with another confirmation.'
  id uuid not null
  user_id uuid not null
  person_id uuid not null
  role text not null
  centre_id uuid
  powers text[] not null default '{}'::text[]
  granted_at timestamp with time zone not null default transaction_timestamp()
  granted_by uuid
  confirmed_at timestamp with time zone
  confirmed_by uuid
  revoked_at timestamp with time zone
  revoked_by uuid
  version integer not null default 1
constraint role_grant_check CHECK (((role = 'municipality'::text) = (centre_id IS NOT NULL)))
constraint role_grant_check1 CHECK (((role = 'municipality'::text) = (cardinality(powers) > 0)))
constraint role_grant_check2 CHECK ((confirmed_by <> granted_by))
constraint role_grant_check3 CHECK ((confirmed_by <> person_id))
constraint role_grant_check4 CHECK (((confirmed_at IS NULL) OR ((granted_by IS NULL) = (confirmed_by IS NULL))))
constraint role_grant_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES person(id)
constraint role_grant_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES person(id)
constraint role_grant_id_person_id_key UNIQUE (id, person_id)
constraint role_grant_pkey PRIMARY KEY (id)
constraint role_grant_powers_check CHECK ((powers <@ ARRAY['drafter'::text, 'treasurer'::text, 'signatory'::text]))
constraint role_grant_revoked_by_fkey FOREIGN KEY (revoked_by) REFERENCES person(id)
constraint role_grant_role_check CHECK ((role = ANY (ARRAY['ministry'::text, 'school_ministry'::text, 'granting_authority'::text, 'cashier'::text, 'municipality'::text, 'auditor'::text, 'admin'::text])))
constraint role_grant_user_id_person_id_fkey FOREIGN KEY (user_id, person_id) REFERENCES user_account(id, person_id)
CREATE INDEX role_grant_person ON public.role_grant USING btree (person_id)
CREATE INDEX role_grant_user ON public.role_grant USING btree (user_id)
CREATE INDEX role_grant_waiting ON public.role_grant USING btree (granted_at, id) WHERE ((confirmed_at IS NULL) AND (revoked_at IS NULL))
CREATE UNIQUE INDEX role_grant_live ON public.role_grant USING btree (user_id, role, centre_id) NULLS NOT DISTINCT WHERE (revoked_at IS NULL)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.role_grant FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.role_grant FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.role_grant FOR EACH ROW EXECUTE FUNCTION access.stamp('granted_by', 'granted_at', 'confirmed_by', 'confirmed_at', 'revoked_by', 'revoked_at')
CREATE TRIGGER stamp_on_behalf BEFORE INSERT OR UPDATE ON public.role_grant FOR EACH ROW EXECUTE FUNCTION access.on_behalf('confirmed_by', 'granted_by')
CREATE TRIGGER stamp_others BEFORE INSERT OR UPDATE ON public.role_grant FOR EACH ROW EXECUTE FUNCTION access.other_persons('confirmed_by', 'granted_by', 'confirmed_by', 'person_id')
policy keepers for all to foerderbuch_admin, foerderbuch_system using (( SELECT access.context() AS context))
policy own for select to foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry using ((user_id = ( SELECT access.user_id() AS user_id)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy readers for select to foerderbuch_auditor, foerderbuch_signin using (( SELECT access.context() AS context))
grant update (confirmed_at, revoked_at, version) to foerderbuch_admin
grant update (confirmed_at, revoked_at, version) to foerderbuch_system
grant insert, select to foerderbuch_admin, foerderbuch_system
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_signin

-- table public.row_change
owner foerderbuch_owner, row level security forced
comment 'Before and after of every row of a business table, as text; personal values only as salted commitments. The record of the same transaction holds the hash.'
  id bigint not null generated always as identity
  epoch integer not null
  xid xid8 not null default pg_current_xact_id()
  at timestamp with time zone not null default transaction_timestamp()
  table_name text not null
  row_id uuid not null
  case_id uuid
  operation text not null
  before text
  after text
  sha256 bytea not null
constraint row_change_epoch_fkey FOREIGN KEY (epoch) REFERENCES audit_epoch(epoch)
constraint row_change_operation_check CHECK ((operation = ANY (ARRAY['insert'::text, 'update'::text, 'delete'::text])))
constraint row_change_pkey PRIMARY KEY (id)
CREATE INDEX row_change_row ON public.row_change USING btree (table_name, row_id)
CREATE INDEX row_change_xid ON public.row_change USING btree (epoch, xid)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.row_change FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.row_change FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE CONSTRAINT TRIGGER recorded AFTER INSERT ON public.row_change DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit.must_be_recorded()
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_system using (( SELECT access.context() AS context))
grant select to foerderbuch_auditor, foerderbuch_system

-- table public.schema_migration
owner foerderbuch_owner
  id integer not null default nextval('schema_migration_id_seq'::regclass)
  "timestamp" bigint not null
  name character varying not null
constraint "PK_0edff5015b71cc0389ae0f4b9a1" PRIMARY KEY (id)

-- table public.session
owner foerderbuch_owner, row level security forced
comment 'A signed-in session: one account acting in one role. Ending it invalidates its access tokens at once.'
  id uuid not null
  user_id uuid not null
  role_grant_id uuid not null
  begun_at timestamp with time zone not null default transaction_timestamp()
  expires_at timestamp with time zone not null
  ended_at timestamp with time zone
constraint session_pkey PRIMARY KEY (id)
constraint session_role_grant_id_fkey FOREIGN KEY (role_grant_id) REFERENCES role_grant(id)
constraint session_user_id_fkey FOREIGN KEY (user_id) REFERENCES user_account(id)
CREATE INDEX session_user_id ON public.session USING btree (user_id) WHERE (ended_at IS NULL)
policy keepers for all to foerderbuch_admin, foerderbuch_signin using (( SELECT access.context() AS context))
policy own for all to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry using ((user_id = ( SELECT access.user_id() AS user_id)))
policy owner for all to foerderbuch_owner using (true) with check (true)
grant update (ended_at) to foerderbuch_admin
grant update (ended_at) to foerderbuch_auditor
grant update (ended_at) to foerderbuch_cashier
grant update (ended_at) to foerderbuch_granting_authority
grant update (ended_at) to foerderbuch_ministry
grant update (ended_at) to foerderbuch_municipality
grant update (ended_at) to foerderbuch_school_ministry
grant update (ended_at) to foerderbuch_signin
grant insert, select to foerderbuch_signin
grant select to foerderbuch_admin, foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry

-- table public.settlement
owner foerderbuch_owner, row level security forced
comment 'The settlement report (Verwendungsnachweis) of one decision and year, and its examination (Nr. 7 ANBest-G, Nr. 11 VVG zu § 44 LHO). ..._on are business days.'
  id uuid not null
  case_id uuid not null
  decision_id uuid not null
  centre_id uuid not null
  funding_year integer not null
  due_on date not null
  state text not null
  opened_at timestamp with time zone not null default transaction_timestamp()
  opened_by uuid
  narrative text
  post_months_hundredths integer
  audit_office_certified boolean not null default false
  confirmed boolean not null default false
  submitted_at timestamp with time zone
  submitted_by uuid
  submitted_on date
  checked_at timestamp with time zone
  checked_by uuid
  examined_at timestamp with time zone
  examined_by uuid
  examined_on date
  examination_checked text
  examination_result text
  purpose_reached boolean
  consequence text
  accepted_at timestamp with time zone
  accepted_by uuid
  accepted_on date
  version integer not null default 1
constraint settlement_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES person(id)
constraint settlement_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES centre(id)
constraint settlement_check CHECK ((examined_by <> submitted_by))
constraint settlement_check1 CHECK ((accepted_by <> examined_by))
constraint settlement_check10 CHECK (((examined_at IS NULL) OR ((examination_checked IS NOT NULL) AND (examination_result IS NOT NULL) AND (purpose_reached IS NOT NULL) AND (consequence IS NOT NULL))))
constraint settlement_check11 CHECK (((state = 'accepted'::text) = (accepted_at IS NOT NULL)))
constraint settlement_check2 CHECK ((accepted_by <> submitted_by))
constraint settlement_check3 CHECK (((state = ANY (ARRAY['due'::text, 'queried'::text])) = (submitted_at IS NULL)))
constraint settlement_check4 CHECK (((state = ANY (ARRAY['due'::text, 'submitted'::text])) = (checked_at IS NULL)))
constraint settlement_check5 CHECK (((submitted_at IS NULL) = (submitted_on IS NULL)))
constraint settlement_check6 CHECK (((examined_at IS NULL) = (examined_on IS NULL)))
constraint settlement_check7 CHECK (((accepted_at IS NULL) = (accepted_on IS NULL)))
constraint settlement_check8 CHECK (((submitted_at IS NULL) OR (confirmed AND (narrative IS NOT NULL) AND (post_months_hundredths IS NOT NULL))))
constraint settlement_check9 CHECK (((state = ANY (ARRAY['examined'::text, 'accepted'::text])) = (examined_at IS NOT NULL)))
constraint settlement_checked_by_fkey FOREIGN KEY (checked_by) REFERENCES person(id)
constraint settlement_consequence_check CHECK ((consequence = 'grant_kept'::text))
constraint settlement_decision_id_case_id_centre_id_fkey FOREIGN KEY (decision_id, case_id, centre_id) REFERENCES decision(id, case_id, centre_id)
constraint settlement_decision_id_funding_year_key UNIQUE (decision_id, funding_year)
constraint settlement_examined_by_fkey FOREIGN KEY (examined_by) REFERENCES person(id)
constraint settlement_funding_year_check CHECK (((funding_year >= 2000) AND (funding_year <= 2100)))
constraint settlement_id_case_id_centre_id_key UNIQUE (id, case_id, centre_id)
constraint settlement_opened_by_fkey FOREIGN KEY (opened_by) REFERENCES person(id)
constraint settlement_pkey PRIMARY KEY (id)
constraint settlement_post_months_hundredths_check CHECK ((post_months_hundredths >= 0))
constraint settlement_purpose_reached_check CHECK (purpose_reached)
constraint settlement_state_check CHECK ((state = ANY (ARRAY['due'::text, 'submitted'::text, 'in_check'::text, 'queried'::text, 'examined'::text, 'accepted'::text])))
constraint settlement_submitted_by_fkey FOREIGN KEY (submitted_by) REFERENCES person(id)
CREATE INDEX settlement_centre ON public.settlement USING btree (centre_id, id)
CREATE INDEX settlement_outstanding ON public.settlement USING btree (due_on, id) WHERE (state = ANY (ARRAY['due'::text, 'queried'::text]))
CREATE INDEX settlement_waiting ON public.settlement USING btree (state, id) WHERE (state <> 'accepted'::text)
CREATE INDEX settlement_year ON public.settlement USING btree (funding_year, state)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.settlement FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.settlement FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.settlement FOR EACH ROW EXECUTE FUNCTION access.stamp('opened_by', 'opened_at', 'submitted_by', 'submitted_at', 'checked_by', 'checked_at', 'examined_by', 'examined_at', 'accepted_by', 'accepted_at')
CREATE TRIGGER stamp_on_behalf BEFORE INSERT OR UPDATE ON public.settlement FOR EACH ROW EXECUTE FUNCTION access.on_behalf('examined_by', 'submitted_by', 'accepted_by')
CREATE TRIGGER stamp_others BEFORE INSERT OR UPDATE ON public.settlement FOR EACH ROW EXECUTE FUNCTION access.other_persons('examined_by', 'submitted_by', 'accepted_by', 'examined_by', 'accepted_by', 'submitted_by')
CREATE TRIGGER zy_only_forward BEFORE INSERT OR UPDATE ON public.settlement FOR EACH ROW EXECUTE FUNCTION access.only_forward()
policy examine for update to foerderbuch_granting_authority using (( SELECT access.context() AS context)) with check (( SELECT access.context() AS context))
policy fill_in for update to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre))) with check (((centre_id = ( SELECT access.centre() AS centre)) AND (state = ANY (ARRAY['due'::text, 'queried'::text, 'submitted'::text]))))
policy open for insert to foerderbuch_municipality with check (((centre_id = ( SELECT access.centre() AS centre)) AND (state = 'due'::text)))
policy open_when_due for insert to foerderbuch_system with check (((state = 'due'::text) AND ( SELECT access.context() AS context)))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (state, submitted_at, submitted_on, checked_at, examined_at, examined_on, examination_checked, examination_result, purpose_reached, consequence, accepted_at, accepted_on, version) to foerderbuch_granting_authority
grant update (state, narrative, post_months_hundredths, audit_office_certified, confirmed, submitted_at, submitted_on, checked_at, version) to foerderbuch_municipality
grant insert, select to foerderbuch_municipality, foerderbuch_system
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry
comment on post_months_hundredths 'Full-time post months that were filled, in hundredths: 3.5 posts for a year are 4200.'

-- table public.settlement_item
owner foerderbuch_owner, row level security forced
comment 'One figure of a settlement report, in cents: per notice (null where the notice names none), as settled (null until given), and how much of an expenditure is eligible.'
  id uuid not null
  settlement_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  kind text not null
  category text not null
  per_notice_cents bigint
  settled_cents bigint
  eligible_cents bigint
  in_kind boolean not null
  modelled boolean not null
  version integer not null default 1
constraint settlement_item_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES centre(id)
constraint settlement_item_check CHECK (
CASE kind
    WHEN 'income'::text THEN (category = ANY (ARRAY['state_integration'::text, 'state_school'::text, 'municipal'::text, 'third_party'::text]))
    ELSE (category = ANY (ARRAY['personnel'::text, 'material'::text, 'seconded_teachers'::text]))
END)
constraint settlement_item_check1 CHECK (((kind = 'expenditure'::text) OR (eligible_cents IS NULL)))
constraint settlement_item_check2 CHECK ((eligible_cents <= settled_cents))
constraint settlement_item_check3 CHECK ((in_kind = (category = ANY (ARRAY['state_school'::text, 'seconded_teachers'::text]))))
constraint settlement_item_eligible_cents_check CHECK ((eligible_cents >= 0))
constraint settlement_item_kind_check CHECK ((kind = ANY (ARRAY['income'::text, 'expenditure'::text])))
constraint settlement_item_per_notice_cents_check CHECK ((per_notice_cents >= 0))
constraint settlement_item_pkey PRIMARY KEY (id)
constraint settlement_item_settled_cents_check CHECK ((settled_cents >= 0))
constraint settlement_item_settlement_id_case_id_centre_id_fkey FOREIGN KEY (settlement_id, case_id, centre_id) REFERENCES settlement(id, case_id, centre_id)
constraint settlement_item_settlement_id_kind_category_key UNIQUE (settlement_id, kind, category)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.settlement_item FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.settlement_item FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy fill_in for update to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM settlement s
  WHERE ((s.id = settlement_item.settlement_id) AND (s.state = ANY (ARRAY['due'::text, 'queried'::text])))))))
policy open for insert to foerderbuch_municipality with check (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM settlement s
  WHERE ((s.id = settlement_item.settlement_id) AND (s.state = ANY (ARRAY['due'::text, 'queried'::text])))))))
policy open_when_due for insert to foerderbuch_system with check (( SELECT access.context() AS context))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (per_notice_cents, settled_cents, eligible_cents, modelled, version) to foerderbuch_municipality
grant insert, select to foerderbuch_municipality, foerderbuch_system
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry

-- table public.settlement_note
owner foerderbuch_owner, row level security forced
comment 'What the granting authority noted on a settlement report: found complete, handed back with a query, or examined (what was checked, with which result). One row per act, so that a later one does not hide it.'
  id uuid not null
  settlement_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  kind text not null
  note text
  result text
  noted_at timestamp with time zone not null default transaction_timestamp()
  noted_by uuid not null
  noted_on date not null
constraint settlement_note_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES centre(id)
constraint settlement_note_check CHECK (((kind = 'complete'::text) OR (note IS NOT NULL)))
constraint settlement_note_check1 CHECK (((kind = 'examination'::text) = (result IS NOT NULL)))
constraint settlement_note_kind_check CHECK ((kind = ANY (ARRAY['complete'::text, 'query'::text, 'examination'::text])))
constraint settlement_note_noted_by_fkey FOREIGN KEY (noted_by) REFERENCES person(id)
constraint settlement_note_pkey PRIMARY KEY (id)
constraint settlement_note_settlement_id_case_id_centre_id_fkey FOREIGN KEY (settlement_id, case_id, centre_id) REFERENCES settlement(id, case_id, centre_id)
CREATE INDEX settlement_note_settlement ON public.settlement_note USING btree (settlement_id, noted_at)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.settlement_note FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.settlement_note FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.settlement_note FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT ON public.settlement_note FOR EACH ROW EXECUTE FUNCTION access.stamp('noted_by', 'noted_at')
policy note for insert to foerderbuch_granting_authority with check (( SELECT access.context() AS context))
policy own for select to foerderbuch_municipality using ((centre_id = ( SELECT access.centre() AS centre)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.stage_total
owner foerderbuch_owner, row level security forced
comment 'Movements of one stage of a year over all centres and cases, in cents: in total, by month and by day of effect, each by the month or day of recording; reversed and regained are the parts of debits and credits that undo. Fold of the transfers, so that a total of the Land costs the same whatever the number of transfers.'
  funding_year integer not null
  span text not null
  starts_on date not null
  recorded_from date not null
  stage text not null
  line_id uuid
  issue_year integer
  programme text
  source text
  debits bigint not null default 0
  credits bigint not null default 0
  reversed bigint not null default 0
  regained bigint not null default 0
constraint stage_total_credits_check CHECK ((credits >= 0))
constraint stage_total_debits_check CHECK ((debits >= 0))
constraint stage_total_dimensions UNIQUE NULLS NOT DISTINCT (funding_year, span, starts_on, recorded_from, stage, line_id, issue_year, programme, source)
constraint stage_total_regained_check CHECK ((regained >= 0))
constraint stage_total_reversed_check CHECK ((reversed >= 0))
constraint stage_total_span_check CHECK ((span = ANY (ARRAY['year'::text, 'month'::text, 'day'::text])))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system

-- table public.substitution
owner foerderbuch_owner, row level security forced
comment 'Who stands in for somebody on leave: a role of one person, exercised by another person who holds the same role, on the business days [valid_from, valid_to). Entered by one administrator and confirmed by another, who is neither of the two; ended by any, with the next request.'
  id uuid not null
  role_grant_id uuid not null
  person_id uuid not null
  substitute_grant_id uuid not null
  substitute_id uuid not null
  valid_from date not null
  valid_to date not null
  proposed_at timestamp with time zone not null default transaction_timestamp()
  proposed_by uuid not null
  confirmed_at timestamp with time zone
  confirmed_by uuid
  ended_at timestamp with time zone
  ended_by uuid
  version integer not null default 1
constraint substitution_check CHECK ((valid_from < valid_to))
constraint substitution_check1 CHECK ((substitute_id <> person_id))
constraint substitution_check2 CHECK ((confirmed_by <> proposed_by))
constraint substitution_check3 CHECK ((confirmed_by <> person_id))
constraint substitution_check4 CHECK ((confirmed_by <> substitute_id))
constraint substitution_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES person(id)
constraint substitution_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES person(id)
constraint substitution_once EXCLUDE USING gist (role_grant_id WITH =, substitute_id WITH =, daterange(valid_from, valid_to) WITH &&) WHERE ((ended_at IS NULL))
constraint substitution_pkey PRIMARY KEY (id)
constraint substitution_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES person(id)
constraint substitution_role_grant_id_person_id_fkey FOREIGN KEY (role_grant_id, person_id) REFERENCES role_grant(id, person_id)
constraint substitution_substitute_grant_id_substitute_id_fkey FOREIGN KEY (substitute_grant_id, substitute_id) REFERENCES role_grant(id, person_id)
CREATE INDEX substitution_person ON public.substitution USING btree (person_id)
CREATE INDEX substitution_substitute ON public.substitution USING btree (substitute_grant_id, person_id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.substitution FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.substitution FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.substitution FOR EACH ROW EXECUTE FUNCTION access.stamp('proposed_by', 'proposed_at', 'confirmed_by', 'confirmed_at', 'ended_by', 'ended_at')
CREATE TRIGGER stamp_on_behalf BEFORE INSERT OR UPDATE ON public.substitution FOR EACH ROW EXECUTE FUNCTION access.on_behalf('confirmed_by', 'proposed_by')
CREATE TRIGGER stamp_others BEFORE INSERT OR UPDATE ON public.substitution FOR EACH ROW EXECUTE FUNCTION access.other_persons('confirmed_by', 'proposed_by', 'confirmed_by', 'person_id', 'confirmed_by', 'substitute_id')
policy keepers for all to foerderbuch_admin using (( SELECT access.context() AS context))
policy own for select to foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry using ((substitute_id = ( SELECT access.person() AS person)))
policy own_leave for select to foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry using ((person_id = ( SELECT access.person() AS person)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy readers for select to foerderbuch_auditor using (( SELECT access.context() AS context))
grant update (confirmed_at, ended_at, version) to foerderbuch_admin
grant insert, select to foerderbuch_admin
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry

-- table public.suit
owner foerderbuch_owner, row level security forced
comment 'An action against a decision before the administrative court (§ 42 VwGO). Which amounts it concerns, and how far, stands with the amounts. upheld: the decision stands.'
  id uuid not null
  decision_id uuid not null
  case_id uuid not null
  centre_id uuid not null
  brought_on date not null
  court text not null
  file_number text not null
  state text not null
  recorded_at timestamp with time zone not null default transaction_timestamp()
  recorded_by uuid not null
  closed_at timestamp with time zone
  closed_by uuid
  ended_on date
  version integer not null default 1
constraint suit_centre_id_fkey FOREIGN KEY (centre_id) REFERENCES centre(id)
constraint suit_check CHECK (((state = 'suit_recorded'::text) = (closed_at IS NULL)))
constraint suit_check1 CHECK (((closed_at IS NULL) = (ended_on IS NULL)))
constraint suit_check2 CHECK ((ended_on >= brought_on))
constraint suit_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES person(id)
constraint suit_decision_id_case_id_centre_id_fkey FOREIGN KEY (decision_id, case_id, centre_id) REFERENCES decision(id, case_id, centre_id)
constraint suit_pkey PRIMARY KEY (id)
constraint suit_recorded_by_fkey FOREIGN KEY (recorded_by) REFERENCES person(id)
constraint suit_state_check CHECK ((state = ANY (ARRAY['suit_recorded'::text, 'upheld'::text, 'annulled'::text, 'withdrawn'::text])))
CREATE INDEX suit_case ON public.suit USING btree (case_id)
CREATE INDEX suit_decision ON public.suit USING btree (decision_id)
CREATE UNIQUE INDEX suit_open ON public.suit USING btree (decision_id) WHERE (state = 'suit_recorded'::text)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.suit FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.suit FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON public.suit FOR EACH ROW EXECUTE FUNCTION access.stamp('recorded_by', 'recorded_at', 'closed_by', 'closed_at')
CREATE TRIGGER zy_only_forward BEFORE INSERT OR UPDATE ON public.suit FOR EACH ROW EXECUTE FUNCTION access.only_forward()
policy end_it for update to foerderbuch_granting_authority using (( SELECT access.context() AS context))
policy keep for insert to foerderbuch_granting_authority with check (( SELECT access.context() AS context))
policy own for select to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM decision d
  WHERE (d.id = suit.decision_id)))))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant update (state, closed_at, ended_on, version) to foerderbuch_granting_authority
grant insert, select to foerderbuch_granting_authority
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system

-- table public.table_classification
owner foerderbuch_owner, row level security forced
comment 'Business tables are journalled row by row; a technical table says why it is not.'
  table_name text not null
  class text not null
  reason text
constraint table_classification_class_check CHECK ((class = ANY (ARRAY['business'::text, 'technical'::text])))
constraint table_classification_pkey PRIMARY KEY (table_name)
policy owner for all to foerderbuch_owner using (true) with check (true)
policy readers for all to foerderbuch_auditor, foerderbuch_system using (( SELECT access.context() AS context))
grant select to foerderbuch_auditor, foerderbuch_system

-- table public.transfer
owner foerderbuch_owner, row level security forced
comment 'One step of money from the debited to the credited account, in cents, immutable. A correction is a new transfer that names what it reverses.'
  id uuid not null
  journal uuid not null
  debit uuid not null
  credit uuid not null
  amount_cents bigint not null
  code text not null
  effective_on date not null
  reverses uuid
  undoes boolean not null default false
  debit_version integer not null
  credit_version integer not null
  centre_id uuid
  case_id uuid
  epoch integer not null
  xid xid8 not null default pg_current_xact_id()
  at timestamp with time zone not null default transaction_timestamp()
constraint transfer_amount_cents_check CHECK (((amount_cents >= 1) AND (amount_cents <= '9007199254740991'::bigint)))
constraint transfer_check CHECK ((undoes OR (reverses IS NULL)))
constraint transfer_check1 CHECK ((debit <> credit))
constraint transfer_credit_credit_version_key UNIQUE (credit, credit_version)
constraint transfer_credit_fkey FOREIGN KEY (credit) REFERENCES account(id)
constraint transfer_debit_debit_version_key UNIQUE (debit, debit_version)
constraint transfer_debit_fkey FOREIGN KEY (debit) REFERENCES account(id)
constraint transfer_effective_on_check CHECK (((effective_on >= '1990-01-01'::date) AND (effective_on <= '2100-12-31'::date)))
constraint transfer_epoch_fkey FOREIGN KEY (epoch) REFERENCES audit_epoch(epoch)
constraint transfer_pkey PRIMARY KEY (id)
constraint transfer_reverses_fkey FOREIGN KEY (reverses) REFERENCES transfer(id)
constraint transfer_reverses_key UNIQUE (reverses)
CREATE INDEX transfer_at ON public.transfer USING btree (at)
CREATE INDEX transfer_case ON public.transfer USING btree (case_id) WHERE (case_id IS NOT NULL)
CREATE INDEX transfer_centre ON public.transfer USING btree (centre_id) WHERE (centre_id IS NOT NULL)
CREATE INDEX transfer_journal ON public.transfer USING btree (journal)
CREATE INDEX transfer_xid ON public.transfer USING btree (epoch, xid)
CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON public.transfer FOR EACH ROW EXECUTE FUNCTION audit.refuse_change()
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.transfer FOR EACH ROW EXECUTE FUNCTION audit.journal('', '')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.transfer FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy own for select to foerderbuch_municipality using (((centre_id = ( SELECT access.centre() AS centre)) AND (EXISTS ( SELECT
   FROM decision d
  WHERE (d.case_id = transfer.case_id))) AND (NOT ledger.is_unnoticed(case_id, at))))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy statewide for select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_system using (( SELECT access.context() AS context))
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_system
comment on undoes 'Money goes back: in whole, naming the transfer it reverses, or in part by a command that is there for it.'

-- table public.user_account
owner foerderbuch_owner, row level security forced
comment 'A sign-in of a person. Disabling takes effect on the next request.'
  id uuid not null
  person_id uuid not null
  username text
  salt bytea default (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()))
  disabled_at timestamp with time zone
  version integer not null default 1
constraint user_account_check CHECK (((username IS NOT NULL) OR (disabled_at IS NOT NULL)))
constraint user_account_id_person_id_key UNIQUE (id, person_id)
constraint user_account_person_id_fkey FOREIGN KEY (person_id) REFERENCES person(id)
constraint user_account_pkey PRIMARY KEY (id)
constraint user_account_username_check CHECK ((username ~ '^[a-z0-9][a-z0-9._-]{2,63}$'::text))
constraint user_account_username_key UNIQUE (username)
CREATE INDEX user_account_person ON public.user_account USING btree (person_id)
CREATE TRIGGER journal AFTER INSERT OR DELETE OR UPDATE ON public.user_account FOR EACH ROW EXECUTE FUNCTION audit.journal('username', 'salt')
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON public.user_account FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_truncate()
policy keepers for all to foerderbuch_admin, foerderbuch_system using (( SELECT access.context() AS context))
policy own for select to foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry using ((id = ( SELECT access.user_id() AS user_id)))
policy owner for all to foerderbuch_owner using (true) with check (true)
policy readers for select to foerderbuch_auditor, foerderbuch_signin using (( SELECT access.context() AS context))
grant update (disabled_at, version) to foerderbuch_admin
grant update (version) to foerderbuch_system
grant insert, select to foerderbuch_admin, foerderbuch_system
grant select to foerderbuch_auditor, foerderbuch_cashier, foerderbuch_granting_authority, foerderbuch_ministry, foerderbuch_municipality, foerderbuch_school_ministry, foerderbuch_signin

-- type audit.fault
composite fault text, place text, field text
