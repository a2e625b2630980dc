import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One database role per role of the trade, and the context every transaction must set.
 *
 * Guards in the application and row-level security in the database are two locks, each sufficient alone. The
 * second one needs to know who acts: `access.enter` checks the session and fixes the context for one transaction.
 * A missing context raises (42501); it never shows an empty list that looks like an answer.
 */
export class RolesAndContext1700000000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$
      declare
        name text;
      begin
        foreach name in array array[
          'foerderbuch_ministry', 'foerderbuch_school_ministry', 'foerderbuch_granting_authority',
          'foerderbuch_cashier', 'foerderbuch_municipality', 'foerderbuch_auditor', 'foerderbuch_admin',
          'foerderbuch_signin', 'foerderbuch_system', 'foerderbuch_sealer'
        ] loop
          if not exists (select from pg_roles where rolname = name) then
            execute format('create role %I nologin noinherit', name);
          end if;
          execute format('grant %I to foerderbuch_app', name);
        end loop;
      end $$;

      create extension if not exists btree_gist;

      create schema access;
      create schema audit;
      revoke all on schema public from public;
      -- Nobody but the owner keeps anything outside the tables: no temporary tables, no large objects.
      do $$ begin
        execute format('revoke temporary on database %I from public', current_database());
      end $$;
      grant usage on schema public, access, audit to
        foerderbuch_app, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority,
        foerderbuch_cashier, foerderbuch_municipality, foerderbuch_auditor, foerderbuch_admin,
        foerderbuch_signin, foerderbuch_system, foerderbuch_sealer;

      -- Functions are for those who are named, not for everybody.
      alter default privileges revoke execute on functions from public;
    `);

    await runner.query(`
      create table context_secret (secret bytea not null);
      comment on table context_secret is
        'One secret of this installation, with which access.enter seals a context so that no login can forge one.';
      insert into context_secret values (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

      create function access.setting(name text) returns text
      language sql stable set search_path = pg_catalog, pg_temp as $$
        select nullif(current_setting('foerderbuch.' || name, true), '')
      $$;

      -- Who acts is kept in settings that any login may write, so what was checked is sealed: with a secret the login
      -- cannot read, for this connection and this transaction only.
      create function access.sealed() returns text
      language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
        -- A JSON array, because text that is only joined can be the same for two different contexts.
        select encode(sha256(s.secret || convert_to(jsonb_build_array(
                 pg_backend_pid(), extract(epoch from transaction_timestamp())::text, access.setting('role'),
                 access.setting('action'), access.setting('request_id'), access.setting('person_id'),
                 access.setting('user_id'), access.setting('centre_id'), access.setting('on_behalf_of'))::text, 'UTF8')), 'hex')
          from context_secret s
      $$;
      comment on function access.sealed() is 'The seal the present context would need; only the functions of this schema may ask.';

      create function access.context() returns boolean
      language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
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
      end $$;
      comment on function access.context() is
        'True when this transaction knows, checked, who acts; raises 42501 otherwise, so that forgetting never looks like emptiness.';

      create function access.person() returns uuid
      language plpgsql stable set search_path = pg_catalog, pg_temp as $$
      begin
        perform access.context();
        return access.setting('person_id')::uuid;
      end $$;
      comment on function access.person() is 'The acting person; null for technical roles; raises 42501 without a context.';

      create function access.centre() returns uuid
      language plpgsql stable set search_path = pg_catalog, pg_temp as $$
      begin
        perform access.context();
        if access.setting('centre_id') is null then
          raise exception 'no context: the acting centre is not set for this transaction' using errcode = '42501';
        end if;
        return access.setting('centre_id')::uuid;
      end $$;
      comment on function access.centre() is 'The centre a municipality acts for; raises 42501 when it is not set.';

      -- Columns such as released_by are stamped from the context, so a caller can name neither another person nor
      -- another instant than that of the command.
      -- Arguments come in pairs: the column that holds the person, and the column whose change to non-null is the act.
      create function access.stamp() returns trigger
      language plpgsql set search_path = pg_catalog, pg_temp as $$
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
      end $$;
      comment on function access.stamp() is
        'Trigger: stamp(person_column, act_column, ...) writes the acting person and the instant when the act happens, and keeps both for ever.';

      grant execute on function access.context(), access.setting(text), access.person(), access.centre(), access.stamp() to
        foerderbuch_app, foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority,
        foerderbuch_cashier, foerderbuch_municipality, foerderbuch_auditor, foerderbuch_admin,
        foerderbuch_signin, foerderbuch_system, foerderbuch_sealer;
    `);

    await runner.query(`
      create function access.named(acting_action text, acting_request uuid) returns void
      language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
      begin
        if acting_request is null or acting_action !~ '^[a-zA-Z]{1,60}([.][a-zA-Z]{1,60})?$' then
          raise exception 'an action is a noun and a verb, and a request has an id' using errcode = '42501';
        end if;
      end $$;
      comment on function access.named(text, uuid) is 'Refuses an entry without a proper action or request.';

      create function access.enter_technical(acting_role text, acting_action text, acting_request uuid) returns void
      language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
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
      end $$;
      comment on function access.enter_technical(text, text, uuid) is
        'Fixes the context of one transaction for the system itself: signing in, jobs, sealing.';
      grant execute on function access.enter_technical(text, text, uuid) to foerderbuch_app;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}
