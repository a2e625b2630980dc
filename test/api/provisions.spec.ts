import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { kiGuideline2012 } from '../../src/demo/data/ki-guideline-2012.js';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import type { Provision } from '../../src/programmes/guideline.rules.js';
import { Acts } from '../support/acts.js';
import { POOL_SIZE } from '../support/app.js';
import { readPdf } from '../support/pdf.js';
import { coesfeld, Trade, type Application, type Decision, type Municipality } from '../support/trade.js';

const special = (code: string, textDe: string, validFrom: string): Provision => ({
  ...{ code, reach: 'special', provision: 'Besondere Nebenbestimmung', textDe, textEn: code },
  ...{ source: 'Erlass über Nebenbestimmungen', confidence: 'assumed' },
  ...{ validFrom: CalendarDate.parse(validFrom), validTo: null },
});
const REPORT = 'Zum 30. Juni ist ein Zwischenbericht vorzulegen.';
const LEADER = 'Über die Besetzung der Leitung ist zu berichten.';
const further = { text: LEADER, reason: 'Die Leitung ist noch nicht besetzt.' };

interface WithProvisions extends Decision {
  readonly provisions: { code: string }[];
  readonly furtherProvision: { text: string; reason: string } | null;
}

describe('ancillary provisions of a decision', () => {
  let trade: Trade;
  let acts: Acts;
  let own: Municipality;
  let application: Application;
  let decision: WithProvisions;

  beforeAll(async () => {
    const provisions = [
      ...kiGuideline2012.provisions,
      special('interim_report', REPORT, '2012-06-25'),
      special('not_yet', 'Später.', '2016-12-01'),
    ];
    trade = await Trade.open('provisions', 884_000_000, POOL_SIZE, { provisions });
    own = await trade.municipality(coesfeld);
    trade.on('2016-03-01');
    acts = new Acts(trade);
    application = await acts.readied(await own.applies({ from: '2016-02-12' }));
  }, 120_000);
  afterAll(() => trade.close());

  const tries = (changes: object) =>
    trade.clerk.caller
      .post('/decisions', {
        ...{ applicationId: application.id, kind: 'grant', remedyInformation: true, fileNumber: '36.02-P' },
        ...changes,
      })
      .set('Idempotency-Key', randomUUID());

  it.each<[string, object, number, string[]]>([
    ['a code that is none', { provisions: [{ code: 'Kein Kürzel' }] }, 400, ['/provisions/0/code']],
    ['no reason', { furtherProvision: { text: LEADER } }, 400, ['/furtherProvision/reason']],
    [
      ...(['a blank text', { furtherProvision: { ...further, text: ' ' } }, 400] as const),
      ['/furtherProvision/text'],
    ],
    [
      'what the catalogue does not offer',
      { provisions: ['interim_report', 'nowhere', 'not_yet', 'anbest_g'].map((code) => ({ code })) },
      422,
      ['/provisions/1/code', '/provisions/2/code', '/provisions/3/code'],
    ],
  ])('decision.draft refuses %s', async (_, changes, status, pointers) => {
    const { body } = await tries(changes).expect(status);
    const { errors } = body as { errors: { pointer: string }[] };
    expect(errors.map(({ pointer }) => pointer)).toEqual(pointers);
  });

  it('decision.draft keeps what was chosen, decision.edit replaces it, and a refusal loses it', async () => {
    const provisions = [{ code: 'interim_report' }];
    decision = (await tries({ provisions }).expect(201)).body as WithProvisions;
    expect(decision).toMatchObject({ provisions, furtherProvision: null });
    decision = await trade.clerk.changes('/decisions', decision, { furtherProvision: further });
    expect(decision).toMatchObject({ provisions, furtherProvision: further });
    const refused = { kind: 'refusal', reasons: 'Doch nicht.' };
    decision = await trade.clerk.changes('/decisions', decision, refused);
    expect(decision).toMatchObject({ provisions: [], furtherProvision: null });
    const again = { kind: 'grant', provisions, furtherProvision: further };
    decision = await trade.clerk.changes('/decisions', decision, again);
    expect(decision).toMatchObject({ provisions, furtherProvision: further });
  });

  it('the notice prints general, chosen and further provisions, and no others', async () => {
    await trade.second.does('/decisions', decision, 'release');
    const seen = await trade.clerk.sees<WithProvisions>(`/decisions/${decision.id}`);
    await trade.clerk.does('/decisions', seen, 'notify', { mode: 'handover', on: '2016-03-01' });
    const read = await own.sees<WithProvisions>(`/decisions/${decision.id}`);
    expect(read.furtherProvision).toEqual(further);
    const { body } = await own.caller
      .get(`/decisions/${decision.id}/notice`)
      .responseType('blob')
      .expect(200);
    const text = (await readPdf(body as Buffer)).text.replaceAll(/\s+/g, ' ');
    expect(text).toContain('Die ANBest-G sind unverändert Bestandteil des Bescheids');
    expect(text).toContain(REPORT);
    expect(text).toContain(`${LEADER} (Begründung: ${further.reason})`);
    expect(text).not.toContain('Später.');
  });

  it('an amendment inherits them, and the copy to the court of audit; its notice prints them again', async () => {
    const before = await acts.now(decision);
    const municipal = { fundingYear: 2016, source: 'municipal', amountCents: 1_000_000 };
    const act = await acts.amends(decision, { amounts: [municipal] });
    const inherited = {
      provisions: [{ code: 'interim_report' }],
      ...{ furtherProvision: further, copyToCourtOfAudit: { required: true, waiver: null } },
    };
    expect(before).toMatchObject(inherited);
    expect(act).toMatchObject(inherited);
    expect(await acts.issues(act, '2016-03-01')).toMatchObject(inherited);
    const { body } = await own.caller.get(`/decisions/${act.id}/notice`).responseType('blob').expect(200);
    const text = (await readPdf(body as Buffer)).text.replaceAll(/\s+/g, ' ');
    for (const said of [REPORT, LEADER, 'Landesrechnungshof']) expect(text).toContain(said);
  });
});
