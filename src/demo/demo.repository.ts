import { Injectable } from '@nestjs/common';
import type { ReadTx, Tx } from '../platform/database/tx.js';

@Injectable()
export class DemoRepository {
  async playedYears(tx: ReadTx): Promise<number[]> {
    const rows = await tx.rows<{ funding_year: number }>(
      'select funding_year from demo_year order by funding_year',
    );
    return rows.map((row) => row.funding_year);
  }

  async keepYear(tx: Tx, id: string, fundingYear: number): Promise<void> {
    await tx.rows('insert into demo_year (id, funding_year) values ($1, $2)', [id, fundingYear]);
  }
}
