import type { CalendarDate } from '../../kernel/calendar-date.js';
import type { Id } from '../../kernel/ids.js';
import type { Money } from '../../kernel/money.js';
import { fundingSources, type FundingSource } from '../../financing/plan.rules.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  FlagField,
  IdField,
  InstantField,
  IntegerField,
  ListField,
  TextField,
  YearField,
} from '../../platform/http/fields.js';
import { postCategories, type PostCategory } from '../../programmes/guideline.rules.js';
import { grounds, takingsBack, type Ground, type TakingBack } from './act.rules.js';
import { suitOutcomes, type SuitOutcome } from './suit.rules.js';

export class ChallengedAmountDto {
  @IdField({ de: 'Betrag des Bescheids', en: 'Amount of the decision' }) amountId!: Id<'DecisionAmount'>;
  @CentsField({ de: 'Angefochtener Teil', en: 'Challenged part', example: 1_234_500 })
  challengedCents!: Money;
}

export class RecordSuitDto {
  @DayField({ de: 'Klage erhoben am', en: 'Brought on', source: '§ 81 VwGO', example: '2016-02-22' })
  broughtOn!: CalendarDate;
  @TextField({ de: 'Gericht', en: 'Court', max: 200, example: 'Verwaltungsgericht Münster' }) court!: string;
  @TextField({
    de: 'Aktenzeichen des Gerichts',
    en: 'File number of the court',
    max: 60,
    example: '3 K 512/16',
  })
  fileNumber!: string;
  @ListField({
    de: 'Angefochtene Beträge und Teile; ohne Angabe der ganze Bescheid',
    en: 'Amounts and parts challenged; left out, the whole decision',
    of: ChallengedAmountDto,
    max: 100,
    optional: true,
    nullable: true,
    example: null,
  })
  amounts: ChallengedAmountDto[] | null = null;
}

export class AnnulledAmountDto {
  @IdField({ de: 'Betrag des Bescheids', en: 'Amount of the decision' }) amountId!: Id<'DecisionAmount'>;
  @CentsField({ de: 'Aufgehobener Teil', en: 'Part set aside', example: 1_234_500 }) annulledCents!: Money;
}

export class CloseSuitDto {
  @ChoiceField({
    de: 'Ausgang: Bescheid bestätigt, aufgehoben, oder Klage zurückgenommen',
    en: 'Outcome: decision upheld, annulled, or suit withdrawn',
    of: suitOutcomes,
    example: 'upheld',
  })
  outcome!: SuitOutcome;
  @DayField({
    de: 'Rechtskräftig beendet am',
    en: 'Ended with final effect on',
    source: '§ 121 VwGO',
    example: '2016-02-29',
  })
  endedOn!: CalendarDate;
  @ListField({
    de: 'Aufgehobene Teile; ohne Angabe alles Angefochtene',
    en: 'Parts set aside; left out, all that was challenged',
    of: AnnulledAmountDto,
    max: 100,
    optional: true,
    nullable: true,
    example: null,
  })
  amounts: AnnulledAmountDto[] | null = null;
}

export class OpenHearingDto {
  @ChoiceField({
    de: 'Wozu angehört wird',
    en: 'What the hearing is about',
    of: takingsBack,
    example: 'revocation',
  })
  purpose!: TakingBack;
  @TextField({
    de: 'Was der Kommune vorgehalten wird und was beabsichtigt ist',
    en: 'What the municipality is told, and what is intended',
    source: '§ 28 Abs. 1 VwVfG NRW',
    max: 8000,
    multiline: true,
    example: 'Eine Fachkraftstelle war nicht besetzt; ein Teilwiderruf ist beabsichtigt.',
  })
  reasons!: string;
  @DayField({ de: 'Äußerung erbeten bis', en: 'Answer asked for until', example: '2016-03-31' })
  dueOn!: CalendarDate;
}

export class AnswerHearingDto {
  @TextField({
    de: 'Was die Kommune zu dem sagt, was ihr vorgehalten wird',
    en: 'What the municipality says to what was put to it',
    source: '§ 28 Abs. 1 VwVfG NRW',
    max: 8000,
    multiline: true,
    example: 'Die Stelle wurde zum 1. Mai wieder besetzt.',
  })
  statement!: string;
}

export class CloseHearingDto {
  @TextField({
    de: 'Äußerung der Kommune, die auf anderem Weg einging; null, wenn sie selbst geantwortet oder sich nicht geäußert hat',
    en: 'What the municipality said in another way; null where it answered itself, or said nothing',
    max: 8000,
    multiline: true,
    nullable: true,
    example: 'Die Stelle wurde zum 1. Mai wieder besetzt.',
  })
  statement!: string | null;
}

export class AmendedPostDto {
  @IntegerField({ de: 'Nummer der Stelle', en: 'Place of the post', min: 1, max: 999, example: 1 })
  position!: number;
  @ChoiceField({ de: 'Art', en: 'Category', of: postCategories, example: 'specialist' })
  category!: PostCategory;
  @IntegerField({
    de: 'Umfang in Hundertsteln einer Vollzeitstelle',
    en: 'Hundredths of a full-time equivalent',
    min: 1,
    max: 10_000,
    example: 200,
  })
  fteHundredths!: number;
  @DayField({ de: 'Besetzt ab', en: 'Occupied from', example: '2016-01-01' }) occupiedFrom!: CalendarDate;
  @DayField({
    de: 'Erster Tag, an dem nicht mehr',
    en: 'First day no longer',
    example: '2017-01-01',
  })
  occupiedTo!: CalendarDate;
  @CentsField({
    de: 'Zuwendungsfähige Ausgaben im Jahr, wo die Richtlinie danach fragt',
    en: 'Eligible expenditure of the year, where the guideline asks',
    optional: true,
    nullable: true,
    example: null,
  })
  expenditureCents: Money | null = null;
}

export class NewAmountDto {
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
  @ChoiceField({ de: 'Quelle', en: 'Source', of: fundingSources, example: 'municipal' })
  source!: FundingSource;
  @CentsField({
    de: 'Was künftig gilt; bei Rücknahme und Widerruf: was übrig bleibt',
    en: 'What is to stand; for a withdrawal or revocation: what is left',
    example: 1_234_500,
  })
  amountCents!: Money;
}

class ActDto {
  @TextField({
    de: 'Aktenzeichen; im Programm und Jahr nur einmal',
    en: 'File number; once in a programme and year',
    max: 60,
    example: 'AZ-2016-0001-A1',
  })
  fileNumber!: string;
  @TextField({
    de: 'Begründung',
    en: 'Reasons',
    source: '§ 39 VwVfG NRW',
    max: 8000,
    multiline: true,
    example: 'Eine Stelle bleibt das ganze Jahr unbesetzt.',
  })
  reasons!: string;
  @FlagField({
    de: 'Der Bescheid enthält eine Rechtsbehelfsbelehrung; ohne sie dauert die Klagefrist ein Jahr',
    en: 'The notice tells of the remedy; without it the time to bring action is a year',
    source: '§ 58 VwGO',
  })
  remedyInformation!: boolean;
}

export class AmendDecisionDto extends ActDto {
  @ListField({
    de: 'Alle Stellen, wie sie künftig bewilligt sind; ohne Angabe bleiben sie',
    en: 'All posts as they are granted from now on; left out, they stay',
    of: AmendedPostDto,
    max: 100,
    optional: true,
    nullable: true,
    example: null,
  })
  posts: AmendedPostDto[] | null = null;
  @ListField({
    de: 'Geänderte Beträge; was das Land gibt, folgt aus den Stellen, wo sie genannt sind',
    en: 'Amounts changed; what the state gives follows from posts where those are stated',
    of: NewAmountDto,
    max: 100,
    optional: true,
  })
  amounts: NewAmountDto[] = [];
}

export class TakeBackDto extends ActDto {
  @ChoiceField({
    de: 'Grund; zum Widerruf gehören not_used_for_purpose und requirement_broken, zur Rücknahme die übrigen',
    en: 'Ground; not_used_for_purpose and requirement_broken belong to a revocation, the others to a withdrawal',
    of: grounds,
    example: 'requirement_broken',
  })
  ground!: Ground;
  @DayField({
    de: 'Tag, seit dem alle Tatsachen bekannt sind',
    en: 'Day since which all facts are known',
    source: '§ 48 Abs. 4 VwVfG NRW',
    example: '2016-03-31',
  })
  knownOn!: CalendarDate;
  @TextField({
    de: 'Warum die Kenntnis an diesem Tag vollständig war',
    en: 'Why knowledge was complete on that day',
    max: 8000,
    multiline: true,
    example: 'Mit Ablauf der Anhörungsfrist.',
  })
  knowledgeReasons!: string;
  @ListField({
    de: 'Was von einzelnen Beträgen bleibt; ohne Angabe bleibt vom Land nichts',
    en: "What is left of single amounts; left out, nothing of the state's is left",
    of: NewAmountDto,
    max: 100,
    optional: true,
    nullable: true,
    example: null,
  })
  amounts: NewAmountDto[] | null = null;
}

export class CaseGrantQuery {
  @DayField({
    de: 'Was an diesem Tag galt; ohne Angabe heute',
    en: 'What was in force on this day; today where it is left out',
    optional: true,
    example: '2016-12-31',
  })
  on: CalendarDate | null = null;
  @InstantField({
    de: 'Nach dem Stand, der zu diesem Zeitpunkt erfasst war; ohne Angabe dem jetzigen',
    en: 'As far as it was recorded at this instant; now where it is left out',
    optional: true,
    example: '2016-12-31T12:00:00Z',
  })
  knownAt: string | null = null;
}
