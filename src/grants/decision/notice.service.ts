import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Unit } from '../../audit/unit.js';
import { BudgetService } from '../../budget/budget.service.js';
import { CentreService } from '../../centres/centre.service.js';
import { DocumentService } from '../../documents/document.service.js';
import type { NoticeDocument } from '../../documents/notice-document.rules.js';
import { fundingSources } from '../../financing/plan.rules.js';
import type { Actor } from '../../kernel/actor.js';
import { sha256Hex } from '../../kernel/canonical-json.js';
import type { DerivationStep } from '../../kernel/derivation.js';
import { notFound, stateConflict } from '../../kernel/failure.js';
import { newId, type DecisionId, type Id } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import type { Text } from '../../kernel/violation.js';
import type { ReadTx } from '../../platform/database/tx.js';
import { ActRepository } from './act.repository.js';
import type { DecisionAmount } from './decision-amount.entity.js';
import type { Decision } from './decision.entity.js';
import type { GrantYear } from './grant-year.entity.js';
import { DecisionRepository } from './decision.repository.js';
import { GrantYearService } from './grant-year.service.js';
import { changeOf, withAct } from './in-force.rules.js';
import { frozenFacts, type EarlierDecision, type NoticeFacts } from './notice-facts.rules.js';
import { noticeOf } from './notice.rules.js';
import { lineWords } from './notice-wording.rules.js';
import { NoticeRepository, type StoredNotice } from './notice.repository.js';

/** The decision whose notice is wanted. */
export interface Noticed {
  readonly decision: Decision;
  readonly amounts: readonly DecisionAmount[];
  /** Opened by the release; a draft has none. */
  readonly grantYears: readonly GrantYear[];
}

/** What the notice lists, and the earlier decision it changes or undoes, where there is one. */
interface Listed extends Omit<Noticed, 'decision'> {
  readonly earlier: EarlierDecision | null;
}

/** The notice of a decision: set from what it froze whenever asked for, and kept as it was when it is made known. */
@Injectable()
export class NoticeService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly decisions: DecisionRepository,
    private readonly notices: NoticeRepository,
    private readonly centres: CentreService,
    private readonly budget: BudgetService,
    private readonly grantYears: GrantYearService,
    private readonly acts: ActRepository,
    private readonly documents: DocumentService,
  ) {}

  /**
   * Keeps the notice that is made known, and puts its hash into the record. Not at the release: that holds accounts,
   * and setting a document takes longer than everything else a release does.
   */
  async keep(unit: Unit, noticed: Noticed): Promise<void> {
    const { id: decisionId, caseId, centreId } = noticed.decision;
    const content = this.documents.render(await this.document(unit, noticed));
    const sha256 = sha256Hex(content);
    const id = newId<Id<'DecisionNotice'>>();
    await this.notices.insert(unit, { id, decisionId, caseId, centreId, content, sha256 });
    unit.note('notice', { decisionId, sha256, bytes: content.length });
  }

  /** The notice as it was made known; before that, set anew from what is frozen; a draft for the granting authority alone. */
  async pdf(actor: Actor, id: DecisionId): Promise<StoredNotice & { readonly fileNumber: string }> {
    const { decision, stored, unsent } = await this.commands.read(actor, async (tx) => {
      const found = await this.decisions.find(tx, id);
      if (found === null) throw notFound();
      return { decision: found, ...(await this.kept(tx, actor, found)) };
    });
    const { fileNumber } = decision;
    if (stored !== null) return { ...stored, fileNumber };
    if (unsent === null) throw notFound();
    const content = this.documents.render(unsent);
    return { content, sha256: sha256Hex(content), fileNumber };
  }

  private async kept(
    tx: ReadTx,
    { role }: Actor,
    decision: Decision,
  ): Promise<{ stored: StoredNotice | null; unsent: NoticeDocument | null }> {
    const { id, state } = decision;
    if (state === 'discarded') throw stateConflict(DISCARDED);
    if (state === 'drafted' && role !== 'granting_authority') throw stateConflict(NOT_RELEASED);
    if (state !== 'drafted' && state !== 'released') {
      return { stored: await this.notices.find(tx, id), unsent: null };
    }
    const amounts = await this.decisions.amounts(tx, id);
    const grantYears = await this.grantYears.ofDecision(tx, id);
    return { stored: null, unsent: await this.document(tx, { decision, amounts, grantYears }) };
  }

  /** An act on a grant tells the whole grant as it is from then on, and what it was so far. */
  private async listed(tx: ReadTx, { decision, amounts, grantYears }: Noticed): Promise<Listed> {
    const { basisId, caseId } = decision;
    if (basisId === null) return { amounts, grantYears, earlier: null };
    const basis = await this.decisions.find(tx, basisId);
    const releasedOn = basis?.releasedOn ?? null;
    if (basis === null || releasedOn === null) throw notFound();
    const { fileNumber } = basis;
    const course = await this.acts.amountsOfCase(tx, caseId);
    const standing = course.filter(({ validity }) => validity === 'in_force');
    const from = withAct(standing, amounts);
    const change = Money.sum(amounts.filter(isCash).map(changeOf));
    const granted = Money.sum(from.filter(isCash).map(({ amount }) => amount)).minus(change);
    return {
      amounts: from.filter(({ amount }) => amount.isPositive()).sort(inOrder),
      grantYears: await this.grantYears.ofDecision(tx, basisId),
      earlier: { fileNumber, releasedOn, granted },
    };
  }

  private async document(tx: ReadTx, noticed: Noticed): Promise<NoticeDocument> {
    const { decision } = noticed;
    const { amounts, grantYears, earlier } = await this.listed(tx, noticed);
    const derivation = await this.decisions.derivation(tx, decision);
    if (derivation === null) throw notFound();
    const centre = await this.centres.require(tx, decision.centreId);
    const recipient = await this.centres.recipientOf(tx, centre);
    const lines = await this.budget.linesById(
      tx,
      amounts.flatMap(({ lineId }) => lineId ?? []),
    );
    const { kind, fileNumber, programme, releasedOn, releasedAt, draftedAt } = decision;
    const { reasons, remedyInformation, copyRequired } = decision;
    const facts: NoticeFacts = {
      ...{ kind, fileNumber, programme, releasedOn, reasons, remedyInformation, earlier },
      copyRequired,
      ...{ centre, recipient, appliedOn: await this.notices.appliedOn(tx, decision) },
      ...frozenFacts(derivation.inputs),
      proofs: proofsOf(decision, grantYears),
      amounts: amounts.map(({ fundingYear, source, inKind, amount, lineId }) => ({
        ...{ fundingYear, source, inKind, amount },
        line: lineWords(lines.find(({ id }) => id === lineId)),
      })),
      steps: JSON.parse(derivation.steps) as DerivationStep[],
      reckoning: derivation.sha256,
      at: Math.floor(Date.parse(releasedAt ?? draftedAt) / 1000),
    };
    return noticeOf(facts);
  }
}

function isCash({ source, inKind }: DecisionAmount): boolean {
  return source === 'state_integration' && !inKind;
}

function inOrder(a: DecisionAmount, b: DecisionAmount): number {
  return a.fundingYear - b.fundingYear || fundingSources.indexOf(a.source) - fundingSources.indexOf(b.source);
}

function proofsOf(
  { fundingYear, proofDueOn }: Decision,
  grantYears: readonly GrantYear[],
): NoticeFacts['proofs'] {
  const known = grantYears.length === 0 ? [{ fundingYear, proofDueOn }] : grantYears;
  return known.flatMap((year) =>
    year.proofDueOn === null ? [] : [{ fundingYear: year.fundingYear, dueOn: year.proofDueOn }],
  );
}

const DISCARDED: Text = {
  de: 'Der Entwurf wurde verworfen; einen Bescheid dazu gibt es nicht.',
  en: 'The draft was discarded; there is no notice of it.',
};
const NOT_RELEASED: Text = {
  de: 'Der Bescheid ist noch nicht freigegeben; den Entwurf sieht nur die Bewilligungsbehörde.',
  en: 'The notice has not been released yet; only the granting authority sees the draft.',
};
