import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Until a decision is made known its addressee sees nothing of it (§ 43 VwVfG NRW): not the draft, not the release,
 * not the commitment, neither in the tables of the decision nor in the audit record or the ledger.
 *
 * A municipality reads decisions from their notice on, so "a decision of this case is visible to me" is the question.
 */
export class BeforeTheNotice1700000007500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const internal = `('application.recommend', 'decision.draft', 'decision.edit', 'decision.discard', 'decision.release')`;
    const own = 'centre_id = (select access.centre())';
    const visible = (table: string) => `exists (select from decision d where d.case_id = ${table}.case_id)`;
    await runner.query(`
      drop policy own on audit_record;
      create policy own on audit_record for select to foerderbuch_municipality
        using (${own} and action not in ${internal});
      create policy own_after_notice on audit_record for select to foerderbuch_municipality
        using (${own} and action in ${internal} and ${visible('audit_record')});
      drop policy own on audit_subject;
      create policy own on audit_subject for select to foerderbuch_municipality
        using (${own} and exists (select from audit_record r where r.id = audit_subject.record_id));
      drop policy own on transfer;
      create policy own on transfer for select to foerderbuch_municipality using (${own} and ${visible('transfer')});
      drop policy own on account;
      create policy own on account for select to foerderbuch_municipality using (${own} and ${visible('account')});
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations only go forwards: restore a backup instead.'));
  }
}
