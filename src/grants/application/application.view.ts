import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { ApplicationId, CallId, CaseId, CentreId, PersonId, RecipientId } from '../../kernel/ids.js';
import { statesOf } from '../../kernel/lifecycle.js';
import type { Money } from '../../kernel/money.js';
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
  TextField,
  YearField,
} from '../../platform/http/fields.js';
import { year } from '../../platform/http/kinds.js';
import { postCategories, type PostCategory } from '../../programmes/guideline.rules.js';
import { ObjectionView } from '../derivation.view.js';
import { applicationLifecycle, type ApplicationState } from '../lifecycle.rules.js';
import type { ApplicationFile } from './application-parts.service.js';
import type { ApplicationPostItem } from './application-post-item.entity.js';
import type { Application } from './application.entity.js';
import { ToldChangeView } from './change.view.js';
import { CheckView, OpinionView, QueryView } from './check.view.js';
import { EarlyStartView } from './early-start.view.js';
import { fundingYearsOf } from './funding-years.rules.js';
import { MeasureItemView } from './measure.view.js';
import { proposals, type Proposal } from './opinion.rules.js';

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
  @YearField({ de: 'Erstes Haushaltsjahr', en: 'First funding year', example: 2016 }) fundingYear!: number;
  @ListField({
    de: 'Alle Haushaltsjahre, die der Bewilligungszeitraum berührt',
    en: 'Every funding year that the grant period touches',
    ...{ of: year(), example: [2016] },
  })
  fundingYears!: number[];
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
    fundingYears: fundingYearsOf(application),
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
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
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

  static of({ fundingYear, source, amount, modelled, origin }: PlannedShare): PlanItemView {
    return { fundingYear, source, amountCents: amount, inKind: isInKind(source), modelled, origin };
  }
}

export class ApplicationView extends ApplicationSummaryView {
  @ListField({ de: 'Beantragte Stellen', en: 'Posts applied for', of: PostItemView }) posts!: PostItemView[];
  @ListField({
    de: 'Geplante Sachausgaben und Maßnahmen',
    en: 'Material expenditure and measures planned',
    of: MeasureItemView,
  })
  measures!: MeasureItemView[];
  @ListField({ de: 'Finanzierungsplan', en: 'Financing plan', of: PlanItemView })
  financingPlan!: PlanItemView[];
  @ListField({ de: 'Rückfragen und Antworten', en: 'Queries and answers', of: QueryView, example: [] })
  queries!: QueryView[];
  @ListField({
    de: 'Prüfungen; der Kommune nicht gezeigt',
    en: 'Checks; not shown to the municipality',
    of: CheckView,
    example: [],
  })
  checks!: CheckView[];
  @ListField({
    de: 'Fachliche Stellungnahmen, die letzte jeder Stelle zählt; der Kommune nicht gezeigt',
    en: 'Technical opinions, the last of each office counts; not shown to the municipality',
    of: OpinionView,
    example: [],
  })
  opinions!: OpinionView[];
  @ListField({
    de: 'Zustimmungen zum vorzeitigen Beginn; keine sagt eine Zuwendung zu',
    en: 'Consents to an early start; none of them promises a grant',
    of: EarlyStartView,
    example: [],
  })
  earlyStarts!: EarlyStartView[];
  @ListField({
    de: 'Änderungen, die nach der Bekanntgabe mitgeteilt wurden, mit der Antwort darauf',
    en: 'Changes told after the notice, with the answer to each',
    of: ToldChangeView,
    max: 1000,
    example: [],
  })
  changes!: ToldChangeView[];
  @TextField({
    de: 'Votum der Bewilligungsbehörde; der Kommune erst nach der Bekanntgabe der Entscheidung gezeigt',
    en: 'Recommendation of the granting authority; shown to the municipality after the notice of the decision only',
    max: 4000,
    multiline: true,
    nullable: true,
    example: null,
  })
  recommendation!: string | null;
  @ChoiceField({
    de: 'Was das Votum vorschlägt',
    en: 'What the recommendation proposes',
    of: proposals,
    nullable: true,
    example: null,
  })
  proposes!: Proposal | null;
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

  /** A recommendation the reader may not know yet is not in the file, and then nor is whoever made it. */
  static of(file: ApplicationFile): ApplicationView {
    const { application, posts, measures, plan, objections } = file;
    const { queries, checks, opinions, earlyStarts, changes, recommendation } = file;
    return {
      ...summary(application),
      posts: posts.map((post) => PostItemView.of(post)),
      measures: measures.map((measure) => MeasureItemView.of(measure)),
      financingPlan: plan.map((share) => PlanItemView.of(share)),
      queries: queries.map((query) => QueryView.of(query)),
      checks: checks.map((check) => CheckView.of(check)),
      opinions: opinions.map((opinion) => OpinionView.of(opinion)),
      earlyStarts: earlyStarts.map((consent) => EarlyStartView.of(consent)),
      changes: changes.map((change) => ToldChangeView.of(change)),
      recommendation: recommendation?.recommendation ?? null,
      proposes: recommendation?.proposes ?? null,
      recommendedBy: recommendation === null ? null : application.recommendedBy,
      objections: objections.map((objection) => ObjectionView.of(objection)),
    };
  }
}
