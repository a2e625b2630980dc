import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../../kernel/calendar-date.js';
import {
  answerHindrance,
  hearingToAnswer,
  judgeHearing,
  judgeHearingEnd,
  judgeWeighing,
} from './hearing.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const codes = (found: readonly { code: string }[]) => found.map(({ code }) => code);
const today = day('2016-06-01');
const silent = { dueOn: today, answeredOn: null, statement: null };
const answered = { dueOn: today, answeredOn: today, statement: 'Nein.' };

describe('a hearing', () => {
  it('gives at least a day, and takes silence only after the day due', () => {
    expect(codes(judgeHearing(today, today))).toEqual(['hearing-without-time']);
    expect(judgeHearing(today.plusDays(1), today)).toEqual([]);
    expect(codes(judgeHearingEnd(silent, null, today))).toEqual(['hearing-still-runs']);
    expect(judgeHearingEnd(silent, null, today.plusDays(1))).toEqual([]);
    expect(judgeHearingEnd(silent, 'Nein.', today.plusDays(-5))).toEqual([]);
  });

  it.each([
    ['a Friday', '2016-04-08', '2016-04-08'],
    ['a Saturday', '2016-04-09', '2016-04-11'],
    ['Good Friday', '2016-03-25', '2016-03-29'],
    ['Easter Monday', '2016-03-28', '2016-03-29'],
  ])('waits for an answer due on %s, %s, until %s', (_, dueOn, until) => {
    const [objection, ...rest] = judgeHearingEnd({ ...silent, dueOn: day(dueOn) }, null, day(until));
    expect([objection?.detail.en, rest]).toEqual([`The municipality can still answer until ${until}.`, []]);
    expect(judgeHearingEnd({ ...silent, dueOn: day(dueOn) }, null, day(until).plusDays(1))).toEqual([]);
  });

  it('that was answered is closed at once, with the words of the recipient and no others', () => {
    expect(judgeHearingEnd(answered, null, today.plusDays(-5))).toEqual([]);
    expect(codes(judgeHearingEnd(answered, 'Doch.', today))).toEqual(['answered-by-itself']);
  });

  it('is answered once, and until what it was about has been made known', () => {
    expect(answerHindrance(silent, false)).toBeNull();
    expect(answerHindrance(null, false)?.de).toContain('keine Anhörung');
    expect(answerHindrance(answered, false)?.de).toContain('Die Anhörung ist schon beantwortet');
    expect(answerHindrance({ ...answered, answeredOn: null }, false)?.en).toContain('answered already');
    expect(answerHindrance(silent, true)?.de).toContain('gegen ihn ist die Klage möglich');
  });

  it('is weighed before the notice, also where the answer came after the release', () => {
    expect(codes(judgeWeighing(true, false))).toEqual(['answer-to-weigh']);
    expect([judgeWeighing(true, true), judgeWeighing(false, false)]).toEqual([[], []]);
  });

  it('is not buried by another about something else', () => {
    const [revocation, withdrawal] = [
      { ...silent, purpose: 'revocation' },
      { ...silent, purpose: 'withdrawal' },
    ];
    const said = { ...answered, purpose: 'withdrawal' };
    const none = () => false;
    expect(hearingToAnswer([], none)).toBeNull();
    expect(hearingToAnswer([revocation, withdrawal], none)).toBe(withdrawal);
    expect(hearingToAnswer([revocation, said], none)).toBe(revocation);
    // What was asked anew is answered anew; and an act that has been made known is past answering.
    expect(hearingToAnswer([withdrawal, said], none)).toBe(said);
    expect(hearingToAnswer([revocation, said], (one) => one === revocation)).toBe(said);
  });
});
