import { describe, expect, it } from '@jest/globals';
import type { Verdict } from '../../verify/foerderbuch-verify.mjs';
import { CaseLog, type Bend } from './support/case-log.js';
import { finding, judge, own } from './support/judge.js';

describe('a log that sealed what it should not have', () => {
  const sealed = (bend: Bend, steps: Parameters<CaseLog['record']>[2] = []): Verdict => {
    const log = new CaseLog();
    log.record('application.draft', own);
    log.record('decision.release', own, steps, bend);
    return judge(log.export(own));
  };
  const text = (change: (text: string) => string): Bend => ({
    bytes: (bytes) => Buffer.from(change(Buffer.from(bytes).toString())),
  });

  it.each<[string, Bend]>([
    ['another order of members', text((json) => json.replace('{"action"', '{"zzz":1,"action"'))],
    ['a member twice', text((json) => json.replace('"v":1}', '"v":1,"v":1}'))],
    ['white space', text((json) => json.replace('"v":1', '"v": 1'))],
    ['a fraction', text((json) => json.replace('"v":1}', '"v":1.0}'))],
    ['an escaped letter', text((json) => json.replace('"done"', '"d\\u006fne"'))],
    ['a byte order mark', text((json) => `\ufeff${json}`)],
    [
      'bytes that are no UTF-8',
      { bytes: (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([0xff, 0x7d])]) },
    ],
    ['no object', { bytes: () => Buffer.from('[]') }],
    ['endless nesting', { bytes: () => Buffer.from(`${'['.repeat(50_000)}${']'.repeat(50_000)}`) }],
  ])('a body with %s is not canonical', (_, bend) => {
    expect(finding(sealed(bend))).toMatchObject({
      code: 1,
      record: 2,
      leafIndex: 1,
      field: 'body',
      fault: 'canonical',
    });
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['another predecessor', 'previous', { cases: [{ caseId: own, sequence: 2, previous: '00'.repeat(32) }] }],
    ['no predecessor', 'previous', { cases: [{ caseId: own, sequence: 2, previous: null }] }],
    ['a number left out', 'sequence', { cases: [{ caseId: own, sequence: 3, previous: null }] }],
    ['no case', 'cases', { cases: [] }],
    ['a later epoch', 'epoch', { epoch: 2 }],
    ['an unknown version', 'epoch', { v: 2 }],
    ['no transfers', 'transfers', { transfers: null }],
  ])('%s is named', (_, field, change) => {
    const verdict = sealed({ body: (body) => ({ ...body, ...change }) });
    expect(finding(verdict)).toMatchObject({ code: 1, record: 2, leafIndex: 1, field });
  });

  it('an overdrawn commitment is named, the last cent is not', () => {
    const release = { from: 'allocated', to: 'committed', cents: 1000 };
    expect(sealed({}, [release, { from: 'committed', to: 'called', cents: 1000 }]).code).toBe(0);
    expect(finding(sealed({}, [release, { from: 'committed', to: 'called', cents: 1001 }]))).toMatchObject({
      ...{ code: 1, record: 2, field: 'transfers', fault: 'overdrawn' },
    });
    expect(sealed({}, [{ from: 'memo_outside', to: 'memo_committed', cents: 1000 }]).code).toBe(0);
  });

  it('a transfer left out of the record shows, because accounts count their bookings', () => {
    const dropFirst = ({ transfers, ...body }: Record<string, unknown>) => ({
      ...body,
      transfers: Array.isArray(transfers) ? transfers.slice(1) : [],
    });
    const release = { from: 'allocated', to: 'committed', cents: 1000 };
    expect(finding(sealed({ body: dropFirst }, [release, release]))).toMatchObject({
      ...{ code: 1, record: 2, field: 'transfers[0].credit', fault: 'order' },
    });
  });

  it.each([{ salt: 'short' }, { salt: null }, { transfers: null }])('a part with %j is named', (change) => {
    const log = new CaseLog();
    log.recordOfSeveral('payment.confirm', [own], [], { part: (part) => ({ ...part, ...change }) });
    expect(finding(judge(log.export(own)))).toMatchObject({
      code: 1,
      record: 1,
      field: 'part',
      fault: 'form',
    });
  });

  it.each([
    null,
    {},
    { debit: {}, credit: {}, amountCents: '0', reverses: null },
    { debit: {}, credit: {}, amountCents: '1' },
  ])('the transfer %j is named', (transfer) => {
    const verdict = sealed({ body: (body) => ({ ...body, transfers: [transfer] }) });
    expect(finding(verdict)).toMatchObject({ code: 1, record: 2, field: 'transfers[0]', fault: 'form' });
  });
});
