import type { GuidelineVersionId } from '../kernel/ids.js';
import type { Money } from '../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  IdField,
  IntegerField,
  ListField,
  ObjectField,
  YearField,
} from '../platform/http/fields.js';
import { DraftGuidelineDto } from '../programmes/guideline.dto.js';
import { postCategories, type PostCategory } from '../programmes/guideline.rules.js';
import { postBases, type PostBasis } from './simulation.rules.js';
import type { SimulationWishes } from './simulation.service.js';

export class ExpectedCostDto {
  @ChoiceField({ de: 'Stellenart', en: 'Category of post', of: postCategories, example: 'specialist' })
  category!: PostCategory;
  @CentsField({
    de: 'Erwartete Ausgaben je Vollzeitstelle und Jahr',
    en: 'Expected expenditure per full post and year',
    example: 6_000_000,
  })
  amountCents!: Money;
  @YearField({ de: 'Jahr, für das der Betrag gilt', en: 'Year the amount is stated for', example: 2016 })
  fundingYear!: number;
  @IntegerField({
    de: 'Steigerung von Jahr zu Jahr',
    en: 'rise from one year to the next',
    unit: '1/100 %',
    max: 10_000,
    optional: true,
    example: 250,
  })
  yearlyRiseHundredths: number = 0;
}

export class SimulationDto {
  @IdField({
    de: 'Erfasste Fassung; null, wenn ein Entwurf mitgegeben wird',
    en: 'Recorded version; null where a draft comes along',
    optional: true,
    nullable: true,
    example: null,
  })
  guidelineId: GuidelineVersionId | null = null;
  @ObjectField({
    de: 'Entwurf, der nirgends gespeichert wird; null, wenn eine Fassung genannt ist',
    en: 'Draft that is stored nowhere; null where a version is named',
    optional: true,
    nullable: true,
    of: DraftGuidelineDto,
  })
  draft: DraftGuidelineDto | null = null;
  @YearField({ de: 'Erstes Haushaltsjahr', en: 'First funding year', example: 2016 }) fromYear!: number;
  @YearField({ de: 'Letztes Haushaltsjahr', en: 'Last funding year', example: 2016 }) toYear!: number;
  @ChoiceField({
    de: 'Stellen: wie erfasst (recorded) oder alle, die die jeweilige Fassung fördert (funded)',
    en: 'Posts: as recorded, or all that each version funds (funded)',
    of: postBases,
    optional: true,
    example: 'recorded',
  })
  posts: PostBasis = 'recorded';
  @ListField({
    de: 'Erwartete Ausgaben je Stellenart; ohne sie gilt, was eine Fassung höchstens gibt',
    en: 'Expected expenditure by category; without it the most a version gives counts',
    of: ExpectedCostDto,
    max: 3,
    optional: true,
    example: [],
  })
  costs: ExpectedCostDto[] = [];

  toWishes(): SimulationWishes {
    const { guidelineId, draft, fromYear, toYear, posts, costs } = this;
    return {
      ...{ guidelineId, draft: draft?.toDraft() ?? null, fromYear, toYear, basis: posts },
      costs: costs.map(({ amountCents, ...cost }) => ({ ...cost, amount: amountCents })),
    };
  }
}
