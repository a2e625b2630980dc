import type { Money } from '../kernel/money.js';
import { CentsField } from '../platform/http/fields.js';
import type { Coverage } from '../programmes/funding-facts.rules.js';

/** How far the state's money reaches, and what is left to the municipality. */
export class CoverageView {
  @CentsField({
    de: 'Höchstbetrag nach den Sätzen für diese Stellen und Zeiten',
    en: 'The most the rates give for these posts and times',
    example: 5_500_000,
  })
  ceilingCents!: Money;
  @CentsField({
    de: 'Ausgaben der geförderten Stellen',
    en: 'Expenditure on the funded posts',
    example: 6_100_000,
  })
  expenditureCents!: Money;
  @CentsField({ de: 'Davon tragen Dritte', en: 'Borne by third parties', example: 0 })
  thirdPartyCents!: Money;
  @CentsField({ de: 'Zuwendung in Geld', en: 'Grant in money', example: 5_500_000 }) grantCents!: Money;
  @CentsField({
    de: 'Ausgaben über dem Höchstbetrag',
    en: 'Expenditure beyond the ceiling',
    example: 600_000,
  })
  shortfallCents!: Money;
  @CentsField({
    de: 'Eigenanteil: was weder Land noch Dritte tragen',
    en: 'Own gap: what neither the state nor third parties bear',
    example: 600_000,
  })
  gapCents!: Money;

  static of({ ceiling, expenditure, thirdParty, grant, shortfall, gap }: Coverage): CoverageView {
    return {
      ...{ ceilingCents: ceiling, expenditureCents: expenditure, thirdPartyCents: thirdParty },
      ...{ grantCents: grant, shortfallCents: shortfall, gapCents: gap },
    };
  }
}
