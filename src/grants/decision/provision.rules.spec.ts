import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import type { Provision } from '../../programmes/guideline.rules.js';
import type { DecisionKind } from './decision.rules.js';
import { judgeProvisions, printedProvisions, type WantedProvisions } from './provision.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const provision = (code: string, changes: Partial<Provision> = {}): Provision => ({
  ...{ code, reach: 'special', provision: code, textDe: code, textEn: code, source: 'Erlass' },
  ...{ confidence: 'assumed', validFrom: day('2016-01-01'), validTo: day('2017-01-01') },
  ...changes,
});
const catalogue = [
  provision('always', { reach: 'general' }),
  provision('report'),
  provision('later', { validFrom: day('2016-07-01') }),
];
const further = { text: 'Es ist zu berichten.', reason: 'Die Leitung fehlt.' };

describe('the provisions a draft chooses', () => {
  const faults = (codes: string[], kind: DecisionKind = 'grant', changes: Partial<WantedProvisions> = {}) =>
    judgeProvisions(
      { chosen: codes.map((code) => ({ code })), further: null, ...changes },
      { kind, catalogue, on: day('2016-06-30') },
    ).map(({ code, pointer }) => `${code} ${pointer ?? ''}`);

  it.each<[string, string[], string[]]>([
    ['a special one in force', ['report'], []],
    ['an unknown one', ['report', 'nowhere'], ['provision-unknown /provisions/1/code']],
    ['one that begins the day after', ['later'], ['provision-not-in-force /provisions/0/code']],
    ['a general one', ['always'], ['provision-general /provisions/0/code']],
    ['one twice', ['report', 'report'], ['provision-chosen-twice /provisions/1/code']],
  ])('%s', (_, codes, expected) => {
    expect(faults(codes)).toEqual(expected);
  });

  it('go with a grant and with no refusal', () => {
    expect(faults(['report'], 'partial_grant', { further })).toEqual([]);
    expect(faults(['report'], 'refusal', { further })).toEqual([
      'provision-without-grant /provisions',
      'provision-without-grant /furtherProvision',
    ]);
  });
});

describe('the provisions a notice prints', () => {
  const frozen = catalogue.map(({ validFrom, validTo, ...one }) => ({
    ...{ ...one, validFrom: validFrom.toString(), validTo: validTo?.toString() ?? null },
  }));
  const codes = (on: string, chosen: string[]) =>
    printedProvisions(frozen, { on, chosen, further: null }).map((one) => one.provision);

  it('are the general ones in force and the special ones chosen', () => {
    expect(codes('2016-06-30', [])).toEqual(['always']);
    expect(codes('2016-06-30', ['report', 'later'])).toEqual(['always', 'report']);
    expect(codes('2017-01-01', ['report'])).toEqual([]);
  });

  it('are all of them where a decision was frozen before one could choose', () => {
    const early = [{ provision: 'ANBest-G', textDe: 'Nachweis' }];
    expect(printedProvisions(early, null)).toEqual(early);
    const choice = { on: '2016-06-30', chosen: [], further: null };
    expect(printedProvisions(early, choice)).toEqual(early);
  });
});
