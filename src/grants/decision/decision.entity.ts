import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { Confidence } from '../../kernel/confidence.js';
import type {
  ApplicationId,
  CaseId,
  CentreId,
  DecisionId,
  GuidelineVersionId,
  Id,
  PersonId,
  RecipientId,
} from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import { dayColumn, instantColumn, moneyColumn } from '../../platform/database/columns.js';
import type { ProgrammeCode } from '../../programmes/guideline.rules.js';
import type { DecisionState } from '../lifecycle.rules.js';
import type { Ground } from './act.rules.js';
import type { AnyKind } from './act-kinds.rules.js';
import type { NotificationMode } from './finality.rules.js';

@Entity('decision')
export class Decision {
  @PrimaryColumn('uuid') id!: DecisionId;
  @Column('uuid', { name: 'case_id' }) caseId!: CaseId;
  @Column('uuid', { name: 'application_id' }) applicationId!: ApplicationId;
  @Column('integer') submission!: number;
  @Column('uuid', { name: 'centre_id' }) centreId!: CentreId;
  @Column('uuid', { name: 'recipient_id' }) recipientId!: RecipientId;
  @Column('text') programme!: ProgrammeCode;
  @Column('text') kind!: AnyKind;
  @Column('text') state!: DecisionState;
  /** How often it was worded, this time included. */
  @Column('integer') draft!: number;
  @Column('text', { name: 'file_number' }) fileNumber!: string;
  @Column('uuid', { name: 'guideline_version_id' }) guidelineVersionId!: GuidelineVersionId;
  @Column('integer', { name: 'funding_year' }) fundingYear!: number;
  @Column(dayColumn('proof_due_on', { nullable: true })) proofDueOn!: CalendarDate | null;
  @Column('integer', { name: 'proof_months', nullable: true }) proofMonths!: number | null;
  @Column('text', { nullable: true }) reasons!: string | null;
  @Column('boolean', { name: 'remedy_information' }) remedyInformation!: boolean;
  /** Notice and application are copied to the court of audit. */
  @Column('boolean', { name: 'copy_required' }) copyRequired!: boolean;
  @Column(moneyColumn('copy_threshold_cents', { nullable: true })) copyThreshold!: Money | null;
  @Column('text', { name: 'copy_basis', nullable: true }) copyBasis!: string | null;
  @Column('text', { name: 'copy_confidence', nullable: true }) copyConfidence!: Confidence | null;
  @Column('text', { name: 'copy_waiver', nullable: true }) copyWaiver!: string | null;
  /** Special ancillary provisions, by their codes in the guideline version of the first year. */
  @Column('text', { name: 'provision_codes', array: true }) provisionCodes!: readonly string[];
  @Column('text', { name: 'further_provision', nullable: true }) furtherProvision!: string | null;
  @Column('text', { name: 'further_provision_reason', nullable: true }) furtherProvisionReason!:
    string | null;
  @Column(instantColumn('drafted_at')) draftedAt!: string;
  @Column('uuid', { name: 'drafted_by' }) draftedBy!: PersonId;
  @Column(instantColumn('discarded_at', { nullable: true })) discardedAt!: string | null;
  @Column('uuid', { name: 'discarded_by', nullable: true }) discardedBy!: PersonId | null;
  @Column('text', { name: 'discard_reason', nullable: true }) discardReason!: string | null;
  @Column(instantColumn('released_at', { nullable: true })) releasedAt!: string | null;
  @Column('uuid', { name: 'released_by', nullable: true }) releasedBy!: PersonId | null;
  @Column(dayColumn('released_on', { nullable: true })) releasedOn!: CalendarDate | null;
  @Column(instantColumn('notified_at', { nullable: true })) notifiedAt!: string | null;
  @Column('uuid', { name: 'notified_by', nullable: true }) notifiedBy!: PersonId | null;
  @Column(dayColumn('notified_on', { nullable: true })) notifiedOn!: CalendarDate | null;
  @Column('text', { name: 'notified_mode', nullable: true }) notifiedMode!: NotificationMode | null;
  @Column(dayColumn('received_on', { nullable: true })) receivedOn!: CalendarDate | null;
  @Column(dayColumn('remedy_ends_on', { nullable: true })) remedyEndsOn!: CalendarDate | null;
  @Column(dayColumn('final_on', { nullable: true })) finalOn!: CalendarDate | null;
  @Column(instantColumn('waived_at', { nullable: true })) waivedAt!: string | null;
  @Column('uuid', { name: 'waived_by', nullable: true }) waivedBy!: PersonId | null;
  @Column(dayColumn('waived_on', { nullable: true })) waivedOn!: CalendarDate | null;
  /** The decision an amendment, withdrawal or revocation changes; null for one that decides an application. */
  @Column('uuid', { name: 'basis_id', nullable: true }) basisId!: DecisionId | null;
  @Column('uuid', { name: 'hearing_id', nullable: true }) hearingId!: Id<'Hearing'> | null;
  @Column('text', { nullable: true }) ground!: Ground | null;
  @Column(dayColumn('known_on', { nullable: true })) knownOn!: CalendarDate | null;
  @Column('text', { name: 'knowledge_reasons', nullable: true }) knowledgeReasons!: string | null;
  @Column('integer') version!: number;
}
