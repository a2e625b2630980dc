import type { ApplicationId, GuidelineVersionId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import { fundingSources, type FundingSource } from '../../financing/plan.rules.js';
import {
  CentsField,
  ChoiceField,
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
import type { Reckoning, YearReckoning } from './application-parts.service.js';

export class CalculationLineView {
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
  @IntegerField({ de: 'Stelle im Antrag', en: 'Post of the application', example: 1 }) position!: number;
  @ChoiceField({ de: 'Stellenart', en: 'Kind of post', of: postCategories, example: 'specialist' })
  category!: PostCategory;
  @ChoiceField({ de: 'Quelle', en: 'Source', of: fundingSources, example: 'state_integration' })
  source!: FundingSource;
  @FlagField({ de: 'Unbar', en: 'In kind', example: false }) inKind!: boolean;
  @CentsField({ de: 'Betrag', en: 'Amount', example: 15_000_000 }) amountCents!: Money;
}

export class CalculationTotalView {
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
  @ChoiceField({ de: 'Quelle', en: 'Source', of: fundingSources, example: 'state_integration' })
  source!: FundingSource;
  @FlagField({ de: 'Unbar', en: 'In kind', example: false }) inKind!: boolean;
  @CentsField({ de: 'Nach der Richtlinie', en: 'By the guideline', example: 17_000_000 }) amountCents!: Money;
  @CentsField({ de: 'Im Finanzierungsplan', en: 'In the financing plan', example: 17_000_000 })
  plannedCents!: Money;
}

/** One funding year: which guideline governs it, and how far the money reaches. */
export class CalculationYearView {
  @YearField({ de: 'Haushaltsjahr', en: 'Funding year', example: 2016 }) fundingYear!: number;
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

  static of({ fundingYear, version, funding }: YearReckoning): CalculationYearView {
    const { derivation, coverage } = funding ?? { derivation: [], coverage: null };
    return {
      fundingYear,
      guidelineVersionId: version?.id ?? null,
      guidelineTitle: version?.title ?? null,
      coverage: coverage === null ? null : CoverageView.of(coverage),
      explanation: explain(derivation).map((sentence) => WordsView.of(sentence)),
      derivation: derivation.map((step) => DerivationStepView.of(step)),
    };
  }
}

export class CalculationView {
  @IdField({ de: 'Antrag', en: 'Application' }) applicationId!: ApplicationId;
  @ListField({ de: 'Je Haushaltsjahr', en: 'Per funding year', of: CalculationYearView })
  years!: CalculationYearView[];
  @ListField({ de: 'Je Jahr und Stelle', en: 'Per year and post', of: CalculationLineView, max: 1000 })
  lines!: CalculationLineView[];
  @ListField({ de: 'Je Jahr und Quelle', en: 'Per year and source', of: CalculationTotalView })
  totals!: CalculationTotalView[];
  @ListField({
    de: 'Alle Einwände, die einer Einreichung jetzt entgegenstünden',
    en: 'Every objection to submitting it now',
    of: ObjectionView,
    max: 1000,
  })
  objections!: ObjectionView[];

  static of({ application, plan, years, objections }: Reckoning): CalculationView {
    const planned = (source: FundingSource, of: number) =>
      plan.find((share) => share.source === source && share.fundingYear === of)?.amount ?? Money.zero;
    return {
      applicationId: application.id,
      years: years.map((one) => CalculationYearView.of(one)),
      lines: years.flatMap(({ fundingYear, funding }) =>
        (funding?.lines ?? []).map(({ key, category, source, inKind, amount }) => ({
          ...{ fundingYear, position: Number(key), category, source, inKind, amountCents: amount },
        })),
      ),
      totals: years.flatMap(({ fundingYear, funding }) =>
        (funding?.totals ?? []).map(({ source, inKind, amount }) => ({
          ...{ fundingYear, source, inKind, amountCents: amount, plannedCents: planned(source, fundingYear) },
        })),
      ),
      objections: objections.map((objection) => ObjectionView.of(objection)),
    };
  }
}
