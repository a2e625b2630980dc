import { Injectable } from '@nestjs/common';
import type { ReadTx, Tx } from '../platform/database/tx.js';
import type { Key } from '../platform/http/page.js';
import { PublishedFigure, ReconciliationCandidate } from './published-figure.entity.js';

export interface FigureSlice {
  readonly fundingYear: number | null;
  readonly after: Key | null;
  readonly limit: number;
}

@Injectable()
export class PublishedFigureRepository {
  async insertFigure(tx: Tx, row: PublishedFigure): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(PublishedFigure)
      .values(row)
      .updateEntity(false)
      .execute();
  }

  async insertCandidate(tx: Tx, row: ReconciliationCandidate): Promise<void> {
    await tx.manager
      .createQueryBuilder()
      .insert()
      .into(ReconciliationCandidate)
      .values(row)
      .updateEntity(false)
      .execute();
  }

  figures(tx: ReadTx, { fundingYear, after, limit }: FigureSlice): Promise<PublishedFigure[]> {
    const query = tx.manager
      .createQueryBuilder(PublishedFigure, 'f')
      .orderBy('f.id')
      .limit(limit + 1);
    if (fundingYear !== null) query.andWhere('f.funding_year = :fundingYear', { fundingYear });
    if (after !== null) query.andWhere('f.id > :id', { id: after[0] });
    return query.getMany();
  }

  /** All figures of a year about one subject, and the candidates for their differences. */
  figuresOf(tx: ReadTx, fundingYear: number): Promise<PublishedFigure[]> {
    return tx.manager
      .createQueryBuilder(PublishedFigure, 'f')
      .where('f.funding_year = :fundingYear', { fundingYear })
      .orderBy('f.subject')
      .addOrderBy('f.id')
      .getMany();
  }

  candidatesOf(tx: ReadTx, fundingYear: number): Promise<ReconciliationCandidate[]> {
    return tx.manager
      .createQueryBuilder(ReconciliationCandidate, 'c')
      .where('c.funding_year = :fundingYear', { fundingYear })
      .orderBy('c.id')
      .getMany();
  }
}
