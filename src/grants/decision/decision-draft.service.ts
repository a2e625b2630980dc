import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../../audit/command-runner.js';
import type { Unit } from '../../audit/unit.js';
import type { CalendarDate } from '../../kernel/calendar-date.js';
import { Failure, notFound, stateConflict } from '../../kernel/failure.js';
import { fundingYear } from '../../kernel/funding-year.js';
import { newId, type ApplicationId, type DecisionId, type Id } from '../../kernel/ids.js';
import { Money } from '../../kernel/money.js';
import { violation, type Text } from '../../kernel/violation.js';
import type { Answer, Invocation } from '../../platform/invocation.js';
import { proofDueAfterRelease, proofDueOn } from '../../programmes/guideline.rules.js';
import { ApplicationPartsService } from '../application/application-parts.service.js';
import type { Application } from '../application/application.entity.js';
import { applicationHindrance, decisionHindrance, rewordingHindrance } from '../lifecycle.rules.js';
import { auditCopyOf } from './audit-copy.rules.js';
import type { ChosenLine } from './chosen-line.rules.js';
import type { DecisionAmount } from './decision-amount.entity.js';
import { DecisionReckoningService, type Reckoned, type Wanted } from './decision-reckoning.service.js';
import type { Decision } from './decision.entity.js';
import { DecisionRepository, type Wording } from './decision.repository.js';
import { isActKind } from './act-kinds.rules.js';
import type { DecisionKind, GrantedPost } from './decision.rules.js';
import { DecisionService, type DecisionParts } from './decision.service.js';
import { grantedPosts } from './partial-grant.rules.js';
import {
  keptProvisions,
  wantedProvisions,
  type ChosenProvision,
  type FurtherProvision,
} from './provision.rules.js';

export interface DecisionInput {
  readonly applicationId: ApplicationId;
  readonly kind: DecisionKind;
  readonly fileNumber: string;
  readonly reasons: string | null;
  readonly remedyInformation: boolean;
  readonly posts: readonly GrantedPost[] | null;
  /** Budget lines by year; a year that is not named draws on the line that funds the programme. */
  readonly lines: readonly ChosenLine[] | null;
  /** By whom the copy to the court of audit was waived; null where it was not. */
  readonly copyWaiver: string | null;
  /** Special ancillary provisions, chosen from the catalogue. */
  readonly provisions: readonly ChosenProvision[] | null;
  readonly furtherProvision: FurtherProvision | null;
}

/** What is null stays as it is. */
export type DecisionEdit = {
  readonly [Field in Exclude<keyof DecisionInput, 'applicationId'>]: DecisionInput[Field] | null;
};

/** A decision until it is released: from the application as it was submitted, by the rules of that day, frozen with all inputs. */
@Injectable()
export class DecisionDraftService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly applications: ApplicationPartsService,
    private readonly decisions: DecisionRepository,
    private readonly decisionParts: DecisionService,
    private readonly reckoning: DecisionReckoningService,
  ) {}

  draft(invocation: Invocation<DecisionParts>, input: DecisionInput): Promise<Answer> {
    return this.commands.run(invocation, 'decision.draft', async (unit) => {
      const application = await this.decidable(unit, input.applicationId);
      if ((await this.decisions.ofApplication(unit, application.id)) !== null) {
        throw new Failure('duplicate', { detail: ALREADY_DRAFTED });
      }
      const reckoned = await this.reckoning.reckon(unit, application, wantedBy(input, unit.today));
      const { caseId, centreId, recipientId, programme, submission } = application;
      const decision = {
        id: newId<DecisionId>(),
        caseId,
        centreId,
        programme,
        fundingYear: application.fundingYear,
      };
      await this.refuseTakenFileNumber(unit, decision, input.fileNumber);
      await this.decisions.insert(unit, {
        ...{ ...decision, recipientId, submission, applicationId: application.id },
        ...wordingOf(unit, input, reckoned, decision.fundingYear),
      });
      await this.freeze(unit, { ...decision, draft: 1 }, reckoned);
      return this.done(unit, decision.id);
    });
  }

  /** Words a draft anew and reckons it again; whoever does so has a hand in it and does not release it. */
  edit(invocation: Invocation<DecisionParts>, id: DecisionId, edit: DecisionEdit): Promise<Answer> {
    return this.commands.run(invocation, 'decision.edit', async (unit) => {
      const { decision, amounts } = await this.decisionParts.lockWithAmounts(unit, id);
      allowed(rewordingHindrance(decision.state));
      const { kind } = decision;
      if (isActKind(kind)) throw stateConflict(DISCARD_AND_DRAFT);
      const application = await this.decidable(unit, decision.applicationId);
      const input = {
        ...(await this.merged(unit, { decision, kind }, edit)),
        lines: edit.lines ?? chosenLines(amounts),
      };
      await this.refuseTakenFileNumber(unit, decision, input.fileNumber);
      const reckoned = await this.reckoning.reckon(unit, application, wantedBy(input, unit.today));
      await this.decisions.reword(unit, id, wordingOf(unit, input, reckoned, decision.fundingYear));
      await this.decisions.discardAmounts(unit, id);
      const { caseId, centreId, draft } = decision;
      await this.freeze(unit, { id, caseId, centreId, draft: draft + 1 }, reckoned);
      return this.done(unit, id);
    });
  }

  /** Gives a draft up, with the reason; the application can then be decided by another draft. */
  discard(invocation: Invocation<DecisionParts>, id: DecisionId, reason: string): Promise<Answer> {
    return this.commands.run(invocation, 'decision.discard', async (unit) => {
      const decision = await this.decisionParts.lock(unit, id);
      allowed(decisionHindrance(decision.state, 'discarded'));
      await this.decisions.discardAmounts(unit, id);
      await this.decisions.discard(unit, id, reason);
      return this.done(unit, id);
    });
  }

  /** The application, locked. @throws Failure 409 unless it may be decided */
  private async decidable(unit: Unit, id: ApplicationId): Promise<Application> {
    const application = await this.applications.lock(unit, id);
    allowed(applicationHindrance(application.state, 'decided'));
    return application;
  }

  private async merged(
    unit: Unit,
    { decision, kind: former }: { readonly decision: Decision; readonly kind: DecisionKind },
    edit: DecisionEdit,
  ): Promise<Omit<DecisionInput, 'applicationId' | 'lines'>> {
    const kind = edit.kind ?? former;
    const stays = kind === 'partial_grant' && former === 'partial_grant' && edit.posts === null;
    // A refusal carries none, so one that was a grant loses them.
    const said = kind === 'refusal' ? NONE_CHOSEN : wantedProvisions(decision);
    const derivation = stays ? await this.decisions.derivation(unit, decision) : null;
    if (stays && derivation === null) throw notFound();
    return {
      kind,
      fileNumber: edit.fileNumber ?? decision.fileNumber,
      reasons: edit.reasons ?? decision.reasons,
      remedyInformation: edit.remedyInformation ?? decision.remedyInformation,
      copyWaiver: edit.copyWaiver ?? decision.copyWaiver,
      provisions: edit.provisions ?? said.chosen,
      furtherProvision: edit.furtherProvision ?? said.further,
      posts: derivation === null ? edit.posts : grantedPosts(derivation.inputs),
    };
  }

  private async refuseTakenFileNumber(
    unit: Unit,
    decision: Pick<Decision, 'id' | 'programme' | 'fundingYear'>,
    fileNumber: string,
  ): Promise<void> {
    if (!(await this.decisions.isFileNumberTaken(unit, decision, fileNumber))) return;
    throw new Failure('duplicate', { violations: [fileNumberTaken(fileNumber, decision)] });
  }

  private async freeze(
    unit: Unit,
    { id: decisionId, caseId, centreId, draft }: Pick<Decision, 'id' | 'caseId' | 'centreId' | 'draft'>,
    { amounts, inputs, steps, sha256 }: Reckoned,
  ): Promise<void> {
    const part = { decisionId, caseId, centreId };
    await this.decisions.addAmounts(
      unit,
      amounts.map((amount) => ({ ...part, id: newId<DecisionAmount['id']>(), ...amount })),
    );
    const id = newId<Id<'DecisionDerivation'>>();
    await this.decisions.addDerivation(unit, { ...part, id, draft, inputs, steps, sha256 });
  }

  private async done(unit: Unit, id: DecisionId): Promise<DecisionParts> {
    const parts = await this.decisionParts.require(unit, id);
    const { version, centreId, caseId } = parts.decision;
    unit.concerns({ type: 'decision', id, version, centreId, caseId });
    return parts;
  }
}

function wantedBy(
  { kind, reasons, posts, lines, provisions, furtherProvision }: Omit<DecisionInput, 'applicationId'>,
  on: CalendarDate,
): Wanted {
  const wanted = { chosen: provisions ?? [], further: furtherProvision };
  return { kind, reasons, posts, lines: lines ?? [], provisions: wanted, on };
}

/** The lines of the wording so far. */
function chosenLines(amounts: readonly DecisionAmount[]): ChosenLine[] {
  return amounts.flatMap(({ fundingYear: year, lineId }) =>
    lineId === null ? [] : [{ fundingYear: year, lineId }],
  );
}

/** What a draft says, of its first year where it says one thing; a proof is due no sooner than the release lets it, so today stands in for the day of release. */
function wordingOf(
  unit: Unit,
  input: Omit<DecisionInput, 'applicationId'>,
  { version, amounts }: Reckoned,
  year: number,
): Wording {
  const { kind, fileNumber, reasons, remedyInformation } = input;
  const months = version.proofDueMonths;
  const cash = amounts.filter(({ source }) => source === 'state_integration').map(({ amount }) => amount);
  const dueOn = proofDueAfterRelease(proofDueOn(version, fundingYear(year)), months, unit.today);
  return {
    ...{ kind, fileNumber, reasons, remedyInformation, guidelineVersionId: version.id },
    ...auditCopyOf(Money.sum(cash), version.copyThresholds, unit.today, input.copyWaiver),
    ...keptProvisions({ chosen: input.provisions ?? [], further: input.furtherProvision }),
    proofDueOn: kind === 'refusal' ? null : dueOn,
    proofMonths: kind === 'refusal' ? null : months,
  };
}

const NONE_CHOSEN = { chosen: [], further: null };

function allowed(hindrance: Text | null): void {
  if (hindrance !== null) throw stateConflict(hindrance);
}

const ALREADY_DRAFTED: Text = {
  de: 'Zu diesem Antrag gibt es schon einen Entwurf. Die Bewilligungsbehörde kann ihn ändern (decision.edit), verwerfen (decision.discard) oder durch eine andere Person freigeben (decision.release).',
  en: 'There already is a draft for this application. The granting authority can edit it (decision.edit), discard it (decision.discard), or have another person release it (decision.release).',
};

const DISCARD_AND_DRAFT: Text = {
  de: 'Ein Entwurf, der einen Bescheid ändert, wird verworfen (decision.discard) und neu gefasst.',
  en: 'A draft that changes a decision is discarded (decision.discard) and made anew.',
};

function fileNumberTaken(
  fileNumber: string,
  { programme, fundingYear: year }: Pick<Decision, 'programme' | 'fundingYear'>,
) {
  return violation(
    'file-number-taken',
    null,
    {
      de: `Das Aktenzeichen „${fileNumber}“ trägt im Programm ${programme} für ${String(year)} schon ein anderer Bescheid.`,
      en: `Another decision of the programme ${programme} for ${String(year)} already has the file number "${fileNumber}".`,
    },
    '/fileNumber',
  );
}
