import type { CalendarDate } from '../../kernel/calendar-date.js';
import type {
  ApplicationId,
  CallId,
  CaseId,
  CentreId,
  GuidelineVersionId,
  PersonId,
  RecipientId,
} from '../../kernel/ids.js';
import { statesOf } from '../../kernel/lifecycle.js';
import { Money } from '../../kernel/money.js';
import {
  fundingSources,
  isInKind,
  type FundingSource,
  type PlannedShare,
} from '../../financing/plan.rules.js';
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
import { postCategories, type PostCategory } from '../../programmes/guideline.rules.js';
import { CoverageView } from '../coverage.view.js';
import { DerivationStepView, ObjectionView, WordsView } from '../derivation.view.js';
import { explain } from '../explanation.rules.js';
import { applicationLifecycle, type ApplicationState } from '../lifecycle.rules.js';
import type { ApplicationCheck } from './application-check.entity.js';
import type { ApplicationFile, Reckoning } from './application-parts.service.js';
import type { ApplicationPostItem } from './application-post-item.entity.js';
import type { Application } from './application.entity.js';

export class ApplicationSummaryView {
  @IdField({ de: 'Kennung', en: 'Id' }) id!: ApplicationId;
  @IdField({ de: 'Fall', en: 'Case' }) caseId!: CaseId;
  @IdField({ de: 'Zentrum', en: 'Centre' }) centreId!: CentreId;
  @IdField({ de: 'Zuwendungsempfänger', en: 'Recipient' }) recipientId!: RecipientId;
  @IdField({ de: 'Aufruf', en: 'Call' }) callId!: CallId;
  @IdField({
    de: 'Antrag des Vorjahres, den dieser fortsetzt',
    en: 'Application of the year before that this one carries on',
    nullable: true,
    example: null,
  })
  continues!: ApplicationId | null;
  @TextField({ de: 'Programm', en: 'Programme', example: 'KI' }) programme!: string;
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
  @DayField({
    de: 'Beginn des Bewilligungszeitraums',
    en: 'Start of the grant period',
    example: '2016-01-01',
  })
  periodFrom!: CalendarDate;
  @DayField({
    de: 'Erster Tag nach dem Bewilligungszeitraum',
    en: 'First day after the grant period',
    example: '2017-01-01',
  })
  periodTo!: CalendarDate;
  @ChoiceField({ de: 'Stand', en: 'State', of: statesOf(applicationLifecycle), example: 'submitted' })
  state!: ApplicationState;
  @IntegerField({ de: 'Zahl der Einreichungen', en: 'Number of submissions', example: 1 })
  submission!: number;
  @DayField({
    de: 'Erstmals eingereicht am',
    en: 'First submitted on',
    nullable: true,
    example: '2015-10-15',
  })
  submittedOn!: CalendarDate | null;
  @IntegerField({ de: 'Fassung', en: 'Version', example: 2 }) version!: number;

  static summaryOf(application: Application): ApplicationSummaryView {
    return summary(application);
  }
}

function summary(application: Application) {
  const { id, caseId, centreId, recipientId, programme, fundingYear, periodFrom, periodTo } = application;
  const { callId, continues, state, submission, submittedOn, version } = application;
  return {
    ...{ id, caseId, centreId, recipientId, callId, continues },
    ...{ programme, fundingYear, periodFrom, periodTo },
    ...{ state, submission, submittedOn, version },
  };
}

export class PostItemView {
  @IntegerField({ de: 'Platz im Antrag', en: 'Place in the application', example: 1 }) position!: number;
  @ChoiceField({ de: 'Stellenart', en: 'Kind of post', of: postCategories, example: 'specialist' })
  category!: PostCategory;
  @IntegerField({
    de: 'Umfang in Hundertsteln einer Vollzeitstelle',
    en: 'Hundredths of a full-time equivalent',
    example: 300,
  })
  fteHundredths!: number;
  @DayField({ de: 'Besetzt ab', en: 'Occupied from', example: '2016-01-01' }) occupiedFrom!: CalendarDate;
  @DayField({
    de: 'Erster Tag, an dem die Stelle nicht mehr besetzt ist',
    en: 'First day the post is no longer occupied',
    example: '2017-01-01',
  })
  occupiedTo!: CalendarDate;
  @CentsField({
    de: 'Erwartete zuwendungsfähige Ausgaben des Jahres; nur die Festbetragsfinanzierung fragt nicht danach',
    en: 'Expected eligible expenditure of the year; only a fixed amount does not ask for it',
    nullable: true,
    example: 5_400_000,
  })
  expectedExpenditureCents!: Money | null;

  static of(post: ApplicationPostItem): PostItemView {
    const { position, category, fteHundredths, occupiedFrom, occupiedTo, expectedExpenditure } = post;
    return {
      ...{ position, category, fteHundredths, occupiedFrom, occupiedTo },
      expectedExpenditureCents: expectedExpenditure,
    };
  }
}

export class PlanItemView {
  @ChoiceField({ de: 'Quelle', en: 'Source', of: fundingSources, example: 'state_integration' })
  source!: FundingSource;
  @CentsField({ de: 'Betrag', en: 'Amount', example: 17_000_000 }) amountCents!: Money;
  @FlagField({ de: 'Unbar: abgeordnete Lehrkräfte', en: 'In kind: seconded teachers', example: false })
  inKind!: boolean;
  @FlagField({ de: 'Modelliert', en: 'Modelled', example: false }) modelled!: boolean;
  @TextField({
    de: 'Herkunft eines modellierten Betrags',
    en: 'Origin of a modelled amount',
    nullable: true,
    example: null,
  })
  origin!: string | null;

  static of({ source, amount, modelled, origin }: PlannedShare): PlanItemView {
    return { source, amountCents: amount, inKind: isInKind(source), modelled, origin };
  }
}

export class CheckView {
  @IntegerField({ de: 'Geprüfte Einreichung', en: 'Submission checked', example: 1 }) submission!: number;
  @FlagField({ de: 'Vollständig', en: 'Complete', example: true }) complete!: boolean;
  @TextField({ de: 'Prüfvermerk oder Rückfrage', en: 'Note or query', max: 4000, multiline: true })
  note!: string;
  @IdField({ de: 'Geprüft von (Person)', en: 'Person who checked' }) checkedBy!: PersonId;
  @DayField({ de: 'Geprüft am', en: 'Checked on', example: '2015-11-03' }) checkedOn!: CalendarDate;

  static of({ submission, complete, note, checkedBy, checkedOn }: ApplicationCheck): CheckView {
    return { submission, complete, note, checkedBy, checkedOn };
  }
}

export class ApplicationView extends ApplicationSummaryView {
  @ListField({ de: 'Beantragte Stellen', en: 'Posts applied for', of: PostItemView }) posts!: PostItemView[];
  @ListField({ de: 'Finanzierungsplan', en: 'Financing plan', of: PlanItemView })
  financingPlan!: PlanItemView[];
  @ListField({ de: 'Prüfungen', en: 'Checks', of: CheckView, example: [] }) checks!: CheckView[];
  @TextField({
    de: 'Votum der Bewilligungsbehörde; der Kommune erst nach der Entscheidung gezeigt',
    en: 'Recommendation of the granting authority; shown to the municipality after the decision only',
    max: 4000,
    multiline: true,
    nullable: true,
    example: null,
  })
  recommendation!: string | null;
  @IdField({ de: 'Votiert von (Person)', en: 'Person who recommended', nullable: true, example: null })
  recommendedBy!: PersonId | null;
  @ListField({
    de: 'Was der Einreichung jetzt entgegenstünde; leer, solange der Antrag bei der Bewilligungsbehörde liegt',
    en: 'What would stand against submitting it now; empty while the application lies with the granting authority',
    of: ObjectionView,
    max: 1000,
    example: [],
  })
  objections!: ObjectionView[];

  /** `toApplicant`: a vote before the decision is the authority's own affair. */
  static of(
    { application, posts, plan, checks, objections }: ApplicationFile,
    toApplicant: boolean,
  ): ApplicationView {
    const hidden = toApplicant && application.state !== 'decided';
    return {
      ...summary(application),
      posts: posts.map((post) => PostItemView.of(post)),
      financingPlan: plan.map((share) => PlanItemView.of(share)),
      checks: checks.map((check) => CheckView.of(check)),
      recommendation: hidden ? null : application.recommendation,
      recommendedBy: hidden ? null : application.recommendedBy,
      objections: objections.map((objection) => ObjectionView.of(objection)),
    };
  }
}

export class CalculationLineView {
  @IntegerField({ de: 'Stelle im Antrag', en: 'Post of the application', example: 1 }) position!: number;
  @ChoiceField({ de: 'Stellenart', en: 'Kind of post', of: postCategories, example: 'specialist' })
  category!: PostCategory;
  @ChoiceField({ de: 'Quelle', en: 'Source', of: fundingSources, example: 'state_integration' })
  source!: FundingSource;
  @FlagField({ de: 'Unbar', en: 'In kind', example: false }) inKind!: boolean;
  @CentsField({ de: 'Betrag', en: 'Amount', example: 15_000_000 }) amountCents!: Money;
}

export class CalculationTotalView {
  @ChoiceField({ de: 'Quelle', en: 'Source', of: fundingSources, example: 'state_integration' })
  source!: FundingSource;
  @FlagField({ de: 'Unbar', en: 'In kind', example: false }) inKind!: boolean;
  @CentsField({ de: 'Nach der Richtlinie', en: 'By the guideline', example: 17_000_000 }) amountCents!: Money;
  @CentsField({ de: 'Im Finanzierungsplan', en: 'In the financing plan', example: 17_000_000 })
  plannedCents!: Money;
}

export class CalculationView {
  @IdField({ de: 'Antrag', en: 'Application' }) applicationId!: ApplicationId;
  @IdField({
    de: 'Fassung der Richtlinie; null, wo keine gilt',
    en: 'Guideline version; null where none is in force',
    nullable: true,
  })
  guidelineVersionId!: GuidelineVersionId | null;
  @TextField({
    de: 'Titel der Richtlinie',
    en: 'Title of the guideline',
    nullable: true,
    example: 'KI-Richtlinie 2012',
  })
  guidelineTitle!: string | null;
  @ListField({ de: 'Je Stelle', en: 'Per post', of: CalculationLineView }) lines!: CalculationLineView[];
  @ListField({ de: 'Je Quelle', en: 'Per source', of: CalculationTotalView }) totals!: CalculationTotalView[];
  @ObjectField({
    de: 'Wie weit das Geld reicht; null, solange Ausgaben fehlen',
    en: 'How far the money reaches; null while expenditure is missing',
    nullable: true,
    of: CoverageView,
  })
  coverage!: CoverageView | null;
  @ListField({
    de: 'Die Rechnung in Sätzen, ein Satz je Schritt',
    en: 'The reckoning in sentences, one for each step',
    of: WordsView,
  })
  explanation!: WordsView[];
  @ListField({ de: 'Die Rechnung, exakt', en: 'The reckoning, exact', of: DerivationStepView, max: 1000 })
  derivation!: DerivationStepView[];
  @ListField({
    de: 'Alle Einwände, die einer Einreichung jetzt entgegenstünden',
    en: 'Every objection to submitting it now',
    of: ObjectionView,
    max: 1000,
  })
  objections!: ObjectionView[];

  static of({ application, plan, guideline, funding, objections }: Reckoning): CalculationView {
    const planned = (source: FundingSource) =>
      plan.find((share) => share.source === source)?.amount ?? Money.zero;
    const { derivation, coverage } = funding ?? { derivation: [], coverage: null };
    return {
      applicationId: application.id,
      guidelineVersionId: guideline?.id ?? null,
      guidelineTitle: guideline?.title ?? null,
      lines: (funding?.lines ?? []).map(({ key, category, source, inKind, amount }) => ({
        ...{ position: Number(key), category, source, inKind, amountCents: amount },
      })),
      totals: (funding?.totals ?? []).map(({ source, inKind, amount }) => ({
        ...{ source, inKind, amountCents: amount, plannedCents: planned(source) },
      })),
      coverage: coverage === null ? null : CoverageView.of(coverage),
      explanation: explain(derivation).map((sentence) => WordsView.of(sentence)),
      derivation: derivation.map((step) => DerivationStepView.of(step)),
      objections: objections.map((objection) => ObjectionView.of(objection)),
    };
  }
}
