import { describe, expect, it } from '@jest/globals';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { Failure } from '../../kernel/failure.js';
import type { FundingYear } from '../../kernel/funding-year.js';
import { newId } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import {
  CentsField,
  ChoiceField,
  DayField,
  FlagField,
  InstantField,
  IntegerField,
  ListField,
  ObjectField,
  TextField,
  YearField,
} from './fields.js';
import { id as idKind } from './kinds.js';
import { validated } from './validation.js';

class PostItem {
  @IntegerField({ de: 'Stellenanteil', en: 'share of a post', unit: 'FTE/100', max: 10_000, example: 100 })
  fteHundredths!: number;
}

class DraftDto {
  @CentsField({ de: 'Betrag', en: 'amount', example: 17_000_000 })
  amountCents!: Money;

  @YearField({ de: 'Haushaltsjahr', en: 'funding year', example: 2026 })
  year!: FundingYear;

  @DayField({ de: 'Beginn', en: 'start', example: '2026-01-01' })
  startsOn!: CalendarDate;

  @TextField({ de: 'Zweck', en: 'purpose', max: 40, example: 'Sprachförderung' })
  purpose!: string;

  @ChoiceField({ de: 'Art', en: 'kind', of: ['kreis', 'stadt'], example: 'kreis' })
  kind!: string;

  @ListField({ de: 'Stellen', en: 'posts', of: PostItem, max: 3 })
  posts!: PostItem[];

  @ListField({ de: 'Anlagen', en: 'attachments', of: idKind(), optional: true, unique: true })
  attachmentIds: string[] = [];

  @FlagField({ de: 'Eilig', en: 'urgent', optional: true })
  urgent = false;

  @InstantField({ de: 'Gesehen', en: 'seen', optional: true })
  seenAt: string | null = null;

  @ObjectField({ de: 'Leitung', en: 'head', of: PostItem, optional: true })
  head: PostItem | null = null;

  @TextField({ de: 'Bemerkung', en: 'note', nullable: true, optional: true, multiline: true })
  note: string | null = null;
}

const draft = {
  amountCents: 17_000_000,
  year: 2026,
  startsOn: '2026-01-01',
  purpose: '  Sprachförderung ',
  kind: 'kreis',
  posts: [{ fteHundredths: 100 }],
};

const thingId = newId();

function objections(body: unknown): string[] {
  try {
    validated(DraftDto, body, 'body');
    return [];
  } catch (failure) {
    if (!(failure instanceof Failure)) throw failure;
    return failure.violations.map((one) => `${one.pointer ?? '-'} ${one.code}`);
  }
}

describe('the fields of a body', () => {
  it.each([
    ['an unknown field', { ...draft, surprise: 1 }, '/surprise unknown-field'],
    ['a text for an amount', { ...draft, amountCents: '100' }, '/amountCents not-an-integer'],
    ['a negative amount', { ...draft, amountCents: -1 }, '/amountCents too-small'],
    ['a fraction of a cent', { ...draft, amountCents: 0.5 }, '/amountCents not-an-integer'],
    ['more than JSON carries exactly', { ...draft, amountCents: 2 ** 53 }, '/amountCents too-large'],
    ['far more than that', { ...draft, amountCents: 1e300 }, '/amountCents too-large'],
    ['a list for an amount', { ...draft, amountCents: [1] }, '/amountCents not-an-integer'],
    ['an object for an amount', { ...draft, amountCents: { cents: 1 } }, '/amountCents not-an-integer'],
    ['the year 1800', { ...draft, year: 1800 }, '/year year-out-of-range'],
    ['the year 2101', { ...draft, year: 2101 }, '/year year-out-of-range'],
    ['a day that does not exist', { ...draft, startsOn: '2026-02-30' }, '/startsOn not-a-day'],
    ['a day too early', { ...draft, startsOn: '1989-12-31' }, '/startsOn day-out-of-range'],
    ['blanks only', { ...draft, purpose: '   ' }, '/purpose too-short'],
    ['spaces of no width only', { ...draft, purpose: '\u200b\u200b' }, '/purpose too-short'],
    ['41 of 40 characters', { ...draft, purpose: 'x'.repeat(41) }, '/purpose too-long'],
    ['a control character', { ...draft, purpose: 'a\u0007b' }, '/purpose control-character'],
    ['a hidden change of direction', { ...draft, purpose: 'a\u202eb' }, '/purpose control-character'],
    ['an unknown choice', { ...draft, kind: 'land' }, '/kind not-a-choice'],
    ['a name of Object as choice', { ...draft, kind: 'constructor' }, '/kind not-a-choice'],
    ['null for a required field', { ...draft, kind: null }, '/kind null-not-allowed'],
    ['null for an optional field', { ...draft, head: null }, '/head null-not-allowed'],
    ['a list that is none', { ...draft, posts: { 0: {} } }, '/posts not-a-list'],
    ['a null in a list of objects', { ...draft, posts: [null] }, '/posts/0 not-an-object'],
    [
      'a list in a list of objects',
      { ...draft, posts: [{ fteHundredths: 1 }, []] },
      '/posts/1 not-an-object',
    ],
    ['too many items', { ...draft, posts: Array(4).fill({ fteHundredths: 1 }) }, '/posts too-many-items'],
    [
      'a fault within an item',
      { ...draft, posts: [{ fteHundredths: 1 }, { fteHundredths: 1.5 }] },
      '/posts/1/fteHundredths not-an-integer',
    ],
    [
      'an unknown field within an item',
      { ...draft, posts: [{ fteHundredths: 1, 'a/b~': 2 }] },
      '/posts/0/a~1b~0 unknown-field',
    ],
    ['a list for an object', { ...draft, head: [] }, '/head not-an-object'],
    ['a text for an object', { ...draft, head: 'x' }, '/head not-an-object'],
    ['one bad id in a list', { ...draft, attachmentIds: [newId(), 'x'] }, '/attachmentIds/1 not-an-id'],
    [
      'an id twice',
      { ...draft, attachmentIds: [thingId, thingId.toUpperCase()] },
      '/attachmentIds repeated-item',
    ],
    ['a flag in words', { ...draft, urgent: 'true' }, '/urgent not-a-flag'],
    ['an instant without zone', { ...draft, seenAt: '2026-01-01T00:00:00' }, '/seenAt not-an-instant'],
    [
      'an instant that does not exist',
      { ...draft, seenAt: '2026-02-30T00:00:00Z' },
      '/seenAt not-an-instant',
    ],
  ])('refuses %s', (_what, body, objection) => {
    expect(objections(body)).toEqual([objection]);
  });

  it('answers all objections at once', () => {
    expect(objections({})).toEqual(
      ['amountCents', 'year', 'startsOn', 'purpose', 'kind', 'posts'].map((name) => `/${name} required`),
    );
  });

  it('become live values', () => {
    const dto = validated(
      DraftDto,
      { ...draft, seenAt: '2026-01-01T01:00:00+01:00', amountCents: Number.MAX_SAFE_INTEGER },
      'body',
    );
    expect(dto.amountCents).toEqual(Money.ofCents(Number.MAX_SAFE_INTEGER));
    expect(dto.startsOn.plusDays(1).toString()).toBe('2026-01-02');
    expect(dto.posts[0]).toBeInstanceOf(PostItem);
    expect(dto).toMatchObject({
      purpose: 'Sprachförderung',
      seenAt: '2026-01-01T00:00:00Z',
      head: null,
      urgent: false,
      attachmentIds: [],
    });
  });

  it('may be left out or null where they say so', () => {
    const dto = validated(
      DraftDto,
      { ...draft, note: null, head: { fteHundredths: -0 }, attachmentIds: [thingId.toUpperCase()] },
      'body',
    );
    expect(dto).toMatchObject({ note: null, head: { fteHundredths: 0 }, attachmentIds: [thingId] });
    expect(validated(DraftDto, { ...draft, note: ' a\r\n\tb ' }, 'body').note).toBe('a\n\tb');
  });
});
