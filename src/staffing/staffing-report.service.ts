import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Actor } from '../kernel/actor.js';
import { CalendarDate } from '../kernel/calendar-date.js';
import { Failure } from '../kernel/failure.js';
import { yearPeriod, type FundingYear } from '../kernel/funding-year.js';
import type { CentreId } from '../kernel/ids.js';
import { Period } from '../kernel/period.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { Invocation } from '../platform/invocation.js';
import type { ProgrammeCode } from '../programmes/guideline.rules.js';
import { ProgrammeService } from '../programmes/programme.service.js';
import { gapOf, type Funding, type PostGap } from './gap.rules.js';
import { OccupancyRepository } from './occupancy.repository.js';
import type { Occupancy } from './occupancy.rules.js';
import { OccupancyService } from './occupancy.service.js';
import { PostRepository } from './post.repository.js';
import type { Post } from './staffing.rules.js';
import { monthlyVacancies, type MonthlyVacancy } from './vacancy.rules.js';

/** The months of one centre. */
export interface CentreVacancies {
  readonly centreId: CentreId;
  readonly months: readonly MonthlyVacancy[];
}

export interface ReportWishes {
  readonly fundingYear: FundingYear;
  readonly centreId: CentreId | null;
  readonly programme: ProgrammeCode | null;
}

/** What the posts say in sum. Vacancies name no person and are open to the ministries; gaps are made of salaries. */
@Injectable()
export class StaffingReportService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly posts: PostRepository,
    private readonly occupancies: OccupancyRepository,
    private readonly disclosures: OccupancyService,
    private readonly programmes: ProgrammeService,
  ) {}

  /** Centres with posts in the year, each with its twelve months. */
  vacancies(actor: Actor, { fundingYear, centreId, programme }: ReportWishes): Promise<CentreVacancies[]> {
    return this.commands.read(actor, async (tx) => {
      const posts = await this.postsOf(tx, { fundingYear, centreId, programme });
      const occupation = await this.posts.occupation(tx, { centreId, postId: null });
      return [...grouped(posts, (post) => post.centreId)].map(([centre, own]) => ({
        centreId: centre,
        months: monthlyVacancies(
          own.map(({ id, phases }) => ({ phases, occupied: occupation.get(id) ?? [] })),
          fundingYear,
        ),
      }));
    });
  }

  /** Actual beside funded expenditure, post by post. Recorded when anybody but the body itself looks. */
  gaps(invocation: Invocation<null>, wishes: ReportWishes): Promise<PostGap[]> {
    const { fundingYear, centreId } = wishes;
    return this.disclosures.disclose(invocation, 'post.gap', async (tx) => {
      const posts = await this.postsOf(tx, wishes);
      const occupancies = grouped(await this.occupancies.costed(tx, centreId), ({ postId }) => postId);
      const result: PostGap[] = [];
      const known = new Map<string, Funding | null>();
      for (const post of posts) {
        const day = CalendarDate.max(post.establishedOn, yearPeriod(fundingYear).from);
        const key = `${post.programme} ${day}`;
        const funding = known.has(key)
          ? (known.get(key) ?? null)
          : await this.fundingOn(tx, post.programme, day);
        known.set(key, funding);
        const own = (occupancies.get(post.id) ?? []).map((one) => costed(one, fundingYear));
        result.push(gapOf(post, own, funding, fundingYear));
      }
      return { result, of: posts };
    });
  }

  private async postsOf(tx: ReadTx, { fundingYear, centreId, programme }: ReportWishes): Promise<Post[]> {
    const posts = await this.posts.all(tx, { centreId, programme });
    return posts.filter(({ establishedOn, abolishedOn }) =>
      Period.of(establishedOn, abolishedOn).overlaps(yearPeriod(fundingYear)),
    );
  }

  /** Null where no guideline holds: the comparison then says that it cannot be made. */
  private async fundingOn(tx: ReadTx, programme: ProgrammeCode, day: CalendarDate): Promise<Funding | null> {
    try {
      return await this.programmes.versionInForce(tx, programme, day);
    } catch (error) {
      if (error instanceof Failure && error.code === 'rule-violated') return null;
      throw error;
    }
  }
}

function costed({ occupiedFrom, occupiedTo, fteHundredths, expenditure }: Occupancy, year: FundingYear) {
  const figure = expenditure.find(({ fundingYear }) => fundingYear === year);
  return { period: Period.of(occupiedFrom, occupiedTo), fteHundredths, expenditure: figure?.amount ?? null };
}

function grouped<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item)) ?? [];
    group.push(item);
    groups.set(keyOf(item), group);
  }
  return groups;
}
