import { describe, expect, it } from '@jest/globals';
import { CalendarDate } from '../kernel/calendar-date.js';
import { newId } from '../kernel/ids.js';
import { Period } from '../kernel/period.js';
import { canonicalPseudonym, judgeOccupancy, type Claim, type Seat } from './occupancy.rules.js';
import { judgeAbolition, judgeChange, judgeNewPost } from './post.rules.js';
import { fte, type NewPost, type Phase, type Post } from './staffing.rules.js';

const day = (iso: string) => CalendarDate.parse(iso);
const first: Phase = {
  from: day('2016-01-01'),
  to: null,
  category: 'specialist',
  fteHundredths: 100,
  funder: 'integration_ministry',
};
const post = (changes: Partial<Post> = {}): Post => ({
  id: newId(),
  centreId: newId(),
  programme: 'KI',
  number: 'KI-01',
  establishedOn: day('2016-01-01'),
  abolishedOn: null,
  phases: [first],
  version: 1,
  ...changes,
});
const claim = (changes: Partial<Claim> = {}): Claim => ({
  occupiedFrom: day('2016-06-01'),
  occupiedTo: null,
  fteHundredths: 50,
  pseudonym: 'P-4711',
  ...changes,
});
const seat = (changes: Partial<Seat> = {}): Seat => ({
  post: post(),
  standing: [],
  closedOn: null,
  doubleFunded: false,
  ...changes,
});
const codes = (violations: readonly { code: string }[]) => violations.map(({ code }) => code);
const sits = (from: string, to: string | null, fteHundredths: number) => ({
  period: Period.of(day(from), to === null ? null : day(to)),
  fteHundredths,
});

describe('an occupancy', () => {
  it('shares a post with others up to its size on every day', () => {
    expect(judgeOccupancy(claim(), seat({ standing: [sits('2016-01-01', null, 50)] }))).toEqual([]);
    const crowded = judgeOccupancy(
      claim({ fteHundredths: 51 }),
      seat({ standing: [sits('2016-01-01', null, 50)] }),
    );
    expect(crowded).toMatchObject([
      { code: 'occupied-beyond-fte', basis: 'Nr. 5.4.1.1 KI-Richtlinie', pointer: '/fteHundredths' },
    ]);
    expect(crowded[0]?.detail.de).toBe('Am 01.06.2016 wären 1,01 von 1,00 VZÄ der Stelle besetzt.');
  });

  it('may follow on the very day another ends, not the day before', () => {
    const standing = [sits('2016-01-01', '2016-06-01', 100)];
    expect(judgeOccupancy(claim({ fteHundredths: 100 }), seat({ standing }))).toEqual([]);
    expect(codes(judgeOccupancy(claim({ occupiedFrom: day('2016-05-31') }), seat({ standing })))).toEqual([
      'occupied-beyond-fte',
    ]);
  });

  it('is measured against the post as it is on each day', () => {
    const half = [
      { ...first, to: day('2016-07-01') },
      { ...first, from: day('2016-07-01'), fteHundredths: 50 },
    ];
    const objections = judgeOccupancy(claim({ fteHundredths: 100 }), seat({ post: post({ phases: half }) }));
    expect(objections[0]?.detail.en).toBe('On 2016-07-01 1.00 of 0.50 FTE of the post would be occupied.');
    const ends = claim({ fteHundredths: 100, occupiedTo: day('2016-07-01') });
    expect(judgeOccupancy(ends, seat({ post: post({ phases: half }) }))).toEqual([]);
  });

  it('does not end before it starts, nor on that day', () => {
    for (const end of ['2016-05-31', '2016-06-01']) {
      expect(codes(judgeOccupancy(claim({ occupiedTo: day(end) }), seat()))).toEqual(['end-before-start']);
    }
    expect(judgeOccupancy(claim({ occupiedTo: day('2016-06-02') }), seat())).toEqual([]);
  });

  it.each([-50, 0])('of %s hundredths is none', (fteHundredths) => {
    expect(codes(judgeOccupancy(claim({ fteHundredths }), seat()))).toEqual(['fte-not-positive']);
  });

  it('stays within the life of its post and of its centre', () => {
    const abolished = post({ abolishedOn: day('2016-09-01'), phases: [{ ...first, to: day('2016-09-01') }] });
    expect(codes(judgeOccupancy(claim(), seat({ post: abolished })))).toEqual(['post-abolished']);
    const until = claim({ occupiedTo: day('2016-09-01') });
    expect(judgeOccupancy(until, seat({ post: abolished, closedOn: day('2016-09-01') }))).toEqual([]);
    expect(judgeOccupancy(until, seat({ closedOn: day('2016-08-31') }))).toMatchObject([
      { code: 'centre-closed', basis: '§ 8 TIntG NRW' },
    ]);
    expect(codes(judgeOccupancy(claim({ occupiedFrom: day('2015-12-31') }), seat()))).toEqual([
      'post-not-yet-established',
    ]);
  });

  it('of somebody who already fills a post elsewhere is refused without a word about where', () => {
    const [objection] = judgeOccupancy(claim(), seat({ doubleFunded: true }));
    expect(objection).toMatchObject({
      code: 'double-funding',
      basis: '§ 9 Abs. 4 TIntG NRW',
      pointer: '/pseudonym',
    });
  });

  it('names nobody: a name is no pseudonym', () => {
    for (const pseudonym of ['Erika Mustermann', 'Muster1', 'P-47', '4711/08']) {
      expect(codes(judgeOccupancy(claim({ pseudonym }), seat()))).toEqual(['pseudonym-form']);
    }
    expect(canonicalPseudonym(' p-47 11')).toBe('P-4711');
  });

  it('hears every objection at once', () => {
    const bad = claim({ fteHundredths: 150, occupiedFrom: day('2015-01-01'), pseudonym: 'Erika' });
    expect(codes(judgeOccupancy(bad, seat({ closedOn: day('2017-01-01'), doubleFunded: true })))).toEqual([
      'more-than-one-full-post',
      'pseudonym-form',
      'post-not-yet-established',
      'centre-closed',
      'occupied-beyond-fte',
      'double-funding',
    ]);
  });
});

describe('a post', () => {
  const wanted: NewPost = {
    ...first,
    centreId: newId(),
    programme: 'KI',
    number: 'KI-02',
    from: day('2017-01-01'),
  };

  it('is established by the ministry that funds it', () => {
    expect(judgeNewPost(wanted, 'ministry', null)).toEqual([]);
    expect(codes(judgeNewPost(wanted, 'school_ministry', null))).toEqual(['not-this-ministry']);
    const teacher = { ...wanted, category: 'teacher' as const };
    expect(codes(judgeNewPost(teacher, 'ministry', null))).toEqual(['teachers-are-seconded']);
    expect(judgeNewPost({ ...teacher, funder: 'school_ministry' }, 'school_ministry', null)).toEqual([]);
  });

  it('is not established at a closed centre, and has a size', () => {
    const bad = { ...wanted, fteHundredths: -50 };
    expect(codes(judgeNewPost(bad, 'ministry', day('2017-01-01')))).toEqual([
      'fte-not-positive',
      'centre-closed',
    ]);
    expect(judgeNewPost(wanted, 'ministry', day('2017-01-02'))).toEqual([]);
  });

  it('does not shrink below what is occupied, on the day or later', () => {
    const occupied = [
      { from: day('2016-01-01'), fteHundredths: 100 },
      { from: day('2016-06-01'), fteHundredths: 50 },
    ];
    const half = { ...first, fteHundredths: 50, from: day('2016-05-31') };
    expect(codes(judgeChange(post(), half, occupied, 'ministry'))).toEqual(['occupied-beyond-fte']);
    expect(judgeChange(post(), { ...half, from: day('2016-06-01') }, occupied, 'ministry')).toEqual([]);
    expect(codes(judgeChange(post(), { ...first, from: day('2015-12-31') }, [], 'ministry'))).toEqual([
      'change-in-the-past',
    ]);
  });

  it('is abolished when nobody sits on it any more', () => {
    const occupied = [
      { from: day('2016-01-01'), fteHundredths: 100 },
      { from: day('2016-07-01'), fteHundredths: 0 },
    ];
    expect(codes(judgeAbolition(post(), day('2016-06-30'), occupied, 'ministry'))).toEqual([
      'still-occupied',
    ]);
    expect(judgeAbolition(post(), day('2016-07-01'), occupied, 'ministry')).toEqual([]);
    expect(codes(judgeAbolition(post(), day('2016-01-01'), [], 'ministry'))).toEqual(['end-before-start']);
  });

  it('shows its size with two decimals', () => {
    expect([fte(50, 'de'), fte(5, 'en'), fte(350, 'de')]).toEqual(['0,50', '0.05', '3,50']);
  });
});
