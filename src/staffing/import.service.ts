import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import { CentreService } from '../centres/centre.service.js';
import type { Actor } from '../kernel/actor.js';
import { Failure, ruleViolated } from '../kernel/failure.js';
import { newId, type CentreId, type OccupancyId } from '../kernel/ids.js';
import { Period } from '../kernel/period.js';
import type { Violation } from '../kernel/violation.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import { readCsv } from './csv.sheet.js';
import { readOccupancies, type ImportedOccupancy } from './import.rules.js';
import { matchImport, type Imported, type Match } from './match.rules.js';
import { OccupancyRepository } from './occupancy.repository.js';
import {
  judgeClaim,
  judgeExpenditure,
  judgeOccupancy,
  type Occupancy,
  type PersonClaim,
  type Standing,
} from './occupancy.rules.js';
import { PostRepository } from './post.repository.js';
import { XLSX, type Sheet } from './sheet.rules.js';
import type { Post } from './staffing.rules.js';
import { csvTemplate, xlsxTemplate } from './template.sheet.js';
import { readWorkbook } from './workbook.sheet.js';

export interface SheetFile {
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly charset: string;
}

/** What an import did, or would do. */
export interface ImportResult {
  readonly occupancies: number;
  readonly recorded: number;
  readonly ended: number;
  readonly unchanged: number;
  readonly figures: number;
}

/** A payroll office's file, all of it or nothing. The same file twice changes nothing the second time. */
@Injectable()
export class ImportService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly posts: PostRepository,
    private readonly occupancies: OccupancyRepository,
    private readonly centres: CentreService,
  ) {}

  async import(invocation: Invocation<ImportResult>, file: SheetFile): Promise<Answer> {
    // Before the transaction: no lock waits for a spreadsheet.
    const { occupancies, violations } = readOccupancies(await sheetOf(file));
    if (violations.length > 0) throw ruleViolated(violations);
    return this.commands.run(invocation, 'occupancy.import', (unit) => this.apply(unit, occupancies));
  }

  template(actor: Actor, format: 'xlsx' | 'csv'): Promise<Buffer> {
    return this.commands.read(actor, async (tx) =>
      format === 'csv'
        ? csvTemplate()
        : xlsxTemplate(await this.posts.all(tx, { centreId: null, programme: null })),
    );
  }

  private async apply(unit: Unit, wanted: readonly ImportedOccupancy[]): Promise<ImportResult> {
    const { centreId } = unit.actor;
    if (centreId === null) throw new Failure('forbidden');
    const named = new Set(wanted.map(({ postNumber }) => postNumber));
    const ofNames = async () =>
      (await this.posts.all(unit, { centreId, programme: null })).filter(({ number }) => named.has(number));
    await this.posts.lock(
      unit,
      (await ofNames()).map(({ id }) => id),
    );
    const posts = new Map((await ofNames()).map((post) => [post.number, post]));
    const current = await this.occupancies.currentOn(
      unit,
      [...posts.values()].map(({ id }) => id),
    );
    const { matches, objections } = matchImport(wanted, posts, current);
    objections.push(...(await this.judge(unit, matches, current)));
    if (objections.length > 0) throw ruleViolated(objections);
    return this.write(unit, matches, centreId);
  }

  /** In the order of the file, each row beside those before it, so that the first one too many is the one named. */
  private async judge(
    unit: Unit,
    matches: readonly Match[],
    current: readonly Occupancy[],
  ): Promise<Violation[]> {
    const [match] = matches;
    const closedOn =
      match === undefined ? null : (await this.centres.require(unit, match.post.centreId)).closedOn;
    const ended = matches.flatMap(({ existing, ends, wanted }) =>
      ends && existing !== null ? [{ ...wanted, existing }] : [],
    );
    const fresh = matches.filter(
      ({ existing, wanted }) => existing === null && judgeClaim(wanted).length === 0,
    );
    const claims: PersonClaim[] = [
      ...ended
        .filter((one) => judgeClaim(one).length === 0)
        .map((one) => ({ ...one, replaces: one.existing.id })),
      ...fresh.map(({ wanted }) => ({ ...wanted, replaces: null })),
    ];
    const beyond = await this.occupancies.doubleFunded(unit, claims);
    const isBeyond = (match: Match): boolean => {
      const place = fresh.indexOf(match);
      return place >= 0 && beyond.has(claims.length - fresh.length + place);
    };
    const taken = standingByPost(current, ended);
    return matches.flatMap((match) => {
      const { wanted, post, existing } = match;
      const figures = judgeClaim(wanted, wanted.places).length === 0 ? judgeFigures(wanted) : [];
      const standing = taken.get(post.id) ?? [];
      if (existing !== null) return [...(match.ends ? judgeClaim(wanted, wanted.places) : []), ...figures];
      const seat = { post, standing, closedOn, doubleFunded: isBeyond(match) };
      const objections = judgeOccupancy(wanted, seat, wanted.places);
      if (judgeClaim(wanted).length === 0) taken.set(post.id, [...standing, spanOf(wanted)]);
      return [...objections, ...figures];
    });
  }

  private async write(unit: Unit, matches: readonly Match[], centreId: CentreId): Promise<ImportResult> {
    const changed = new Set<OccupancyId>();
    for (const { existing, ends, wanted } of matches) {
      if (existing !== null && ends && wanted.occupiedTo !== null) {
        await this.occupancies.end(unit, existing.id, wanted.occupiedTo);
        changed.add(existing.id);
      }
    }
    const fresh = matches.flatMap(({ existing, wanted, post }) =>
      existing === null
        ? [{ ...wanted, id: newId<OccupancyId>(), postId: post.id, centreId, corrects: null }]
        : [],
    );
    await this.occupancies.add(
      unit,
      fresh.map(({ places: _, postNumber: __, ...row }) => row),
    );
    let figures = fresh.reduce((sum, { expenditure }) => sum + expenditure.length, 0);
    for (const { existing, ends, figures: newFigures } of matches) {
      if (existing === null || newFigures.length === 0) continue;
      for (const figure of newFigures) await this.occupancies.replaceExpenditure(unit, existing, figure);
      if (!ends) await this.occupancies.touch(unit, existing.id);
      figures += newFigures.length;
      changed.add(existing.id);
    }
    for (const { id } of fresh) unit.concerns({ type: 'occupancy', id, version: 1, centreId, caseId: null });
    for (const { existing, ends, figures: newFigures } of matches) {
      if (existing === null || !(ends || newFigures.length > 0)) continue;
      const version = existing.version + 1;
      unit.concerns({ type: 'occupancy', id: existing.id, version, centreId, caseId: null });
    }
    unit.concerns({ type: 'centre', id: centreId, version: null, centreId, caseId: null });
    return {
      occupancies: matches.length,
      recorded: fresh.length,
      ended: matches.filter(({ ends }) => ends).length,
      unchanged: matches.length - fresh.length - changed.size,
      figures,
    };
  }
}

function sheetOf({ bytes, mediaType, charset }: SheetFile): Promise<Sheet> {
  return mediaType === XLSX ? readWorkbook(bytes) : Promise.resolve(readCsv(bytes, charset));
}

type Span = Omit<Standing, 'id'>;

const spanOf = ({ occupiedFrom, occupiedTo, fteHundredths }: Imported): Span => ({
  period: Period.of(occupiedFrom, occupiedTo),
  fteHundredths,
});

/** What counts on each post once the occupancies that the file ends have ended. */
function standingByPost(
  current: readonly Occupancy[],
  ended: readonly (ImportedOccupancy & { existing: Pick<Occupancy, 'id'> })[],
): Map<Post['id'], Span[]> {
  const ends = new Map(ended.map(({ existing, occupiedTo }) => [existing.id, occupiedTo]));
  const taken = new Map<Post['id'], Span[]>();
  for (const { id, postId, occupiedFrom, occupiedTo, fteHundredths } of current) {
    const to = ends.get(id) ?? occupiedTo;
    const sound = to === null || occupiedFrom.isBefore(to);
    const span = spanOf({ occupiedFrom, occupiedTo: sound ? to : occupiedTo, fteHundredths });
    taken.set(postId, [...(taken.get(postId) ?? []), span]);
  }
  return taken;
}

/** Two figures for one year are refused while reading; what is left is a year in which nobody sat there. */
function judgeFigures(wanted: ImportedOccupancy): Violation[] {
  const placeOf = (index: number): string => wanted.expenditure[index]?.place ?? wanted.places.post;
  return judgeExpenditure(wanted, wanted.expenditure, placeOf);
}
