import { describe, expect, it } from '@jest/globals';
import { judgeDeviations, standingOpinions, type Opinion, type OpiningOffice } from './opinion.rules.js';

const said = (office: OpiningOffice, opinion: Opinion, submission = 1) => ({ office, opinion, submission });
const deviation = (office: OpiningOffice) => ({ office, reason: 'Der Bedarf ist belegt.' });
const codes = (...judged: Parameters<typeof judgeDeviations>) =>
  judgeDeviations(...judged).map(({ code, pointer }) => [code, pointer]);

describe('technical opinions', () => {
  it('stand as each office last said, on this submission only', () => {
    const stated = [
      said('ministry', 'unfavourable'),
      said('school_ministry', 'favourable', 2),
      said('ministry', 'with_conditions', 2),
      said('ministry', 'unfavourable', 2),
    ];
    expect(standingOpinions(stated, 2)).toEqual([stated[1], stated[3]]);
    expect(standingOpinions(stated, 1)).toEqual([stated[0]]);
    expect(standingOpinions(stated, 3)).toEqual([]);
  });

  it('need no word where they are not unfavourable', () => {
    const kind = [said('ministry', 'favourable'), said('school_ministry', 'with_conditions')];
    expect(codes(kind, 'grant', [])).toEqual([]);
    expect(codes(kind, 'grant', [deviation('ministry')])).toEqual([
      ['deviates-from-nothing', '/deviations/0/office'],
    ]);
  });

  it.each(['grant', 'partial_grant'] as const)(
    'that are unfavourable are each answered by a %s',
    (proposes) => {
      const two = [said('ministry', 'unfavourable'), said('school_ministry', 'unfavourable')];
      expect(codes(two, proposes, [deviation('ministry'), deviation('school_ministry')])).toEqual([]);
      expect(codes(two, proposes, [deviation('ministry'), deviation('ministry')])).toEqual([
        ['opinion-passed-over', '/deviations'],
        ['deviates-from-nothing', '/deviations/1/office'],
      ]);
    },
  );

  it('are followed by a refusal', () => {
    const one = [said('granting_authority', 'unfavourable')];
    expect(codes(one, 'refusal', [])).toEqual([]);
    expect(codes(one, 'refusal', [deviation('granting_authority')])).toEqual([
      ['deviates-from-nothing', '/deviations/0/office'],
    ]);
  });
});
