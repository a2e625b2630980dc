import { violation, type Violation } from '../../kernel/violation.js';

/** Who states a technical opinion: the clerks of the granting authority, and the ministries on what they fund. */
export const opiningOffices = ['granting_authority', 'ministry', 'school_ministry'] as const;
export type OpiningOffice = (typeof opiningOffices)[number];

export const opinions = ['favourable', 'with_conditions', 'unfavourable'] as const;
export type Opinion = (typeof opinions)[number];

export const proposals = ['grant', 'partial_grant', 'refusal'] as const;
export type Proposal = (typeof proposals)[number];

export interface StatedOpinion {
  readonly office: OpiningOffice;
  readonly opinion: Opinion;
  readonly submission: number;
}

/** Why a recommendation goes against what an office said. */
export interface Deviation {
  readonly office: OpiningOffice;
  readonly reason: string;
}

/** The last word of each office on a submission; `stated` is in the order in which it was said. */
export function standingOpinions<T extends StatedOpinion>(stated: readonly T[], submission: number): T[] {
  const last = new Map<OpiningOffice, T>();
  for (const one of stated) if (one.submission === submission) last.set(one.office, one);
  return [...last.values()];
}

/**
 * Whoever proposes a grant against an unfavourable opinion names it and says why. A refusal goes against none, so it
 * names none.
 */
export function judgeDeviations(
  standing: readonly StatedOpinion[],
  proposes: Proposal,
  deviations: readonly Deviation[],
): Violation[] {
  const against = proposes === 'refusal' ? [] : standing.filter(({ opinion }) => opinion === 'unfavourable');
  return [
    ...against
      .filter(({ office }) => !deviations.some((deviation) => deviation.office === office))
      .map(({ office }) =>
        violation(
          'opinion-passed-over',
          '§ 39 Abs. 1 VwVfG NRW',
          {
            de: `Eine Stellungnahme ist ablehnend (${officeWords[office].de}); warum das Votum davon abweicht, fehlt.`,
            en: `An opinion is unfavourable (${officeWords[office].en}); why the recommendation goes against it is missing.`,
          },
          '/deviations',
        ),
      ),
    ...deviations.flatMap(({ office }, index) =>
      against.some((one) => one.office === office) &&
      deviations.findIndex((one) => one.office === office) === index
        ? []
        : [
            violation(
              'deviates-from-nothing',
              null,
              {
                de: `Von ${officeWords[office].de} gibt es keine ablehnende Stellungnahme, von der hier noch abzuweichen wäre.`,
                en: `There is no unfavourable opinion of ${officeWords[office].en} left to go against here.`,
              },
              `/deviations/${String(index)}/office`,
            ),
          ],
    ),
  ];
}

const officeWords = {
  granting_authority: { de: 'Bewilligungsbehörde', en: 'the granting authority' },
  ministry: { de: 'Integrationsministerium', en: 'the integration ministry' },
  school_ministry: { de: 'Schulministerium', en: 'the school ministry' },
} as const;
