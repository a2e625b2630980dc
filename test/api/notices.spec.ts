import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readPdf } from '../support/pdf.js';
import {
  borken,
  coesfeld,
  Trade,
  type Application,
  type Decision,
  type Desk,
  type Municipality,
} from '../support/trade.js';
import { passed } from '../support/guideline.js';

interface Draft {
  readonly kind?: string;
  readonly fileNumber: string;
  readonly reasons?: string;
  readonly remedyInformation?: boolean;
  readonly posts?: object[];
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('notices', () => {
  let trade: Trade;
  let own: Municipality;
  let other: Municipality;

  beforeAll(async () => {
    trade = await Trade.open('notices');
    own = await trade.municipality(coesfeld);
    other = await trade.municipality(borken);
  }, 120_000);
  afterAll(() => trade.close());

  const recommended = async (municipality: Municipality, from: string): Promise<Application> => {
    trade.on('2016-07-01');
    const application = await municipality.applies({ from });
    const checked = await trade.clerk.does('/applications', application, 'check', passed());
    return trade.clerk.does('/applications', checked, 'recommend', { recommendation: 'Wie geprüft' });
  };
  const drafted = async (municipality: Municipality, from: string, draft: Draft): Promise<Decision> => {
    const { id: applicationId } = await recommended(municipality, from);
    const body = { applicationId, kind: 'grant', remedyInformation: true, ...draft };
    return trade.clerk.makes<Decision>('/decisions', body);
  };
  const release = (decision: Decision) => trade.second.does<Decision>('/decisions', decision, 'release');
  const hand = (decision: Decision) =>
    trade.clerk.does<Decision>('/decisions', decision, 'notify', { mode: 'handover', on: '2016-07-01' });
  const fetched = async (desk: Desk, { id }: { id: string }) => {
    const response = await desk.caller.get(`/decisions/${id}/notice`).responseType('blob').expect(200);
    return { bytes: response.body as Buffer, headers: response.headers as Record<string, string> };
  };
  const hashInRecord = async ({ caseId }: Decision): Promise<unknown> => {
    const [row] = await trade.app.rows<{ body: string }>(
      `select convert_from(body, 'UTF8') as body from audit_record
        where case_id = '${caseId}' and action = 'decision.notify' order by id desc limit 1`,
    );
    const { facts } = JSON.parse(row?.body ?? '{}') as { facts: { notice: object } };
    return facts.notice;
  };

  let granted: Decision;
  let released: Buffer;

  it('decision.notice shows the granting authority how a draft would read, and nobody else', async () => {
    granted = await drafted(own, '2016-02-12', { fileNumber: '36.02-N/1' });
    const { bytes, headers } = await fetched(trade.clerk, granted);
    expect(headers['content-type']).toBe('application/pdf');
    expect(headers['content-disposition']).toBe('attachment; filename="Bescheid 36.02-N-1.pdf"');
    const pdf = await readPdf(bytes);
    expect(pdf.title).toBe('Entwurf: Zuwendungsbescheid');
    for (const page of pdf.pages) expect(page).toContain('Entwurf');
    expect(pdf.text).toContain('noch nicht freigegeben');
    expect(sha256((await fetched(trade.clerk, granted)).bytes)).toBe(sha256(bytes));
    const early = await trade.ministry.caller.get(`/decisions/${granted.id}/notice`).expect(409);
    expect(early.body.code).toBe('state-conflict');
    await own.caller.get(`/decisions/${granted.id}/notice`).expect(404);
    expect(await trade.app.rows('select from decision_notice')).toEqual([]);
  });

  it('decision.release takes the watermark away; the notice is the same whenever it is set', async () => {
    granted = await release(granted);
    const { bytes, headers } = await fetched(trade.clerk, granted);
    released = bytes;
    const digest = createHash('sha256').update(bytes).digest('base64');
    expect(headers['repr-digest']).toBe(`sha-256=:${digest}:`);
    expect(sha256((await fetched(trade.ministry, granted)).bytes)).toBe(sha256(bytes));
    expect(await trade.app.rows('select from decision_notice')).toEqual([]);
    const pdf = await readPdf(bytes);
    expect(pdf).toMatchObject({ marked: true, language: 'de-DE', title: 'Zuwendungsbescheid' });
    expect(pdf.xmp).toContain('<pdfuaid:part>1</pdfuaid:part>');
    for (const said of [
      'Kreis Coesfeld Die Landrätin / Der Landrat Kommunales Integrationszentrum',
      'Aktenzeichen 36.02-N/1 Datum 1. Juli 2016',
      'für die Zeit vom 12. Februar 2016 bis zum 31. Dezember 2016',
      'eine Zuwendung in Höhe von 150.491,80 EUR',
      'in der Form der Festbetragsfinanzierung',
      'Land (Schulministerium, Lehrkräfte) (unbar, durch Abordnung) 88.524,59 EUR',
      'Ausgabeermächtigung',
      '1. Oktober 2016 100 v. H.',
      'Der Verwendungsnachweis ist bis zum 31. März 2017 vorzulegen.',
      'innerhalb eines Monats nach Bekanntgabe Klage beim Verwaltungsgericht Münster in Münster',
      'Elektronisch gezeichnet am 1. Juli 2016',
      'Anlage 1: Berechnung der Zuwendung',
      '324/366',
    ]) {
      expect(pdf.text).toContain(said);
    }
    expect(pdf.text).not.toContain('Entwurf');
    expect(pdf.roles).toEqual(expect.arrayContaining(['H1', 'H2', 'H3', 'Table', 'TH', 'L']));
  });

  it('decision.notice is the municipality’s from the notification on, and no other’s', async () => {
    await own.caller.get(`/decisions/${granted.id}/notice`).expect(404);
    expect((await own.sees<{ items: unknown[] }>('/decisions')).items).toEqual([]);
    granted = await hand(granted);
    expect(sha256((await fetched(own, granted)).bytes)).toBe(sha256(released));
    expect(await hashInRecord(granted)).toEqual({
      ...{ decisionId: granted.id, sha256: sha256(released), bytes: released.length },
    });
    await other.caller.get(`/decisions/${granted.id}/notice`).expect(404);
    expect(sha256((await fetched(trade.ministry, granted)).bytes)).toBe(sha256(released));
  });

  it('decision.notice stays as it was made known, whatever its recipient is called later', async () => {
    await trade.app.rows(
      `select set_config('foerderbuch.action', 'repair', true);
       update recipient set name = 'Kreis Anderswo' where name = 'Kreis Coesfeld'`,
    );
    expect(sha256((await fetched(own, granted)).bytes)).toBe(sha256(released));
    await expect(
      trade.app.rows(
        `select set_config('foerderbuch.action', 'repair', true); update decision_notice set sha256 = sha256`,
      ),
    ).rejects.toThrow('decision_notice is append-only');
  });

  it('decision.notice of a partial grant says what is refused and why, in its words', async () => {
    const reasons = '#read("/etc/passwd") und $x$: *nicht* besetzt.\n\nZweiter Absatz zu § 44 LHO.';
    const posts = [
      { position: 1, fteHundredths: 200, occupiedFrom: '2016-06-28', occupiedTo: '2017-01-01' },
      { position: 2, fteHundredths: 50, occupiedFrom: '2016-06-28', occupiedTo: '2017-01-01' },
    ];
    const draft = await drafted(other, '2016-06-28', {
      ...{ kind: 'partial_grant', fileNumber: '36.02-N-2', reasons, posts, remedyInformation: false },
    });
    const notified = await hand(await release(draft));
    const pdf = await readPdf((await fetched(other, notified)).bytes);
    expect(pdf.title).toBe('Zuwendungsbescheid über eine Teilbewilligung');
    expect(pdf.text).toContain('Soweit Ihr Antrag darüber hinausgeht, lehne ich ihn ab.');
    expect(pdf.text).toContain('#read("/etc/passwd") und $x$: *nicht* besetzt. Zweiter Absatz zu § 44 LHO.');
    expect(pdf.text).not.toContain('Rechtsbehelfsbelehrung');
    expect(await hashInRecord(notified)).toMatchObject({
      sha256: sha256((await fetched(trade.clerk, notified)).bytes),
    });
  });

  it('decision.notice of a refusal grants nothing; of a discarded draft there is none', async () => {
    const third = await trade.municipality({
      ags: '05366000',
      name: 'Kreis Euskirchen',
      openedOn: '2016-01-01',
    });
    const draft = await drafted(third, '2016-03-01', {
      ...{ kind: 'refusal', fileNumber: '36.02-N-3', reasons: 'Die Mittel sind erschöpft.' },
    });
    const discarded = await trade.clerk.does<Decision>('/decisions', draft, 'discard', {
      reason: 'Neu fassen',
    });
    await trade.clerk.caller.get(`/decisions/${discarded.id}/notice`).expect(409);
    const { applicationId } = await trade.clerk.sees<{ applicationId: string }>(`/decisions/${draft.id}`);
    const again = await trade.clerk.makes<Decision>('/decisions', {
      ...{ applicationId, kind: 'refusal', fileNumber: '36.02-N-3', reasons: 'Die Mittel sind erschöpft.' },
      remedyInformation: true,
    });
    const notified = await hand(await release(again));
    const pdf = await readPdf((await fetched(third, notified)).bytes);
    expect(pdf.title).toBe('Ablehnungsbescheid');
    expect(pdf.text).toContain('lehne ich ab. Eine Zuwendung wird nicht gewährt.');
    expect(pdf.text).toContain('II. Begründung Die Mittel sind erschöpft. III. Rechtsbehelfsbelehrung');
    expect(pdf.text).toContain('Verwaltungsgericht Aachen in Aachen');
    expect(pdf.text).not.toContain('Anlage 1');
  });
});
