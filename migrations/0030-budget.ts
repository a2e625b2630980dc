import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What parliament gave and what the ministry handed on.
 *
 * Nothing here is ever edited: proposing and releasing are two acts of two persons, what was proposed by mistake is
 * withdrawn before it is released, and every later change is a new row with a transfer of its own. Amounts stand here as the reason for the transfer; what is free is read from the ledger.
 */
export class Budget1700000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table budget_line (
        id uuid primary key,
        chapter text not null,
        title text not null,
        name text not null,
        transferable boolean not null,
        version integer not null default 1,
        unique (chapter, title)
      );
      comment on table budget_line is 'A line of the state budget: Kapitel and Titel(gruppe), and whether unspent money may be carried over (§ 19 LHO NRW).';

      create table appropriation (
        id uuid primary key,
        line_id uuid not null references budget_line,
        funding_year integer not null check (funding_year between 2000 and 2100),
        kind text not null check (kind in ('initial', 'supplement', 'reduction', 'block', 'unblock', 'virement', 'carry_over')),
        from_line_id uuid references budget_line,
        from_year integer,
        consent_to_form text,
        consent_to_use text,
        cover text,
        amount_cents bigint not null check (amount_cents > 0),
        reason text not null,
        source text not null,
        confidence text not null check (confidence in ('verified', 'derived', 'assumed')),
        state text not null check (state in ('proposed', 'released', 'withdrawn')),
        proposed_at timestamptz not null default transaction_timestamp(),
        proposed_by uuid not null references person,
        released_at timestamptz,
        released_by uuid references person,
        withdrawn_at timestamptz,
        withdrawn_by uuid references person,
        withdrawal_reason text,
        version integer not null default 1,
        check (released_by <> proposed_by),
        check ((state = 'released') = (released_at is not null)),
        check ((state = 'withdrawn') = (withdrawn_at is not null)),
        check ((withdrawn_at is null) = (withdrawal_reason is null)),
        check ((kind = 'virement') = (from_line_id is not null)),
        check (from_line_id <> line_id),
        check ((kind = 'carry_over') = (from_year is not null)),
        constraint appropriation_reach check (from_year < funding_year and funding_year <= from_year + 2),
        constraint appropriation_consent check (
          (kind = 'carry_over') = (consent_to_form is not null) and (kind = 'carry_over') = (cover is not null)
          and (kind in ('unblock', 'virement', 'carry_over')) = (consent_to_use is not null))
      );
      comment on table appropriation is
        'Permission to spend in one budget year and every later change of it, in cents (§§ 11, 33, 41, 45 LHO NRW): a new row each, never an edit, released by a second person or withdrawn with the reason. Consents are those of the finance ministry, by reference.';
      comment on column appropriation.from_line_id is 'The line a virement takes the money from.';
      comment on column appropriation.from_year is 'The year whose remainder is carried over; available until the second year after it.';
      create unique index appropriation_initial on appropriation (line_id, funding_year)
        where kind = 'initial' and state <> 'withdrawn';
      create trigger stamp before insert or update on appropriation for each row
        execute function access.stamp('proposed_by', 'proposed_at', 'released_by', 'released_at', 'withdrawn_by', 'withdrawn_at');

      create table allocation (
        id uuid primary key,
        line_id uuid not null references budget_line,
        funding_year integer not null check (funding_year between 2000 and 2100),
        programme text not null references programme (code),
        kind text not null check (kind in ('allotment', 'quota', 'reduction')),
        centre_id uuid references centre,
        key_name text,
        key_source text,
        amount_cents bigint not null check (amount_cents > 0),
        reason text not null,
        state text not null check (state in ('proposed', 'released', 'withdrawn')),
        proposed_at timestamptz not null default transaction_timestamp(),
        proposed_by uuid not null references person,
        released_at timestamptz,
        released_by uuid references person,
        withdrawn_at timestamptz,
        withdrawn_by uuid references person,
        withdrawal_reason text,
        version integer not null default 1,
        check (released_by <> proposed_by),
        check (kind <> 'allotment' or centre_id is null),
        constraint allocation_quota_kind check ((kind = 'quota' and centre_id is null) = (key_name is not null)),
        check ((key_name is null) = (key_source is null)),
        check ((state = 'released') = (released_at is not null)),
        check ((state = 'withdrawn') = (withdrawn_at is not null)),
        check ((withdrawn_at is null) = (withdrawal_reason is null))
      );
      comment on table allocation is
        'An allotment hands spending power for a programme to the granting authority (§ 9 LHO NRW); a quota is a centre''s planned share, given by hand or distributed by a stored key, and moves nothing. A reduction takes back either. What was withdrawn before its release gave nothing.';
      create index allocation_year on allocation (funding_year, programme);
      create unique index allocation_quota on allocation (funding_year, programme, centre_id)
        where kind = 'quota' and state <> 'withdrawn';
      create trigger stamp before insert or update on allocation for each row
        execute function access.stamp('proposed_by', 'proposed_at', 'released_by', 'released_at', 'withdrawn_by', 'withdrawn_at');

      create table allocation_share (
        id uuid primary key,
        allocation_id uuid not null references allocation,
        funding_year integer not null,
        programme text not null,
        centre_id uuid not null references centre,
        weight bigint not null check (weight >= 0),
        amount_cents bigint not null check (amount_cents >= 0),
        withdrawn boolean not null default false,
        check (weight > 0 or amount_cents = 0)
      );
      comment on table allocation_share is
        'One centre''s part of a quota that was distributed by a key: its weight in the key, and its cents by largest remainder. With all its rows the distribution can be computed again.';
      comment on column allocation_share.withdrawn is 'Set with the withdrawal of the proposed quota, so that another may be proposed for the same centres.';
      create unique index allocation_share_once on allocation_share (funding_year, programme, centre_id) where not withdrawn;
      create index allocation_share_allocation on allocation_share (allocation_id);

      -- A share is never edited; with the whole quota it may be withdrawn, and by nothing else.
      create function audit.share_stands() returns trigger
      language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        if tg_op = 'DELETE' or old.withdrawn or to_jsonb(old) - 'withdrawn' <> to_jsonb(new) - 'withdrawn'
           or not exists (select from allocation a where a.id = old.allocation_id and a.state = 'withdrawn') then
          raise exception '% is append-only', tg_table_name using errcode = '42501';
        end if;
        return new;
      end $$;
      comment on function audit.share_stands() is 'Trigger: a share is withdrawn with its quota, and never changed otherwise.';
      create trigger append_only before update or delete on allocation_share for each row execute function audit.share_stands();

      -- The second person releases the distribution as it was proposed: nobody adds to it afterwards.
      create function audit.share_of_proposal() returns trigger
      language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        if new.withdrawn or not exists (
          select from allocation a
           where a.id = new.allocation_id and a.state = 'proposed' and a.kind = 'quota' and a.centre_id is null
             and a.funding_year = new.funding_year and a.programme = new.programme
             and a.proposed_at = transaction_timestamp() and a.proposed_by = access.person()) then
          raise exception 'shares are entered with the proposal of their quota' using errcode = '42501';
        end if;
        return new;
      end $$;
      comment on function audit.share_of_proposal() is
        'Trigger: the shares of a quota are entered in the transaction that proposes it, for its year and programme.';
      create trigger share_of_proposal before insert on allocation_share for each row execute function audit.share_of_proposal();

      create function audit.withdraws_shares() returns trigger
      language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        update allocation_share set withdrawn = true where allocation_id = new.id;
        return null;
      end $$;
      comment on function audit.withdraws_shares() is 'Trigger: the shares of a quota are withdrawn with it.';
      create trigger withdraws_shares after update on allocation for each row
        when (new.state = 'withdrawn' and old.state <> 'withdrawn') execute function audit.withdraws_shares();

      -- Only a transferable title leaves a remainder (§ 45 LHO NRW), whoever writes and by whatever way.
      create function audit.carries_over() returns trigger
      language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
      begin
        if new.kind = 'carry_over' and not (select l.transferable from budget_line l where l.id = new.line_id) then
          raise exception 'the line is not transferable' using errcode = '23514', constraint = 'appropriation_transferable';
        end if;
        return new;
      end $$;
      comment on function audit.carries_over() is 'Trigger: only transferable lines carry money over.';
      create trigger carries_over before insert on appropriation for each row execute function audit.carries_over();

      -- What was proposed stays as proposed: only its release or its withdrawal may be added, and only one of them.
      create function audit.proposal_ends_once() returns trigger
      language plpgsql set search_path = pg_catalog, pg_temp as $$
      declare
        ends constant text[] := array['state', 'released_at', 'released_by', 'withdrawn_at', 'withdrawn_by', 'withdrawal_reason', 'version'];
      begin
        if old.state <> 'proposed' or new.state = 'proposed' or to_jsonb(old) - ends <> to_jsonb(new) - ends then
          raise exception '% is never edited: propose a new one', tg_table_name using errcode = '42501';
        end if;
        return new;
      end $$;
      comment on function audit.proposal_ends_once() is
        'Trigger: a proposal is released or withdrawn, once, and never changed otherwise.';
      create trigger zz_ends_once before update on appropriation for each row execute function audit.proposal_ends_once();
      create trigger zz_ends_once before update on allocation for each row execute function audit.proposal_ends_once();

      select audit.declare_business('budget_line'), audit.declare_business('appropriation'), audit.declare_business('allocation'),
             audit.declare_business('allocation_share');

      grant select on budget_line, appropriation, allocation, allocation_share to
        foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
        foerderbuch_auditor, foerderbuch_system;
      grant insert on budget_line, appropriation, allocation, allocation_share to foerderbuch_ministry;
      grant update (state, released_at, released_by, withdrawn_at, withdrawal_reason, version) on appropriation, allocation
        to foerderbuch_ministry;
    `);
    for (const table of ['budget_line', 'appropriation', 'allocation', 'allocation_share']) {
      await runner.query(`
        create policy statewide on ${table} for select to
          foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
          foerderbuch_auditor, foerderbuch_system using ((select access.context()));
        create policy propose on ${table} for insert to foerderbuch_ministry with check ((select access.context()));
      `);
    }
    for (const table of ['appropriation', 'allocation']) {
      await runner.query(
        `create policy release_or_withdraw on ${table} for update to foerderbuch_ministry using ((select access.context()))`,
      );
    }
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}
