import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../audit/command-runner.js';
import type { Actor } from '../kernel/actor.js';
import { ruleViolated } from '../kernel/failure.js';
import { newId } from '../kernel/ids.js';
import type { ReadTx } from '../platform/database/tx.js';
import type { Answer, Invocation } from '../platform/invocation.js';
import type { PublishedFigure, ReconciliationCandidate } from './published-figure.entity.js';
import { PublishedFigureRepository, type FigureSlice } from './published-figure.repository.js';
import { judgePublished, type CandidateFacts, type PublishedFacts } from './published-figure.rules.js';

/** What was published about a year, and what might explain that it differs from what is booked. */
@Injectable()
export class PublishedFigureService {
  constructor(
    private readonly commands: CommandRunner,
    private readonly figures: PublishedFigureRepository,
  ) {}

  record(invocation: Invocation<PublishedFigure>, input: PublishedFacts): Promise<Answer> {
    return this.commands.run(invocation, 'publishedFigure.record', async (unit) => {
      const objections = judgePublished(input, unit.today);
      if (objections.length > 0) throw ruleViolated(objections);
      const figure: PublishedFigure = { id: newId(), ...input };
      await this.figures.insertFigure(unit, figure);
      unit.concerns({ type: 'published_figure', id: figure.id, version: null, centreId: null, caseId: null });
      return figure;
    });
  }

  nameCandidate(invocation: Invocation<ReconciliationCandidate>, input: CandidateFacts): Promise<Answer> {
    return this.commands.run(invocation, 'publishedFigure.nameCandidate', async (unit) => {
      const candidate: ReconciliationCandidate = { id: newId(), ...input };
      await this.figures.insertCandidate(unit, candidate);
      const { id } = candidate;
      unit.concerns({ type: 'reconciliation_candidate', id, version: null, centreId: null, caseId: null });
      return candidate;
    });
  }

  list(actor: Actor, slice: FigureSlice): Promise<PublishedFigure[]> {
    return this.commands.read(actor, (tx) => this.figures.figures(tx, slice));
  }

  figuresOf(tx: ReadTx, fundingYear: number): Promise<PublishedFigure[]> {
    return this.figures.figuresOf(tx, fundingYear);
  }

  candidatesOf(tx: ReadTx, fundingYear: number): Promise<ReconciliationCandidate[]> {
    return this.figures.candidatesOf(tx, fundingYear);
  }
}
