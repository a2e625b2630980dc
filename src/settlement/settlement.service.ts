import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Unit } from '../audit/unit.js';
import { GrantYearService } from '../grants/decision/grant-year.service.js';
import type { Actor } from '../kernel/actor.js';
import { Failure, notFound, ruleViolated, stateConflict } from '../kernel/failure.js';
import { newId, type DecisionId, type SettlementId } from '../kernel/ids.js';
import type { Violation } from '../kernel/violation.js';
import { Clock } from '../platform/clock.js';
import type { ReadTx } from '../platform/database/tx.js';
import { keyOf, pageOf, type Page, type PageQuery } from '../platform/http/page.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import { SettlementFactsService, type GrantedYear } from './settlement-facts.service.js';
import type { SettlementItem } from './settlement-item.entity.js';
import { judgeFigures, openItems, overtakenFigures, placeOf } from './settlement-item.rules.js';
import type { SettlementNote } from './settlement-note.entity.js';
import type { Settlement } from './settlement.entity.js';
import {
  SettlementRepository,
  type ExaminationNote,
  type Figure,
  type SettlementFilter,
} from './settlement.repository.js';
import { examinationHindrance, settlementHindrance } from './settlement-step.rules.js';
import {
  isOverdue,
  isWithRecipient,
  judgeCheck,
  judgeExamination,
  judgeExaminer,
  judgeSubmission,
  type SettlementState,
} from './settlement.rules.js';

/** A report with its figures and what the calendar makes of it. */
export interface SettlementReport {
  readonly settlement: Settlement;
  readonly items: readonly SettlementItem[];
  readonly notes: readonly SettlementNote[];
  readonly overdue: boolean;
}

/** What is null stays as it is. */
export interface ReportEdit {
  readonly narrative: string | null;
  readonly postMonthsHundredths: number | null;
  readonly auditOfficeCertified: boolean | null;
  readonly confirmed: boolean | null;
  readonly items: readonly Figure[] | null;
}

/** A settlement report from its opening to the examination note; accepting it is another service and another person. */
@Injectable()
export class SettlementService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly settlements: SettlementRepository,
    private readonly facts: SettlementFactsService,
    private readonly grantYears: GrantYearService,
    private readonly clock: Clock,
  ) {}

  /** By the recipient, or by the house itself when the report falls due. */
  open(
    invocation: Invocation<SettlementReport>,
    slice: { readonly decisionId: DecisionId; readonly fundingYear: number },
  ): Promise<Answer> {
    return this.commands.run(invocation, 'settlement.open', async (unit) => {
      const { caseId, centreId, amounts, dueOn, paid } = await this.facts.granted(unit, slice);
      const id = newId<SettlementId>();
      const items = openItems(amounts, paid.total).map((item) => ({
        ...item,
        ...{ id: newId(), settlementId: id, caseId, centreId },
      }));
      const { decisionId, fundingYear } = slice;
      if (
        !(await this.settlements.insert(
          unit,
          { id, caseId, decisionId, centreId, fundingYear, dueOn },
          items,
        ))
      ) {
        throw new Failure('duplicate', { detail: ALREADY_OPEN });
      }
      return this.reread(unit, id);
    });
  }

  edit(invocation: Invocation<SettlementReport>, id: SettlementId, edit: ReportEdit): Promise<Answer> {
    return this.commands.run(invocation, 'settlement.edit', async (unit) => {
      const settlement = await this.lock(unit, id);
      if (!isWithRecipient(settlement.state)) throw stateConflict(WITH_AUTHORITY);
      const figures = edit.items ?? [];
      refuse(
        judgeFigures(
          figures,
          await this.upToDate(unit, settlement, await this.facts.granted(unit, settlement)),
        ),
      );
      await this.settlements.edit(unit, id, {
        narrative: edit.narrative ?? settlement.narrative,
        postMonthsHundredths: edit.postMonthsHundredths ?? settlement.postMonthsHundredths,
        auditOfficeCertified: edit.auditOfficeCertified ?? settlement.auditOfficeCertified,
        confirmed: edit.confirmed ?? settlement.confirmed,
      });
      for (const figure of figures) {
        await this.settlements.writeFigure(unit, id, figure);
      }
      return this.reread(unit, id);
    });
  }

  /** Judged as a whole; the proof counts as received with the first complete submission. */
  submit(invocation: Invocation<SettlementReport>, id: SettlementId): Promise<Answer> {
    return this.commands.run(invocation, 'settlement.submit', async (unit) => {
      const settlement = await this.lockFor(unit, id, 'submitted');
      const granted = await this.facts.granted(unit, settlement);
      const items = await this.upToDate(unit, settlement, granted);
      const grantedFteHundredths = await this.facts.grantedFteHundredths(unit, settlement);
      refuse(
        judgeSubmission({
          ...{ text: settlement, items: inOrder(items), paid: granted.paid.total, grantedFteHundredths },
        }),
      );
      await this.settlements.submit(unit, id, unit.today);
      const year = await this.grantYears.forUpdate(unit, settlement.caseId, settlement.fundingYear);
      if (year.receivedOn === null) {
        await this.grantYears.proofReceived(unit, year, unit.today);
      }
      return this.reread(unit, id);
    });
  }

  /** Complete: taken into examination, or back into it with the reason. */
  check(invocation: Invocation<SettlementReport>, id: SettlementId, note: string | null): Promise<Answer> {
    return this.commands.run(invocation, 'settlement.check', async (unit) => {
      const settlement = await this.lockFor(unit, id, 'in_check');
      refuse([...judgeExaminer(settlement, unit.actor), ...judgeCheck(settlement.state, note)]);
      await this.settlements.takeIntoCheck(unit, id);
      await this.settlements.addNote(unit, settlement, {
        ...{ kind: 'complete', note, result: null, notedOn: unit.today },
      });
      return this.reread(unit, id);
    });
  }

  /** Handed back to the recipient with what is missing. */
  query(invocation: Invocation<SettlementReport>, id: SettlementId, note: string): Promise<Answer> {
    return this.commands.run(invocation, 'settlement.query', async (unit) => {
      const settlement = await this.lockFor(unit, id, 'queried');
      refuse(judgeExaminer(settlement, unit.actor));
      await this.settlements.query(unit, id);
      await this.settlements.addNote(unit, settlement, {
        ...{ kind: 'query', note, result: null, notedOn: unit.today },
      });
      return this.reread(unit, id);
    });
  }

  /** Once, or anew as long as nobody has accepted the report; each note stays. */
  examine(
    invocation: Invocation<SettlementReport>,
    id: SettlementId,
    note: ExaminationNote,
  ): Promise<Answer> {
    return this.commands.run(invocation, 'settlement.examine', async (unit) => {
      const settlement = await this.lock(unit, id);
      const hindrance = examinationHindrance(settlement.state);
      if (hindrance !== null) throw stateConflict(hindrance);
      const { granted, financingType, paid } = await this.facts.granted(unit, settlement);
      const { submittedBy, state } = settlement;
      const items = inOrder(await this.settlements.items(unit, id));
      const facts = { submittedBy, items, granted, financingType, paid: paid.total };
      refuse(judgeExamination(facts, note, unit.actor));
      if (state === 'examined') await this.settlements.takeIntoCheck(unit, id);
      await this.settlements.examine(unit, id, note, unit.today);
      const { checked, result } = note;
      await this.settlements.addNote(unit, settlement, {
        ...{ kind: 'examination', note: checked, result, notedOn: unit.today },
      });
      return this.reread(unit, id);
    });
  }

  read(actor: Actor, id: SettlementId): Promise<SettlementReport> {
    return this.commands.read(actor, (tx) => this.require(tx, id));
  }

  /** Without the figures: a list is for finding. `overdueOnly` keeps what is due and has not arrived. */
  list(
    actor: Actor,
    { overdueOnly, ...filter }: Omit<SettlementFilter, 'overdueOn'> & { readonly overdueOnly: boolean },
    { limit, cursor }: PageQuery,
  ): Promise<Page<{ settlement: Settlement; overdue: boolean }>> {
    const after = keyOf(cursor, ['id']);
    const today = this.clock.today();
    return this.commands.read(actor, async (tx) => {
      const wanted = { ...filter, overdueOn: overdueOnly ? today : null };
      const page = pageOf(await this.settlements.list(tx, wanted, after, limit + 1), limit, ({ id }) => [id]);
      const items = page.items.map((settlement) => ({ settlement, overdue: isOverdue(settlement, today) }));
      return { items, nextCursor: page.nextCursor };
    });
  }

  /** Locks the report for a step of its life. @throws Failure 404, 412 or 409 */
  async lockFor(unit: Unit, id: SettlementId, to: SettlementState): Promise<Settlement> {
    const settlement = await this.lock(unit, id);
    const hindrance = settlementHindrance(settlement.state, to);
    if (hindrance !== null) throw stateConflict(hindrance);
    return settlement;
  }

  /** The report as this command leaves it, which is also what its record is about. */
  async reread(unit: Unit, id: SettlementId): Promise<SettlementReport> {
    const report = await this.require(unit, id);
    const { version, centreId, caseId } = report.settlement;
    unit.concerns({ type: 'settlement', id, version, centreId, caseId });
    return report;
  }

  /** The figures by what the notices grant today: an amendment may have come since the report was opened. */
  private async upToDate(
    unit: Unit,
    settlement: Settlement,
    { amounts }: Pick<GrantedYear, 'amounts'>,
  ): Promise<SettlementItem[]> {
    const { id, caseId, centreId } = settlement;
    const items = await this.settlements.items(unit, id);
    const { changed, added } = overtakenFigures(items, amounts);
    if (changed.length === 0 && added.length === 0) return items;
    for (const figure of changed) await this.settlements.overtake(unit, id, figure);
    await this.settlements.addItems(
      unit,
      added.map((item) => ({ ...item, id: newId(), settlementId: id, caseId, centreId })),
    );
    return this.settlements.items(unit, id);
  }

  private async lock(unit: Unit, id: SettlementId): Promise<Settlement> {
    const settlement = await this.settlements.lock(unit, id);
    if (settlement === null) throw notFound();
    unit.expect(settlement.version);
    return settlement;
  }

  private async require(tx: ReadTx, id: SettlementId): Promise<SettlementReport> {
    const settlement = await this.settlements.find(tx, id);
    if (settlement === null) throw notFound();
    const items = inOrder(await this.settlements.items(tx, id));
    const notes = await this.settlements.notes(tx, id);
    return { settlement, items, notes, overdue: isOverdue(settlement, this.clock.today()) };
  }
}

function inOrder(items: readonly SettlementItem[]): SettlementItem[] {
  return items.toSorted((a, b) => placeOf(a) - placeOf(b));
}

function refuse(objections: readonly Violation[]): void {
  if (objections.length > 0) throw ruleViolated(objections);
}

const ALREADY_OPEN = {
  de: 'Für diesen Bescheid und dieses Jahr gibt es schon einen Verwendungsnachweis.',
  en: 'There already is a settlement report for this decision and year.',
};

const WITH_AUTHORITY = {
  de: 'Der Verwendungsnachweis liegt bei der Bewilligungsbehörde und kann nicht geändert werden.',
  en: 'The settlement report lies with the granting authority and cannot be edited.',
};
