import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDate } from '../kernel/calendar-date.js';
import type { Confidence } from '../kernel/confidence.js';
import type { GuidelineVersionId, Id, PersonId, ProgrammeId, RateId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import { dayColumn, instantColumn, moneyColumn } from '../platform/database/columns.js';
import { Withdrawable } from '../platform/database/withdrawable.js';
import type {
  DeadlineKind,
  FinancingType,
  GuidelineFacts,
  HostType,
  Instrument,
  MaterialCode,
  MaterialKind,
  PostCategory,
  PostFunder,
  ProgrammeCode,
  ProvisionReach,
  Rounding,
  StatedConfidence,
} from './guideline.rules.js';
import type { GuidelineState } from './guideline-release.rules.js';
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
export class GuidelineVersion extends Withdrawable {
  @PrimaryColumn('uuid') id!: GuidelineVersionId;
  @Column('text') programme!: ProgrammeCode;
  @Column('text') title!: string;
  @Column('text', { name: 'legal_instrument' }) legalInstrument!: string;
  @Column(dayColumn('valid_from')) validFrom!: CalendarDate;
  @Column(dayColumn('valid_to', { nullable: true })) validTo!: CalendarDate | null;
  @Column(dayColumn('superseded_from', { nullable: true })) supersededFrom!: CalendarDate | null;
  @Column('text', { name: 'financing_type' }) financingType!: FinancingType;
  @Column('text', { name: 'financing_type_source' }) financingTypeSource!: string;
  @Column('text', { name: 'financing_type_confidence' }) financingTypeConfidence!: Confidence;
  @Column('integer', { name: 'funded_share_hundredths', nullable: true }) fundedShareHundredths!:
    number | null;
  @Column('text', { name: 'share_rule' }) shareRule!: ShareRule;
  @Column('text', { name: 'share_rule_source' }) shareRuleSource!: string;
  @Column('text', { name: 'share_rule_confidence' }) shareRuleConfidence!: Confidence;
  @Column('text') rounding!: Rounding;
  @Column('text', { name: 'rounding_source' }) roundingSource!: string;
  @Column('text', { name: 'rounding_confidence' }) roundingConfidence!: Confidence;
  @Column('integer', { name: 'proof_due_month' }) proofDueMonth!: number;
  @Column('integer', { name: 'proof_due_day' }) proofDueDay!: number;
  @Column('integer', { name: 'proof_due_months' }) proofDueMonths!: number;
  @Column('text', { name: 'proof_due_source' }) proofDueSource!: string;
  @Column('text', { name: 'proof_due_confidence' }) proofDueConfidence!: Confidence;
  @Column('text') source!: string;
  @Column('text') confidence!: Confidence;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('text') state!: GuidelineState;
  @Column(instantColumn('drafted_at')) draftedAt!: string;
  @Column('uuid', { name: 'drafted_by' }) draftedBy!: PersonId;
  @Column(instantColumn('released_at', { nullable: true })) releasedAt!: string | null;
  @Column('uuid', { name: 'released_by', nullable: true }) releasedBy!: PersonId | null;
  @Column(instantColumn('co_released_at', { nullable: true })) coReleasedAt!: string | null;
  @Column('uuid', { name: 'co_released_by', nullable: true }) coReleasedBy!: PersonId | null;
  @Column(instantColumn('replaced_at', { nullable: true })) replacedAt!: string | null;
  @Column('integer') version!: number;
}

@Entity('guideline_post')
export class GuidelinePost {
  @PrimaryColumn('uuid') id!: Id<'GuidelinePost'>;
  @Column('uuid', { name: 'guideline_version_id' }) guidelineVersionId!: GuidelineVersionId;
  @Column('text', { name: 'host_type' }) hostType!: HostType;
  @Column('text') category!: PostCategory;
  @Column('integer', { name: 'fte_hundredths', nullable: true }) fteHundredths!: number | null;
  @Column('text') funder!: PostFunder;
  @Column('text') source!: string;
  @Column('text') confidence!: StatedConfidence;
}

@Entity('guideline_rate')
export class GuidelineRate {
  @PrimaryColumn('uuid') id!: RateId;
  @Column('uuid', { name: 'guideline_version_id' }) guidelineVersionId!: GuidelineVersionId;
  @Column('text') category!: PostCategory;
  @Column(moneyColumn('amount_cents', { nullable: true })) amount!: Money | null;
  @Column('integer', { name: 'per_fte_hundredths' }) perFteHundredths!: number;
  @Column('boolean', { name: 'in_kind' }) inKind!: boolean;
  @Column('text') source!: string;
  @Column('text') confidence!: StatedConfidence;
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

@Entity('guideline_material')
export class GuidelineMaterial {
  @PrimaryColumn('uuid') id!: Id<'GuidelineMaterial'>;
  @Column('uuid', { name: 'guideline_version_id' }) guidelineVersionId!: GuidelineVersionId;
  @Column('text') code!: MaterialCode;
  @Column('text') kind!: MaterialKind;
  @Column(moneyColumn('amount_cents', { nullable: true })) amount!: Money | null;
  @Column('integer', { name: 'per_fte_hundredths', nullable: true }) perFteHundredths!: number | null;
  @Column('text') source!: string;
  @Column('text') confidence!: StatedConfidence;
  @Column(dayColumn('valid_from')) validFrom!: CalendarDate;
  @Column(dayColumn('valid_to', { nullable: true })) validTo!: CalendarDate | null;
}

@Entity('guideline_deadline')
export class GuidelineDeadline {
  @PrimaryColumn('uuid') id!: Id<'GuidelineDeadline'>;
  @Column('uuid', { name: 'guideline_version_id' }) guidelineVersionId!: GuidelineVersionId;
  @Column('text') kind!: DeadlineKind;
  @Column('integer', { name: 'funding_year', nullable: true }) fundingYear!: number | null;
  @Column('integer', { name: 'year_offset' }) yearOffset!: number;
  @Column('integer') month!: number;
  @Column('integer') day!: number;
  @Column('text') source!: string;
  @Column('text') confidence!: Confidence;
}

@Entity('guideline_copy_threshold')
export class GuidelineCopyThreshold {
  @PrimaryColumn('uuid') id!: Id<'GuidelineCopyThreshold'>;
  @Column('uuid', { name: 'guideline_version_id' }) guidelineVersionId!: GuidelineVersionId;
  @Column(moneyColumn('threshold_cents')) thresholdCents!: Money;
  @Column('text') source!: string;
  @Column('text') confidence!: Confidence;
  @Column(dayColumn('valid_from')) validFrom!: CalendarDate;
  @Column(dayColumn('valid_to', { nullable: true })) validTo!: CalendarDate | null;
}

@Entity('guideline_early_start_ban')
export class GuidelineEarlyStartBan {
  @PrimaryColumn('uuid') id!: Id<'GuidelineEarlyStartBan'>;
  @Column('uuid', { name: 'guideline_version_id' }) guidelineVersionId!: GuidelineVersionId;
  @Column('text') provision!: string;
  @Column('text') source!: string;
  @Column('text') confidence!: Confidence;
  @Column(dayColumn('valid_from')) validFrom!: CalendarDate;
  @Column(dayColumn('valid_to', { nullable: true })) validTo!: CalendarDate | null;
}

@Entity('guideline_provision')
export class GuidelineProvision {
  @PrimaryColumn('uuid') id!: Id<'GuidelineProvision'>;
  @Column('uuid', { name: 'guideline_version_id' }) guidelineVersionId!: GuidelineVersionId;
  @Column('integer') position!: number;
  @Column('text') code!: string;
  @Column('text') reach!: ProvisionReach;
  @Column('text') provision!: string;
  @Column('text', { name: 'text_de' }) textDe!: string;
  @Column('text', { name: 'text_en' }) textEn!: string;
  @Column('text') source!: string;
  @Column('text') confidence!: Confidence;
  @Column(dayColumn('valid_from')) validFrom!: CalendarDate;
  @Column(dayColumn('valid_to', { nullable: true })) validTo!: CalendarDate | null;
}

@Entity('guideline_checklist_item')
export class GuidelineChecklistItem {
  @PrimaryColumn('uuid') id!: Id<'GuidelineChecklistItem'>;
  @Column('uuid', { name: 'guideline_version_id' }) guidelineVersionId!: GuidelineVersionId;
  @Column('integer') position!: number;
  @Column('text') code!: string;
  @Column('text') provision!: string;
  @Column('text', { name: 'text_de' }) textDe!: string;
  @Column('text', { name: 'text_en' }) textEn!: string;
  @Column('text') source!: string;
  @Column('text') confidence!: Confidence;
}

/** A version with its parts: what a rule reads, and who released it when. */
export interface Guideline {
  readonly facts: GuidelineFacts;
  readonly row: GuidelineVersion;
}
