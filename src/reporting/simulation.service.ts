import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import { BudgetService } from '../budget/budget.service.js';
import type { OverviewRow } from '../budget/overview.rules.js';
import type { DecidedGrant } from '../grants/decision/replay.rules.js';
import { ReplayService } from '../grants/decision/replay.service.js';
import type { Actor } from '../kernel/actor.js';
import { ruleViolated } from '../kernel/failure.js';
import { fundingYear, yearPeriod, type FundingYear } from '../kernel/funding-year.js';
import { newId, type GuidelineVersionId, type RateId } from '../kernel/ids.js';
import { Money } from '../kernel/money.js';
import { Period } from '../kernel/period.js';
import { violation } from '../kernel/violation.js';
import type { ReadTx } from '../platform/database/tx.js';
import { judgeDraft } from '../programmes/guideline-draft.rules.js';
import type { GuidelineDraft, GuidelineFacts } from '../programmes/guideline.rules.js';
import { ProgrammeService } from '../programmes/programme.service.js';
import { SimulationRepository, type CentreRow, type EstablishedPost } from './simulation.repository.js';
import {
  simulate,
  type PostBasis,
  type SimulatedCentre,
  type SimulatedPost,
  type Simulation,
  type YearBudget,
} from './simulation.rules.js';
import type { ExpectedCost } from './simulated-posts.rules.js';

export const MOST_YEARS = 20;

export interface SimulationWishes {
  /** A version that is recorded, in whatever state; or one that is not. Exactly one of the two. */
  readonly guidelineId: GuidelineVersionId | null;
  readonly draft: GuidelineDraft | null;
  readonly fromYear: number;
  readonly toYear: number;
  readonly basis: PostBasis;
  readonly costs: readonly ExpectedCost[];
}

export interface SimulationAnswer extends Simulation {
  readonly version: GuidelineFacts;
  readonly basis: PostBasis;
  readonly costsGiven: boolean;
}

/** What a version would cost, asked before it is signed. Nothing is written, not even that somebody asked. */
@Injectable()
export class SimulationService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly programmes: ProgrammeService,
    private readonly decisions: ReplayService,
    private readonly budget: BudgetService,
    private readonly repository: SimulationRepository,
  ) {}

  async run(actor: Actor, wishes: SimulationWishes): Promise<SimulationAnswer> {
    const years = yearsOf(wishes);
    const { basis, costs } = wishes;
    const facts = await this.commands.read(actor, async (tx) => {
      const draft = await this.versionOf(tx, wishes);
      const inForce = (await this.programmes.binding(tx, draft.programme)).filter(
        ({ id }) => id !== draft.id,
      );
      return { draft, inForce, centres: await this.centres(tx, draft, years) };
    });
    const budgets = await this.budgets(actor, facts.draft, years);
    const simulation = simulate({ ...facts, years, basis, costs, budgets });
    return { ...simulation, version: facts.draft, basis, costsGiven: costs.length > 0 };
  }

  private async versionOf(tx: ReadTx, { guidelineId, draft }: SimulationWishes): Promise<GuidelineFacts> {
    if (guidelineId !== null && draft === null) {
      return (await this.programmes.require(tx, guidelineId)).facts;
    }
    if (draft === null || guidelineId !== null) throw ruleViolated([ONE_VERSION]);
    const objections = judgeDraft(draft).map((one) => ({ ...one, pointer: `/draft${one.pointer ?? ''}` }));
    if (objections.length > 0) throw ruleViolated(objections);
    return {
      ...draft,
      id: newId<GuidelineVersionId>(),
      validity: Period.of(draft.validFrom, draft.validTo),
      rates: draft.rates.map((rate) => ({ ...rate, id: newId<RateId>() })),
    };
  }

  private async centres(
    tx: ReadTx,
    { programme }: GuidelineFacts,
    years: readonly FundingYear[],
  ): Promise<SimulatedCentre[]> {
    const span = spanOf(years);
    const rows = await this.repository.centres(tx, span);
    const established = await this.repository.establishedPosts(tx, programme, span);
    const grants = await this.decisions.releasedGrants(tx, programme);
    return rows.map((centre) => {
      const own = <T extends { readonly centreId: string }>(of: readonly T[]) =>
        of.filter(({ centreId }) => centreId === centre.id);
      const recorded = { established: own(established), grants: own(grants).map(grantedYear) };
      return { ...centre, posts: new Map(years.flatMap((year) => postsOf(centre, recorded, year) ?? [])) };
    });
  }

  /** What was appropriated on the lines that fund the programme, and allotted to it. */
  private async budgets(
    actor: Actor,
    { programme }: GuidelineFacts,
    years: readonly FundingYear[],
  ): Promise<Map<number, YearBudget>> {
    const rows: (OverviewRow & { readonly year: FundingYear })[] = [];
    for (const year of years) {
      const overview = await this.budget.overview(actor, year);
      rows.push(...overview.map((row) => ({ ...row, year })));
    }
    const lines = new Set(rows.filter((row) => row.programme === programme).map(({ lineId }) => lineId));
    const sumOf = (amounts: readonly Money[]) => (amounts.length === 0 ? null : Money.sum(amounts));
    return new Map(
      years.map((year) => {
        const own = rows.filter((row) => row.year === year && lines.has(row.lineId));
        const appropriated = own.filter((row) => row.programme === null).map((row) => row.appropriated);
        const allotted = own.filter((row) => row.programme === programme).map((row) => row.allocated);
        return [year, { appropriated: sumOf(appropriated), allotted: sumOf(allotted) }];
      }),
    );
  }
}

interface GrantedYear {
  readonly fundingYear: number;
  readonly posts: readonly SimulatedPost[];
}

interface Recorded {
  readonly established: readonly EstablishedPost[];
  readonly grants: readonly GrantedYear[];
}

function grantedYear({ fundingYear: year, facts }: DecidedGrant): GrantedYear {
  return { fundingYear: year, posts: facts.posts };
}

/** The establishment where it is recorded, else what was granted for the year, else what was last granted before it. */
function postsOf(
  { open }: CentreRow,
  { established, grants }: Recorded,
  year: FundingYear,
): [number, NonNullable<ReturnType<SimulatedCentre['posts']['get']>>][] | null {
  const funded = open.intersect(yearPeriod(year));
  if (funded === null) return null;
  const posts = established.flatMap(({ category, fteHundredths, period }) => {
    const occupied = period.intersect(funded);
    return occupied === null ? [] : [{ category, fteHundredths, occupied }];
  });
  if (posts.length > 0) return [[year, { origin: 'established', posts }]];
  const granted = grants.filter((grant) => grant.fundingYear === year).flatMap((grant) => grant.posts);
  if (granted.length > 0) return [[year, { origin: 'granted', posts: granted }]];
  const before = grants.filter((grant) => grant.fundingYear < year);
  const last = Math.max(...before.map((grant) => grant.fundingYear));
  const end = before.length === 0 ? null : yearPeriod(fundingYear(last)).to;
  // Whoever sat there on the last day of that year is taken to stay.
  const staying = before
    .filter((grant) => grant.fundingYear === last)
    .flatMap((grant) => grant.posts)
    .filter(({ occupied }) => end !== null && occupied.contains(end.plusDays(-1)))
    .map((post) => ({ ...post, occupied: funded }));
  return staying.length === 0 ? null : [[year, { origin: 'granted_before', posts: staying }]];
}

function yearsOf({ fromYear, toYear }: SimulationWishes): FundingYear[] {
  if (toYear < fromYear || toYear - fromYear >= MOST_YEARS) throw ruleViolated([YEARS]);
  return Array.from({ length: toYear - fromYear + 1 }, (_, index) => fundingYear(fromYear + index));
}

function spanOf(years: readonly FundingYear[]): Period {
  const [first, last] = [years[0], years.at(-1)];
  if (first === undefined || last === undefined) throw ruleViolated([YEARS]);
  return Period.of(yearPeriod(first).from, yearPeriod(last).to);
}

const ONE_VERSION = violation('simulation-of-one-version', null, {
  de: 'Simuliert wird genau eine Fassung: eine erfasste (guidelineId) oder ein Entwurf (draft).',
  en: 'Exactly one version is simulated: a recorded one (guidelineId) or a draft (draft).',
});

const YEARS = violation(
  'years-out-of-range',
  null,
  {
    de: `Das letzte Jahr liegt nicht vor dem ersten, und es sind höchstens ${MOST_YEARS} Jahre.`,
    en: `The last year is not before the first, and there are at most ${MOST_YEARS} years.`,
  },
  '/toYear',
);
