import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The notice of a decision as a document, kept as the bytes that were made known.
 *
 * It could be set again from what the decision froze, and today that gives the same bytes. But templates and fonts
 * change, a centre may be renamed, and the notice in the recipient's hands does not: so its bytes are kept, and their
 * hash stands in the audit record of the notification. The bytes themselves are never journalled.
 */
export class Notices1700000012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table decision_notice (
        id uuid primary key,
        decision_id uuid not null unique,
        case_id uuid not null,
        centre_id uuid not null,
        content bytea not null,
        sha256 text not null,
        rendered_at timestamptz not null default transaction_timestamp(),
        foreign key (decision_id, case_id, centre_id) references decision (id, case_id, centre_id),
        check (octet_length(content) between 1 and 10485760),
        check (sha256 = encode(sha256(content), 'hex'))
      );
      comment on table decision_notice is
        'The notice of a released decision (§ 37 Abs. 2 VwVfG NRW) as PDF/UA, byte for byte as made known, and its SHA-256. Kept by the command that notifies the decision, from which on the addressee sees it.';
      create index decision_notice_case on decision_notice (case_id);
      create index decision_notice_centre on decision_notice (centre_id);
      create trigger append_only before update or delete on decision_notice for each row
        execute function audit.refuse_change();
      select audit.declare_business('decision_notice', secret => '{content}');

      grant select on decision_notice to
        foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
        foerderbuch_municipality, foerderbuch_auditor, foerderbuch_system;
      grant insert on decision_notice to foerderbuch_granting_authority;

      create policy statewide on decision_notice for select to
        foerderbuch_ministry, foerderbuch_school_ministry, foerderbuch_granting_authority, foerderbuch_cashier,
        foerderbuch_auditor, foerderbuch_system using ((select access.context()));
      -- A municipality reads decisions from their notification on, and their notices with them.
      create policy own on decision_notice for select to foerderbuch_municipality
        using (centre_id = (select access.centre())
               and exists (select from decision d where d.id = decision_notice.decision_id));
      create policy notify on decision_notice for insert to foerderbuch_granting_authority
        with check ((select access.context())
                    and exists (select from decision d where d.id = decision_id and d.state = 'notified'));
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}
