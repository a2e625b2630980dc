import { describe, expect, it } from '@jest/globals';
import { failureOfSql } from './sql-failure.js';

const refused = (code: string, detail: string) => Object.assign(new Error('refused'), { code, detail });
const told = (error: Error, sent: string[] = []) => {
  const failure = failureOfSql(error, sent);
  return [failure?.code, ...(failure?.violations ?? []).map(({ code, pointer }) => [code, pointer])];
};

describe('a foreign key that leads nowhere', () => {
  const english = refused('23503', 'Key (line_id)=(0198) is not present in table "budget_line".');

  it('points at what the caller sent, in whatever language the database speaks and however deep it is wrapped', () => {
    const wanted = ['invalid-input', ['unknown-reference', '/lineId']];
    expect(told(english, ['lineId'])).toEqual(wanted);
    const german = refused(
      '23503',
      'Schlüssel (line_id)=(0198) ist nicht in Tabelle »budget_line« vorhanden.',
    );
    expect(told(new Error('query failed', { cause: german }), ['lineId'])).toEqual(wanted);
  });

  it('is a conflict where the caller sent no such member', () => {
    expect(told(english)).toEqual(['conflict']);
    expect(told(english, ['line', 'amountCents'])).toEqual(['conflict']);
    expect(
      told(refused('23503', 'Key (id, case_id)=(1, 2) is not present in table "decision".'), ['id']),
    ).toEqual(['conflict']);
    expect(told(refused('23503', ''), ['lineId'])).toEqual(['conflict']);
  });
});
