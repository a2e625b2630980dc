import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { DerivationStep } from '../../kernel/derivation.js';
import type {
  ApplicationId,
  CaseId,
  CentreId,
  DecisionId,
  GuidelineVersionId,
  PersonId,
  RecipientId,
} from '../../kernel/ids.js';
import { statesOf } from '../../kernel/lifecycle.js';
import { Money } from '../../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  FlagField,
  IdField,
  IntegerField,
  ListField,
  ObjectField,
  TextField,
  YearField,
} from '../../platform/http/fields.js';
import { DerivationStepView, WordsView } from '../derivation.view.js';
import { explain } from '../explanation.rules.js';
import { decisionLifecycle, type DecisionState } from '../lifecycle.rules.js';
import { AuditCopyView } from './audit-copy.view.js';
import type { Decision } from './decision.entity.js';
import { DecisionAmountView } from './decision-amount.view.js';
import { anyKinds, type AnyKind } from './act-kinds.rules.js';
import { grounds, type Ground } from './act.rules.js';
import type { DecisionParts, DecisionReckoning } from './decision.service.js';
import type { GrantYear } from './grant-year.entity.js';
import { notificationModes, type NotificationMode } from './finality.rules.js';
import { ChosenProvisionDto, FurtherProvisionDto } from './provision.dto.js';
import { wantedProvisions } from './provision.rules.js';

export class DecisionSummaryView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: DecisionId;
  @IdField({ de: 'Fall', en: 'Case' }) caseId!: CaseId;
  @IdField({ de: 'Antrag', en: 'Application' }) applicationId!: ApplicationId;
  @IdField({ de: 'Zentrum', en: 'Centre' }) centreId!: CentreId;
  @IdField({ de: 'Zuwendungsempfänger', en: 'Recipient' }) recipientId!: RecipientId;
  @TextField({ de: 'Programm', en: 'Programme', example: 'KI' }) programme!: string;
  @YearField({ de: 'Erstes Haushaltsjahr', en: 'First funding year', example: 2016 }) fundingYear!: number;
  @ChoiceField({ de: 'Art', en: 'Kind', of: anyKinds, example: 'grant' }) kind!: AnyKind;
  @ChoiceField({ de: 'Stand', en: 'State', of: statesOf(decisionLifecycle), example: 'notified' })
  state!: DecisionState;
  @TextField({ de: 'Aktenzeichen', en: 'File number', example: 'AZ-2016-0001' }) fileNumber!: string;
  @DayField({ de: 'Freigegeben am', en: 'Released on', nullable: true, example: '2016-02-10' })
  releasedOn!: CalendarDate | null;
  @DayField({ de: 'Auf den Weg gebracht am', en: 'Notified on', nullable: true, example: '2016-02-12' })
  notifiedOn!: CalendarDate | null;
  @DayField({
    de: 'Erster Tag, an dem der Bescheid bestandskräftig ist',
    en: 'First day on which the decision is final',
    source: '§ 74 Abs. 1, § 58 Abs. 2 VwGO',
    nullable: true,
    example: '2016-03-16',
  })
  finalOn!: CalendarDate | null;
  @IntegerField({ de: 'Fassung', en: 'Version', example: 3 }) version!: number;

  static summaryOf(decision: Decision): DecisionSummaryView {
    return summary(decision);
  }
}

function summary(decision: Decision) {
  const { id, caseId, applicationId, centreId, recipientId, programme, fundingYear } = decision;
  const { kind, state, fileNumber, releasedOn, notifiedOn, finalOn, version } = decision;
  return {
    ...{ id, caseId, applicationId, centreId, recipientId, programme, fundingYear },
    ...{ kind, state, fileNumber, releasedOn, notifiedOn, finalOn, version },
  };
}

/** One funding year of a released grant. */
export class GrantYearView {
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
  @IdField({ de: 'Fassung der Richtlinie', en: 'Guideline version' }) guidelineVersionId!: GuidelineVersionId;
  @DayField({ de: 'Verwendungsnachweis fällig am', en: 'Proof of use due on', example: '2017-03-31' })
  proofDueOn!: CalendarDate;

  static of({ fundingYear, guidelineVersionId, proofDueOn }: GrantYear): GrantYearView {
    return { fundingYear, guidelineVersionId, proofDueOn };
  }
}

export class DecisionView extends DecisionSummaryView {
  @IdField({ de: 'Fassung der Richtlinie des ersten Jahres', en: 'Guideline version of the first year' })
  guidelineVersionId!: GuidelineVersionId;
  @IntegerField({ de: 'Einreichung, über die entschieden wird', en: 'Submission decided upon', example: 1 })
  submission!: number;
  @TextField({ de: 'Begründung', en: 'Reasons', max: 8000, multiline: true, nullable: true, example: null })
  reasons!: string | null;
  @FlagField({ de: 'Mit Rechtsbehelfsbelehrung', en: 'Tells of the remedy', example: true })
  remedyInformation!: boolean;
  @ListField({ de: 'Beträge je Jahr und Quelle', en: 'Amounts by year and source', of: DecisionAmountView })
  amounts!: DecisionAmountView[];
  @ListField({
    de: 'Haushaltsjahre der Bewilligung; leer vor der Freigabe',
    en: 'Funding years of the grant; empty before the release',
    of: GrantYearView,
  })
  grantYears!: GrantYearView[];
  @CentsField({ de: 'Zuwendung in Geld, alle Jahre', en: 'Grant in cash, all years', example: 17_000_000 })
  grantedCents!: Money;
  @DayField({
    de: 'Verwendungsnachweis des ersten Jahres fällig am: Tag der Richtlinie, bei später Bewilligung einige Monate nach der Freigabe; im Entwurf vorläufig',
    en: 'Proof of use of the first year due on: the day of the guideline, or some months after a late release; provisional in a draft',
    nullable: true,
    example: '2017-03-31',
  })
  proofDueOn!: CalendarDate | null;
  @ChoiceField({
    de: 'Art der Bekanntgabe',
    en: 'Mode of notification',
    of: notificationModes,
    nullable: true,
    example: 'post',
  })
  notifiedMode!: NotificationMode | null;
  @DayField({
    de: 'Gilt als bekannt gegeben am',
    en: 'Deemed received on',
    nullable: true,
    example: '2016-02-15',
  })
  receivedOn!: CalendarDate | null;
  @DayField({
    de: 'Klagefrist endet am',
    en: 'Time to bring action ends on',
    nullable: true,
    example: '2016-03-15',
  })
  remedyEndsOn!: CalendarDate | null;
  @DayField({
    de: 'Auf Rechtsbehelfe verzichtet am',
    en: 'Remedies waived on',
    nullable: true,
    example: null,
  })
  waivedOn!: CalendarDate | null;
  @IntegerField({
    de: 'Wievielter Wortlaut; jede Änderung des Entwurfs zählt',
    en: 'Number of the wording; every edit of the draft counts',
    example: 1,
  })
  draft!: number;
  @TextField({
    de: 'Warum der Entwurf verworfen wurde',
    en: 'Why the draft was discarded',
    max: 2000,
    multiline: true,
    nullable: true,
    example: null,
  })
  discardReason!: string | null;
  @IdField({ de: 'Verworfen von (Person)', en: 'Person who discarded', nullable: true, example: null })
  discardedBy!: PersonId | null;
  @IdField({ de: 'Entworfen von (Person)', en: 'Person who drafted' }) draftedBy!: PersonId;
  @IdField({ de: 'Freigegeben von (Person)', en: 'Person who released', nullable: true })
  releasedBy!: PersonId | null;

  @IdField({
    de: 'Bescheid, den dieser ändert, zurücknimmt oder widerruft',
    en: 'Decision that this one amends, withdraws or revokes',
    nullable: true,
    example: null,
  })
  basisId!: DecisionId | null;
  @IdField({ de: 'Anhörung davor', en: 'Hearing before it', nullable: true, example: null })
  hearingId!: Decision['hearingId'];
  @ChoiceField({
    de: 'Grund der Rücknahme oder des Widerrufs',
    en: 'Ground of the withdrawal or revocation',
    source: '§§ 48, 49 VwVfG NRW',
    of: grounds,
    nullable: true,
    example: null,
  })
  ground!: Ground | null;
  @DayField({
    de: 'Tag, seit dem alle Tatsachen bekannt sind; die Jahresfrist läuft ab hier',
    en: 'Day since which all facts are known; the year runs from here',
    source: '§ 48 Abs. 4 VwVfG NRW',
    nullable: true,
    example: null,
  })
  knownOn!: CalendarDate | null;
  @TextField({
    de: 'Warum die Kenntnis an diesem Tag vollständig war',
    en: 'Why knowledge was complete on that day',
    max: 8000,
    multiline: true,
    nullable: true,
    example: null,
  })
  knowledgeReasons!: string | null;
  @CentsField({
    de: 'Über das Verbleibende hinaus abgerufen: wäre zu erstatten',
    en: 'Called beyond what is left: would have to be paid back',
    source: '§ 49a Abs. 1 VwVfG NRW',
    example: 0,
  })
  toBeRepaidCents!: Money;
  @ObjectField({
    de: 'Abdruck von Bescheid und Antrag an den Landesrechnungshof',
    en: 'Copy of notice and application to the court of audit',
    of: AuditCopyView,
  })
  copyToCourtOfAudit!: AuditCopyView;
  @ListField({
    de: 'Gewählte besondere Nebenbestimmungen; ihr Wortlaut steht bei der Richtlinie des ersten Jahres',
    en: 'Special ancillary provisions chosen; their wording stands with the guideline of the first year',
    of: ChosenProvisionDto,
    max: 50,
    example: [],
  })
  provisions!: ChosenProvisionDto[];
  @ObjectField({
    de: 'Weitere Nebenbestimmung',
    en: 'Further ancillary provision',
    of: FurtherProvisionDto,
    nullable: true,
    example: null,
  })
  furtherProvision!: FurtherProvisionDto | null;

  static of({ decision, amounts, grantYears }: DecisionParts): DecisionView {
    const { guidelineVersionId, submission, reasons, remedyInformation, proofDueOn } = decision;
    const { notifiedMode, receivedOn, remedyEndsOn, waivedOn, draftedBy, releasedBy } = decision;
    const { draft, discardReason, discardedBy } = decision;
    const { basisId, hearingId, ground, knownOn, knowledgeReasons } = decision;
    const { chosen, further } = wantedProvisions(decision);
    return {
      ...summary(decision),
      ...{ provisions: [...chosen], furtherProvision: further },
      ...{ guidelineVersionId, submission, reasons, remedyInformation, proofDueOn },
      ...{ notifiedMode, receivedOn, remedyEndsOn, waivedOn, draftedBy, releasedBy },
      ...{ draft, discardReason, discardedBy },
      ...{ basisId, hearingId, ground, knownOn, knowledgeReasons },
      copyToCourtOfAudit: AuditCopyView.of(decision),
      toBeRepaidCents: Money.sum(amounts.map(({ toBeRepaid }) => toBeRepaid ?? Money.zero)),
      amounts: amounts.map((amount) => DecisionAmountView.of(amount)),
      grantYears: grantYears.map((year) => GrantYearView.of(year)),
      grantedCents: Money.sum(
        amounts.filter(({ source }) => source === 'state_integration').map(({ amount }) => amount),
      ),
    };
  }
}

export class DecisionDerivationView {
  @IdField({ de: 'Bescheid', en: 'Decision' }) decisionId!: DecisionId;
  @ListField({
    de: 'Die Rechnung in Sätzen, ein Satz je Schritt',
    en: 'The reckoning in sentences, one for each step',
    of: WordsView,
    max: 1000,
  })
  explanation!: WordsView[];
  @ListField({
    de: 'Die eingefrorene Rechnung, exakt',
    en: 'The frozen reckoning, exact',
    of: DerivationStepView,
    max: 1000,
  })
  steps!: DerivationStepView[];
  @ListField({
    de: 'Wie sich die Bestandskraft ergibt; leer vor der Bekanntgabe',
    en: 'How finality comes about; empty before notification',
    of: DerivationStepView,
  })
  finality!: DerivationStepView[];
  @TextField({
    de: 'Alle Eingangsdaten, eingefroren, als kanonisches JSON (RFC 8785)',
    en: 'All inputs, frozen, as canonical JSON (RFC 8785)',
    max: 1_000_000,
    example: '{"kind":"grant"}',
  })
  inputs!: string;
  @TextField({
    de: 'SHA-256 über Eingangsdaten, Zeilenumbruch und Schritte',
    en: 'SHA-256 over inputs, a line feed and steps',
    min: 64,
    max: 64,
    example: '0'.repeat(64),
  })
  sha256!: string;

  static of({ derivation, finality }: DecisionReckoning): DecisionDerivationView {
    const steps = JSON.parse(derivation.steps) as DerivationStep[];
    return {
      decisionId: derivation.decisionId,
      explanation: explain(steps).map((sentence) => WordsView.of(sentence)),
      steps: steps.map((step) => DerivationStepView.of(step)),
      finality: (finality?.derivation ?? []).map((step) => DerivationStepView.of(step)),
      inputs: derivation.inputs,
      sha256: derivation.sha256,
    };
  }
}
