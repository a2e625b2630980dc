import { Money } from '../../kernel/money.js';
import type { DemoYear } from '../demo-year.js';
import { kiGuideline2012 } from './ki-guideline-2012.js';
import { kiGuideline2017, kiGuideline2018 } from './ki-guideline-2017.js';
import { candidates2016, publishedFigures2016 } from './published-figures-2016.js';

const euros = (amount: number): Money => Money.ofCents(amount * 100);

const others = { municipal: euros(19_600_000), thirdParty: euros(5_300_000) };
const PUBLISHED = 'Veröffentlichte landesweite Summe, nach Einwohnern auf die Zentren verteilt (Modell)';
const CARRIED_ON =
  'Landesweite Summe von 2016 fortgeschrieben (angenommen), nach Einwohnern verteilt (Modell)';

const first2016 = { asks: '2016-04-18', dueOn: '2016-05-01', paidOn: '2016-05-02', from: 0, to: 5_000 };
const second2016 = { asks: '2016-09-19', dueOn: '2016-10-01', paidOn: '2016-10-04', from: 5_000, to: 10_000 };
const settled2016 = { reports: '2017-03-20', examines: '2017-04-03', accepts: '2017-04-10' };

/** Most centres stood at the beginning of 2016; Borken and Steinfurt opened at the end of June. */
const year2016: DemoYear = {
  year: 2016,
  guideline: kiGuideline2012,
  moneyOn: '2016-01-04',
  appropriation: {
    amount: euros(10_000_000),
    reason: 'Haushaltsjahr 2016, Landesförderung der Kommunalen Integrationszentren',
    source:
      '„jährlich rund zehn Millionen Euro“, Presseinformation 90/2/2016; der Ansatz selbst ist angenommen',
  },
  allotment: { amount: euros(8_840_000), reason: '52 Zentren zu höchstens 170.000 Euro (angenommen)' },
  others: { ...others, origin: PUBLISHED },
  calendars: [
    {
      after: '2016-05-01',
      calendar: {
        ...{
          applies: '2016-05-17',
          checks: '2016-05-23',
          drafts: '2016-05-30',
          releases: '2016-06-06',
          waives: '2016-06-13',
        },
        instalments: [{ ...second2016, from: 0 }],
        ...settled2016,
      },
    },
    {
      after: null,
      calendar: {
        ...{
          applies: '2016-01-11',
          checks: '2016-01-18',
          drafts: '2016-01-25',
          releases: '2016-02-01',
          waives: '2016-02-08',
        },
        instalments: [first2016, second2016],
        ...settled2016,
      },
    },
  ],
  published: publishedFigures2016,
  candidates: candidates2016,
};

const settled2017 = { reports: '2018-03-19', examines: '2018-04-03', accepts: '2018-04-09' };

/** More posts, by a decree of April that held for the whole year; Viersen's centre stood by December. */
const year2017: DemoYear = {
  year: 2017,
  guideline: kiGuideline2017,
  moneyOn: '2017-04-18',
  appropriation: {
    amount: euros(20_000_000),
    reason: 'Haushaltsjahr 2017, Landesförderung der Kommunalen Integrationszentren',
    source: 'Keine Quelle; der Ansatz ist angenommen',
  },
  allotment: {
    amount: euros(16_000_000),
    reason: '53 Zentren zu höchstens 320.000 Euro (Kreise) oder 270.000 Euro (Städte) (angenommen)',
  },
  others: { ...others, origin: CARRIED_ON },
  calendars: [
    {
      after: '2017-10-01',
      calendar: {
        ...{
          applies: '2017-11-13',
          checks: '2017-11-20',
          drafts: '2017-11-24',
          releases: '2017-11-28',
          waives: '2017-12-01',
        },
        instalments: [{ asks: '2017-12-04', dueOn: '2017-12-11', paidOn: '2017-12-11', from: 0, to: 10_000 }],
        ...settled2017,
      },
    },
    {
      after: null,
      calendar: {
        ...{
          applies: '2017-04-26',
          checks: '2017-05-02',
          drafts: '2017-05-04',
          releases: '2017-05-08',
          waives: '2017-05-10',
        },
        instalments: [
          { asks: '2017-05-11', dueOn: '2017-05-15', paidOn: '2017-05-15', from: 0, to: 5_000 },
          { asks: '2017-09-18', dueOn: '2017-10-01', paidOn: '2017-10-04', from: 5_000, to: 10_000 },
        ],
        ...settled2017,
      },
    },
  ],
  published: [],
  candidates: [],
};

const settled2018 = { reports: '2019-03-18', examines: '2019-04-01', accepts: '2019-04-08' };

/** The last centre, in Kreis Kleve, opened in September. */
const year2018: DemoYear = {
  year: 2018,
  guideline: kiGuideline2018,
  moneyOn: '2018-01-08',
  appropriation: {
    amount: euros(20_000_000),
    reason: 'Haushaltsjahr 2018, Landesförderung der Kommunalen Integrationszentren',
    source: 'Keine Quelle; der Ansatz ist angenommen',
  },
  allotment: {
    amount: euros(16_500_000),
    reason: '54 Zentren zu höchstens 320.000 Euro (Kreise) oder 270.000 Euro (Städte) (angenommen)',
  },
  others: { ...others, origin: CARRIED_ON },
  calendars: [
    {
      after: '2018-05-01',
      calendar: {
        ...{
          applies: '2018-07-30',
          checks: '2018-08-06',
          drafts: '2018-08-13',
          releases: '2018-08-20',
          waives: '2018-08-27',
        },
        instalments: [{ asks: '2018-09-17', dueOn: '2018-10-01', paidOn: '2018-10-02', from: 0, to: 10_000 }],
        ...settled2018,
      },
    },
    {
      after: null,
      calendar: {
        ...{
          applies: '2018-01-15',
          checks: '2018-01-22',
          drafts: '2018-01-29',
          releases: '2018-02-05',
          waives: '2018-02-12',
        },
        instalments: [
          { asks: '2018-04-16', dueOn: '2018-05-01', paidOn: '2018-05-02', from: 0, to: 5_000 },
          { asks: '2018-09-17', dueOn: '2018-10-01', paidOn: '2018-10-02', from: 5_000, to: 10_000 },
        ],
        ...settled2018,
      },
    },
  ],
  published: [],
  candidates: [],
};

/** The demo's years, in the order in which they are played. */
export const demoYears: readonly DemoYear[] = [year2016, year2017, year2018];
