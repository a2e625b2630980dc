import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { CaseId, CentreId, DecisionId, GuidelineVersionId, Id } from '../../kernel/ids.js';
import { dayColumn } from '../../platform/database/columns.js';
import type { ProgrammeCode } from '../../programmes/guideline.rules.js';

@Entity('grant_year')
export class GrantYear {
  @PrimaryColumn('uuid') id!: Id<'GrantYear'>;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'decision_id' }) decisionId!: DecisionId;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('text') programme!: ProgrammeCode;
  @Column('integer', { name: 'funding_year' }) fundingYear!: number;
  @Column('uuid', { name: 'guideline_version_id' }) guidelineVersionId!: GuidelineVersionId;
  @Column(dayColumn('proof_due_on')) proofDueOn!: CalendarDate;
  @Column(dayColumn('received_on', { nullable: true })) receivedOn!: CalendarDate | null;
  @Column(dayColumn('settled_on', { nullable: true })) settledOn!: CalendarDate | null;
  @Column('integer') version!: number;
}
