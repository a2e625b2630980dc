import type { CalendarDate } from '../kernel/calendar-date.js';
import type { Confidence } from '../kernel/confidence.js';
import type { GuidelineVersionId, PersonId } from '../kernel/ids.js';
import { statesOf } from '../kernel/lifecycle.js';
import {
  ChoiceField,
  DayField,
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  ListField,
  TextField,
} from '../platform/http/fields.js';
import { withdrawalOf, WithdrawalView } from '../platform/http/withdrawal.js';
import {
  ChecklistItemDto,
  CONFIDENCE,
  CopyThresholdDto,
  DeadlineDto,
  FundedPostDto,
  MaterialDto,
  PaymentDateDto,
  SOURCE,
} from './guideline-part.dto.js';
import { EarlyStartBanDto, ProvisionDto } from './guideline-clause.dto.js';
import {
  banFields,
  checklistFields,
  deadlineFields,
  materialFields,
  paymentFields,
  postFields,
  provisionFields,
  thresholdFields,
} from './guideline-part.view.js';
import { guidelineLifecycle, isBinding, type GuidelineState } from './guideline-release.rules.js';
import type { Guideline } from './guideline.entity.js';
import {
  financingTypes,
  programmeCodes,
  roundings,
  type FinancingType,
  type ProgrammeCode,
  type Rounding,
} from './guideline.rules.js';
import { GuidelineRateView } from './rate.view.js';
import { shareRules, type ShareRule } from './occupied-share.rules.js';

export class GuidelineView extends WithdrawalView {
  @IdField({ de: 'Fassung der Richtlinie', en: 'guideline version' })
  id!: GuidelineVersionId;

  @ChoiceField({ of: programmeCodes, de: 'Programm', en: 'programme', example: 'KI' })
  programme!: ProgrammeCode;

  @TextField({
    de: 'Bezeichnung',
    en: 'title',
    example: 'Förderung Kommunaler Integrationszentren, Fassung 2012',
  })
  title!: string;

  @TextField({
    de: 'Rechtsakt',
    en: 'legal instrument',
    example: 'Richtlinie vom 25.06.2012, MBl. NRW. 2012 Nr. 19 S. 537',
  })
  legalInstrument!: string;

  @ChoiceField({ of: statesOf(guidelineLifecycle), de: 'Stand', en: 'state', example: 'co_released' })
  state!: GuidelineState;

  @FlagField({ de: 'alle nötigen Freigaben liegen vor', en: 'all releases it needs are there' })
  binding!: boolean;

  @DayField({ de: 'gilt ab', en: 'valid from', example: '2012-06-25' })
  validFrom!: CalendarDate;

  @DayField({
    de: 'erster Tag danach; null, solange offen',
    en: 'first day after; null while open',
    nullable: true,
    example: '2017-01-01',
  })
  validTo!: CalendarDate | null;

  @DayField({
    de: 'ab diesem Tag durch eine spätere Fassung abgelöst',
    en: 'superseded by a later version from this day',
    nullable: true,
    example: null,
  })
  supersededFrom!: CalendarDate | null;

  @ChoiceField({ of: financingTypes, de: 'Finanzierungsart', en: 'financing type', example: 'fixed_amount' })
  financingType!: FinancingType;

  @TextField({ ...SOURCE, de: 'Fundstelle der Finanzierungsart', en: 'source of the financing type' })
  financingTypeSource!: string;

  @ChoiceField(CONFIDENCE)
  financingTypeConfidence!: Confidence;

  @IntegerField({
    de: 'geförderter Anteil der Ausgaben; nur bei Anteilfinanzierung',
    en: 'funded share of expenditure; proportional financing only',
    unit: '1/100 %',
    nullable: true,
    example: null,
  })
  fundedShareHundredths!: number | null;

  @ChoiceField({
    of: shareRules,
    de: 'wie ein Teil des Jahres zählt',
    en: 'how part of a year counts',
    example: 'actual_days',
  })
  shareRule!: ShareRule;

  @TextField({ ...SOURCE, de: 'Fundstelle der Anteilsregel', en: 'source of the share rule' })
  shareRuleSource!: string;

  @ChoiceField({ ...CONFIDENCE, example: 'assumed' })
  shareRuleConfidence!: Confidence;

  @ChoiceField({ of: roundings, de: 'Rundung', en: 'rounding', example: 'half_away_from_zero' })
  rounding!: Rounding;

  @TextField({ ...SOURCE, de: 'Fundstelle der Rundung', en: 'source of the rounding' })
  roundingSource!: string;

  @ChoiceField({ ...CONFIDENCE, example: 'assumed' })
  roundingConfidence!: Confidence;

  @IntegerField({
    de: 'Verwendungsnachweis fällig: Monat des Folgejahres',
    en: 'proof of use due: month of the following year',
    example: 3,
  })
  proofDueMonth!: number;

  @IntegerField({ de: 'Verwendungsnachweis fällig: Tag', en: 'proof of use due: day', example: 31 })
  proofDueDay!: number;

  @IntegerField({
    de: 'Verwendungsnachweis frühestens fällig: Monate nach Freigabe des Bescheids',
    en: 'proof of use due no sooner than: months after the decision was released',
    example: 3,
  })
  proofDueMonths!: number;

  @TextField({ ...SOURCE, de: 'Fundstelle der Nachweisfrist', en: 'source of the day proof is due' })
  proofDueSource!: string;

  @ChoiceField({ ...CONFIDENCE, example: 'assumed' })
  proofDueConfidence!: Confidence;

  @TextField(SOURCE)
  source!: string;

  @ChoiceField(CONFIDENCE)
  confidence!: Confidence;

  @TextField({
    de: 'was man wissen muss: Widersprüche zwischen Quellen, nicht Eingesehenes',
    en: 'what one must know: contradictions between sources, what was not seen',
    max: 4000,
    nullable: true,
    example: null,
  })
  note!: string | null;

  @ListField({ of: FundedPostDto, de: 'geförderte Stellen', en: 'funded posts' })
  posts!: FundedPostDto[];

  @ListField({ of: GuidelineRateView, de: 'Sätze', en: 'rates' })
  rates!: GuidelineRateView[];

  @ListField({ of: MaterialDto, de: 'Sachausgaben', en: 'material' })
  materials!: MaterialDto[];

  @ListField({ of: PaymentDateDto, de: 'Auszahlungstermine', en: 'payment dates' })
  paymentDates!: PaymentDateDto[];

  @ListField({ of: DeadlineDto, de: 'Fristen', en: 'deadlines' })
  deadlines!: DeadlineDto[];

  @ListField({ of: ProvisionDto, de: 'Nebenbestimmungen', en: 'ancillary provisions' })
  provisions!: ProvisionDto[];

  @ListField({ of: ChecklistItemDto, de: 'Prüfliste', en: 'checklist' })
  checklist!: ChecklistItemDto[];

  @ListField({
    of: CopyThresholdDto,
    de: 'Abdruck an den Landesrechnungshof ab',
    en: 'copied to the court of audit above',
  })
  copyThresholds!: CopyThresholdDto[];

  @ListField({
    of: EarlyStartBanDto,
    de: 'Verbot, vor der Entscheidung zu beginnen; gilt nur an den genannten Tagen',
    en: 'prohibition to begin before the decision; holds on the days named only',
  })
  earlyStartBans!: EarlyStartBanDto[];

  @InstantField({ de: 'entworfen', en: 'drafted' })
  draftedAt!: string;

  @IdField({ de: 'entworfen von', en: 'drafted by' })
  draftedBy!: PersonId;

  @InstantField({ de: 'freigegeben', en: 'released', nullable: true })
  releasedAt!: string | null;

  @IdField({ de: 'freigegeben von', en: 'released by', nullable: true })
  releasedBy!: PersonId | null;

  @InstantField({
    de: 'vom Schulministerium freigegeben',
    en: 'released by the school ministry',
    nullable: true,
  })
  coReleasedAt!: string | null;

  @IdField({
    de: 'im Schulministerium freigegeben von',
    en: 'released in the school ministry by',
    nullable: true,
  })
  coReleasedBy!: PersonId | null;

  @InstantField({
    de: 'seitdem gilt für alle ihre Tage eine andere Fassung',
    en: 'since then another version holds for all its days',
    nullable: true,
  })
  replacedAt!: string | null;

  @IntegerField({ de: 'Version; als "v<n>" in If-Match', en: 'version; as "v<n>" in If-Match', min: 1 })
  version!: number;

  static of({ row, facts }: Guideline): GuidelineView {
    const { state, supersededFrom, draftedAt, draftedBy, releasedAt, releasedBy, version } = row;
    const { coReleasedAt, coReleasedBy, replacedAt } = row;
    const { validity: _validity, ...stated } = facts;
    return Object.assign(new GuidelineView(), {
      ...stated,
      ...{ state, binding: isBinding(facts.programme, state) && replacedAt === null, supersededFrom },
      posts: facts.posts.map(postFields),
      rates: facts.rates.map((rate) => GuidelineRateView.of(rate)),
      materials: facts.materials.map(materialFields),
      paymentDates: facts.paymentDates.map(paymentFields),
      deadlines: facts.deadlines.map(deadlineFields),
      provisions: facts.provisions.map(provisionFields),
      checklist: facts.checklist.map(checklistFields),
      copyThresholds: facts.copyThresholds.map(thresholdFields),
      earlyStartBans: facts.earlyStartBans.map(banFields),
      ...{ draftedAt, draftedBy, releasedAt, releasedBy, coReleasedAt, coReleasedBy, replacedAt, version },
      ...withdrawalOf(row),
    });
  }
}
