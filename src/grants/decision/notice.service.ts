import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Unit } from '../../audit/unit.js';
import { DocumentService } from '../../documents/document.service.js';
import type { NoticeDocument } from '../../documents/notice-document.rules.js';
import type { Actor } from '../../kernel/actor.js';
import { sha256Hex } from '../../kernel/canonical-json.js';
import type { DerivationStep } from '../../kernel/derivation.js';
import { notFound, stateConflict } from '../../kernel/failure.js';
import { newId, type DecisionId, type Id } from '../../kernel/ids.js';
import type { Text } from '../../kernel/violation.js';
import type { ReadTx } from '../../platform/database/tx.js';
import type { DecisionAmount } from './decision-amount.entity.js';
import type { Decision } from './decision.entity.js';
import type { GrantYear } from './grant-year.entity.js';
import { DecisionRepository } from './decision.repository.js';
import { frozenFacts, type EarlierDecision, type NoticeFacts } from './notice-facts.rules.js';
import { noticeOf } from './notice.rules.js';
import { NoticeRepository, type StoredNotice } from './notice.repository.js';

/** The decision whose notice is wanted, and the earlier one it changes or undoes, where there is one. */
export interface Noticed {
  readonly decision: Decision;
  readonly amounts: readonly DecisionAmount[];
  /** Opened by the release; a draft has none. */
  readonly grantYears: readonly GrantYear[];
  readonly earlier?: EarlierDecision | null;
}

/** The notice of a decision: set once when it is released, and kept. */
@Injectable()
export class NoticeService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly decisions: DecisionRepository,
    private readonly notices: NoticeRepository,
    private readonly documents: DocumentService,
  ) {}

  /**
   * Sets and keeps the notice of a decision just released, and puts its hash into the record. To be called before
   * anything is posted: setting takes longer than a posting, and no account should wait for it.
   */
  async issue(unit: Unit, noticed: Noticed): Promise<void> {
    const { id: decisionId, caseId, centreId } = noticed.decision;
    const content = this.documents.render(await this.document(unit, noticed));
    const sha256 = sha256Hex(content);
    const id = newId<Id<'DecisionNotice'>>();
    await this.notices.insert(unit, { id, decisionId, caseId, centreId, content, sha256 });
    unit.note('notice', { decisionId, sha256, bytes: content.length });
  }

  /** The notice as released; of a draft, for the granting authority alone, how it would read. */
  async pdf(actor: Actor, id: DecisionId): Promise<StoredNotice & { readonly fileNumber: string }> {
    const { decision, stored, draft } = await this.commands.read(actor, async (tx) => {
      const found = await this.decisions.find(tx, id);
      if (found === null) throw notFound();
      return { decision: found, ...(await this.kept(tx, actor, found)) };
    });
    const { fileNumber } = decision;
    if (stored !== null) return { ...stored, fileNumber };
    if (draft === null) throw notFound();
    const content = this.documents.render(draft);
    return { content, sha256: sha256Hex(content), fileNumber };
  }

  private async kept(
    tx: ReadTx,
    { role }: Actor,
    decision: Decision,
  ): Promise<{ stored: StoredNotice | null; draft: NoticeDocument | null }> {
    if (decision.state === 'discarded') throw stateConflict(DISCARDED);
    if (decision.state !== 'drafted')
      return { stored: await this.notices.find(tx, decision.id), draft: null };
    if (role !== 'granting_authority') throw stateConflict(NOT_RELEASED);
    const amounts = await this.decisions.amounts(tx, decision.id);
    return { stored: null, draft: await this.document(tx, { decision, amounts, grantYears: [] }) };
  }

  private async document(
    tx: ReadTx,
    { decision, amounts, grantYears, earlier = null }: Noticed,
  ): Promise<NoticeDocument> {
    const derivation = await this.decisions.derivation(tx, decision);
    const head = await this.notices.head(tx, decision);
    if (derivation === null || head === null) throw notFound();
    const lines = await this.notices.lines(
      tx,
      amounts.flatMap(({ lineId }) => (lineId === null ? [] : [lineId])),
    );
    const { kind, fileNumber, programme, releasedOn, releasedAt, draftedAt } = decision;
    const { reasons, remedyInformation } = decision;
    const facts: NoticeFacts = {
      ...{ kind, fileNumber, programme, releasedOn, reasons, remedyInformation, earlier },
      ...head,
      ...frozenFacts(derivation.inputs),
      proofs: proofsOf(decision, grantYears),
      amounts: amounts.map(({ fundingYear, source, inKind, amount, lineId }) => ({
        ...{ fundingYear, source, inKind, amount },
        line: lineId === null ? null : (lines.get(lineId) ?? null),
      })),
      steps: JSON.parse(derivation.steps) as DerivationStep[],
      reckoning: derivation.sha256,
      at: Math.floor(Date.parse(releasedAt ?? draftedAt) / 1000),
    };
    return noticeOf(facts);
  }
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
