import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { Money } from '../../kernel/money.js';
import type { PlacedPost } from '../application/application.rules.js';
import { explain } from '../explanation.rules.js';
import { cutSteps } from './partial-grant.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const post = (position: number, fteHundredths: number, from = '2016-01-01'): PlacedPost => ({
  ...{ position, category: position === 1 ? 'specialist' : 'assistant', fteHundredths },
  ...{ occupiedFrom: day(from), occupiedTo: day('2017-01-01') },
});

describe('a partial grant', () => {
  it('says what was asked for, what of it is granted, and what is not', () => {
    const steps = cutSteps({
      asked: [post(1, 300), post(2, 50)],
      granted: [post(1, 200, '2016-03-01')],
      plan: [{ fundingYear: 2016, source: 'state_integration', amount: Money.ofCents(17_000_000) }],
      years: [
        {
          fundingYear: 2016,
          totals: [{ source: 'state_integration', inKind: false, amount: Money.ofCents(8_360_656) }],
        },
      ],
    });
    expect(explain(steps).map(({ de }) => de)).toEqual([
      'Stelle 1, Fachkraft: beantragt 3,00 VZÄ (01.01.2016 bis einschließlich 31.12.2016), bewilligt 2,00 VZÄ (01.03.2016 bis einschließlich 31.12.2016)',
      'Stelle 2, Verwaltungsassistenz: beantragt 0,50 VZÄ (01.01.2016 bis einschließlich 31.12.2016), bewilligt nichts',
      'Land (Integrationsministerium): beantragt 170.000,00 EUR, bewilligt 83.606,56 EUR, nicht bewilligt 86.393,44 EUR',
    ]);
    expect(steps.map(({ result }) => result)).toEqual(['100', '50', '8639344']);
  });
});
