import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { Confidence } from '../kernel/confidence.js';
import type { GuidelineVersionId, Id, PersonId, ProgrammeId, RateId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { dayColumn, instantColumn, moneyColumn } from '../platform/database/columns.js';
import type {
  FinancingType,
  GuidelineFacts,
  GuidelineState,
  HostType,
  Instrument,
  PostCategory,
  PostFunder,
  ProgrammeCode,
  Rounding,
} from './guideline.rules.js';
import type { ShareRule } from './occupied-share.rules.js';

@Entity('programme')
export class Programme {
  @PrimaryColumn('text') code!: ProgrammeCode;
  @Column('uuid') id!: ProgrammeId;
  @Column('text') name!: string;
  @Column('text') instrument!: Instrument;
  @Column('text', { nullable: true }) note!: string | null;
}

@Entity('guideline_version')
export class GuidelineVersion {
  @PrimaryColumn('uuid') id!: GuidelineVersionId;
  @Column('text') programme!: ProgrammeCode;
  @Column('text') title!: string;
  @Column('text', { name: 'legal_instrument' }) legalInstrument!: string;
  @Column(dayColumn('valid_from')) validFrom!: CalendarDate;
  @Column(dayColumn('valid_to', { nullable: true })) validTo!: CalendarDate | null;
  @Column(dayColumn('superseded_from', { nullable: true })) supersededFrom!: CalendarDate | null;
  @Column('text', { name: 'financing_type' }) financingType!: FinancingType;
  @Column('text', { name: 'share_rule' }) shareRule!: ShareRule;
  @Column('text', { name: 'share_rule_confidence' }) shareRuleConfidence!: Confidence;
  @Column('text') rounding!: Rounding;
  @Column('integer', { name: 'proof_due_month' }) proofDueMonth!: number;
  @Column('integer', { name: 'proof_due_day' }) proofDueDay!: number;
  @Column('text', { name: 'proof_due_confidence' }) proofDueConfidence!: Confidence;
  @Column('text') source!: string;
  @Column('text') confidence!: Confidence;
  @Column('text') state!: GuidelineState;
  @Column(instantColumn('drafted_at')) draftedAt!: string;
  @Column('uuid', { name: 'drafted_by' }) draftedBy!: PersonId;
  @Column(instantColumn('released_at', { nullable: true })) releasedAt!: string | null;
  @Column('uuid', { name: 'released_by', nullable: true }) releasedBy!: PersonId | null;
  @Column(instantColumn('co_released_at', { nullable: true })) coReleasedAt!: string | null;
  @Column('uuid', { name: 'co_released_by', nullable: true }) coReleasedBy!: PersonId | null;
  @Column('integer') version!: number;
}

@Entity('guideline_post')
export class GuidelinePost {
  @PrimaryColumn('uuid') id!: Id<'GuidelinePost'>;
  @Column('uuid', { name: 'guideline_version_id' }) guidelineVersionId!: GuidelineVersionId;
  @Column('text', { name: 'host_type' }) hostType!: HostType;
  @Column('text') category!: PostCategory;
  @Column('integer', { name: 'fte_hundredths' }) fteHundredths!: number;
  @Column('text') funder!: PostFunder;
  @Column('text') source!: string;
  @Column('text') confidence!: Confidence;
}

@Entity('guideline_rate')
export class GuidelineRate {
  @PrimaryColumn('uuid') id!: RateId;
  @Column('uuid', { name: 'guideline_version_id' }) guidelineVersionId!: GuidelineVersionId;
  @Column('text') category!: PostCategory;
  @Column(moneyColumn('amount_cents')) amount!: Money;
  @Column('integer', { name: 'per_fte_hundredths' }) perFteHundredths!: number;
  @Column('boolean', { name: 'in_kind' }) inKind!: boolean;
  @Column('text') source!: string;
  @Column('text') confidence!: Confidence;
  @Column(dayColumn('valid_from')) validFrom!: CalendarDate;
  @Column(dayColumn('valid_to', { nullable: true })) validTo!: CalendarDate | null;
}

@Entity('guideline_payment_date')
export class GuidelinePaymentDate {
  @PrimaryColumn('uuid') id!: Id<'GuidelinePaymentDate'>;
  @Column('uuid', { name: 'guideline_version_id' }) guidelineVersionId!: GuidelineVersionId;
  @Column('integer') month!: number;
  @Column('integer') day!: number;
  @Column('integer', { name: 'cumulative_hundredths' }) cumulativeHundredths!: number;
  @Column('text') basis!: string;
  @Column('text') confidence!: Confidence;
}

/** A version with its parts: what a rule reads, and who released it when. */
export interface Guideline {
  readonly facts: GuidelineFacts;
  readonly row: GuidelineVersion;
}
