import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import { canonicalBytes } from '../../kernel/canonical-json.js';
import {
  newId,
  type ApplicationId,
  type CallId,
  type CaseId,
  type CentreId,
  type RecipientId,
} from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import { frozenSubmission, submittedContent } from './submitted-content.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);

describe('a frozen submission', () => {
  it('is read back as what was asked for', () => {
    const content = {
      ...{ periodFrom: day('2016-02-12'), periodTo: day('2017-01-01') },
      posts: [
        {
          ...{ position: 1, category: 'specialist' as const, fteHundredths: 300 },
          ...{ occupiedFrom: day('2016-02-12'), occupiedTo: day('2017-01-01') },
          expectedExpenditure: Money.ofCents(5_400_000),
        },
        {
          ...{ position: 2, category: 'teacher' as const, fteHundredths: 200 },
          ...{ occupiedFrom: day('2016-03-01'), occupiedTo: day('2016-12-01') },
          expectedExpenditure: null,
        },
      ],
      measures: [
        {
          ...{ kind: 'measure' as const, text: 'Fachtage', fundingYear: 2017, units: 2 },
          expectedExpenditure: Money.ofCents(300_000),
        },
        {
          ...{ kind: 'material' as const, text: 'Büro', fundingYear: 2016, units: null },
          expectedExpenditure: Money.ofCents(100_000),
        },
      ],
      plan: [
        {
          ...{ fundingYear: 2016, source: 'state_integration' as const, amount: Money.ofCents(1) },
          ...{ modelled: false, origin: null },
        },
        {
          ...{ fundingYear: 2017, source: 'municipal' as const, amount: Money.ofCents(2) },
          ...{ modelled: true, origin: 'Modell' },
        },
      ],
    };
    const application = {
      ...{ id: newId<ApplicationId>(), caseId: newId<CaseId>(), centreId: newId<CentreId>() },
      ...{
        recipientId: newId<RecipientId>(),
        callId: newId<CallId>(),
        programme: 'KI' as const,
        fundingYear: 2016,
      },
      ...{ periodFrom: content.periodFrom, periodTo: content.periodTo },
    };
    const frozen = frozenSubmission(application, content, { attached: [], years: [] });
    expect(submittedContent(Buffer.from(canonicalBytes(frozen)).toString('utf8'))).toEqual(content);
  });

  it('of the time when an application had one year is still read: its plan is for that year', () => {
    const content = JSON.stringify({
      application: { fundingYear: 2016, periodFrom: '2016-02-12', periodTo: '2017-01-01' },
      posts: [],
      financingPlan: [{ source: 'municipal', amountCents: 2, modelled: false, origin: null }],
      calculation: { guidelineVersionId: null, lines: [], totals: [] },
    });
    expect(submittedContent(content).measures).toEqual([]);
    expect(submittedContent(content).plan).toEqual([
      { fundingYear: 2016, source: 'municipal', amount: Money.ofCents(2), modelled: false, origin: null },
    ]);
  });
});
