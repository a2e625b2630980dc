import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BankAccountService } from '../../src/centres/bank-account.service.js';
import { CentreService } from '../../src/centres/centre.service.js';
import { centres } from '../../src/demo/data/centres.js';
import { CalendarDate } from '../../src/kernel/calendar-date.js';
import { newId, type BankAccountId, type CentreId } from '../../src/kernel/ids.js';
import { invocationOf } from '../support/actors.js';
import { TestApp, type Caller } from '../support/app.js';

const IBAN = 'DE02120300000000202051';
const OTHER_IBAN = 'DE89370400440532013000';

describe('centres and recipients', () => {
  let app: TestApp;
  let ministry: Caller;
  let clerk: Caller;
  let secondClerk: Caller;
  let coesfeld: CentreId;
  let borken: CentreId;

  beforeAll(async () => {
    app = await TestApp.boot('centres');
    const actor = await app.cast.actor('ministry');
    const service = app.get(CentreService);
    for (const centre of centres) await service.create(invocationOf(actor), centre);
    ministry = await app.signIn('ministry');
    clerk = await app.signIn('granting_authority');
    secondClerk = await app.signIn('granting_authority2');
    coesfeld = await idOf('05558000');
    borken = await idOf('05554000');
    await app.cast.municipality(coesfeld, 'coesfeld');
    await app.cast.municipality(borken, 'borken');
  }, 120_000);

  afterAll(async () => {
    await app.close();
  });

  async function idOf(ags: string): Promise<CentreId> {
    const { body } = await ministry.get('/centres?asOf=2020-01-01&limit=200').expect(200);
    const items = body.items as { id: CentreId; ags: string }[];
    const found = items.find((centre) => centre.ags === ags);
    if (found === undefined) throw new Error(`no centre ${ags}`);
    return found.id;
  }

  const hamm = {
    ...{ ags: '05999000', name: 'Musterkreis', hostType: 'kreis', regierungsbezirk: 'Arnsberg' },
    recipient: { name: 'Musterkreis', kind: 'kreis' },
    openedOn: '2030-01-01',
  };

  describe('centre.list', () => {
    it.each([
      ['2016-02-11', 0, 49 + 1],
      ['2016-02-12', 50, 1],
      ['2016-06-27', 50, 1],
      ['2016-06-28', 51, 1],
      ['2016-06-29', 52, 1],
      ['2017-12-07', 52, 1],
      ['2017-12-08', 53, 0],
      ['2018-09-05', 53, 0],
      ['2018-09-06', 54, 0],
    ])(
      'counts on %s the centres known to be open: %d, and says of how many it is not known: %d',
      async (asOf, open, unknown) => {
        const { body } = await ministry.get(`/centres?asOf=${asOf}&limit=200`).expect(200);
        expect(body.items).toHaveLength(open);
        expect(body).toMatchObject({ asOf, nextCursor: null, openingUnknown: unknown });
      },
    );

    it('asks for today when no day is given', async () => {
      app.clock.playOn(CalendarDate.of(2016, 6, 28));
      const { body } = await ministry.get('/centres?limit=200').expect(200);
      app.clock.playOn(null);
      expect(body).toMatchObject({ asOf: '2016-06-28' });
      expect(body.items).toHaveLength(51);
    });

    it('gives every centre once over its pages, by municipality key', async () => {
      const seen: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const next: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const { body, headers } = await ministry.get(`/centres?asOf=2018-09-06&limit=20${next}`).expect(200);
        expect(headers['link'] !== undefined).toBe(body.nextCursor !== null);
        seen.push(...(body.items as { ags: string }[]).map(({ ags }) => ags));
        cursor = body.nextCursor as string | null;
      }
      expect(seen).toEqual(centres.map(({ ags }) => ags).sort());
    });

    it('filters by host type and Regierungsbezirk', async () => {
      const { body } = await ministry
        .get('/centres?asOf=2018-09-06&hostType=stadt&regierungsbezirk=Münster')
        .expect(200);
      expect((body.items as { name: string }[]).map(({ name }) => name)).toEqual([
        'Bottrop',
        'Gelsenkirchen',
        'Münster',
      ]);
    });

    it.each(['asOf=2016-02-30', 'asOf=heute', 'hostType=dorf', 'open=true', 'limit=201', 'cursor=xyz'])(
      'refuses ?%s with 400',
      async (query) => {
        const { body } = await ministry.get(`/centres?${query}`).expect(400);
        expect(body.code).toBe('invalid-input');
      },
    );

    it.each(['school_ministry', 'granting_authority', 'cashier', 'auditor', 'admin', 'coesfeld'])(
      'is open to %s',
      async (who) => {
        const caller = await app.signIn(who);
        const { body } = await caller.get('/centres?asOf=2018-09-06&limit=200').expect(200);
        expect(body.items).toHaveLength(54);
      },
    );
  });

  describe('centre.read', () => {
    it('shows what is known and how well', async () => {
      const { body, headers } = await clerk.get(`/centres/${coesfeld}`).expect(200);
      expect(headers.etag).toBe('"v1"');
      expect(body).toMatchObject({
        ...{ ags: '05558000', name: 'Kreis Coesfeld', hostType: 'kreis', regierungsbezirk: 'Münster' },
        ...{ openedOn: '2016-02-12', knownOpenBy: null, ordinal: 50 },
        ...{ population: 220_586, populationOn: '2019-12-31', populationConfidence: 'verified' },
      });
    });

    it.each(['0198c0de-7a11-7000-8000-00000000dead', 'coesfeld'])('knows no %s', async (id) => {
      await clerk.get(`/centres/${id}`).expect(404);
    });
  });

  describe('centre.create', () => {
    it('is the ministry’s alone', async () => {
      await clerk.post('/centres', hamm).expect(403);
      await app.anonymous().post('/centres', hamm).expect(401);
    });

    it('makes the centre and its recipient, or nothing in a dry run', async () => {
      await ministry.post('/centres?dryRun=true', hamm).expect(201);
      const { body, headers } = await ministry.post('/centres', hamm).expect(201);
      expect(headers.location).toBe(`/api/v1/centres/${String(body.id)}`);
      expect(body).toMatchObject({
        ...{ ags: '05999000', openedOn: '2030-01-01', knownOpenBy: null, population: null, version: 1 },
      });
      await ministry.get(String(headers.location).replace('/api/v1', '')).expect(200);
    });

    it('refuses a second centre of one body', async () => {
      const { body } = await ministry.post('/centres', { ...hamm, ags: '05558000' }).expect(409);
      expect(body).toMatchObject({ code: 'duplicate', errors: [{ code: 'ags-taken', pointer: '/ags' }] });
    });

    it('states every objection of the form at once', async () => {
      const wrong = {
        ...hamm,
        ags: '09162000',
        hostType: 'dorf',
        openedOn: '2016-02-30',
        population: 1.5,
        extra: 1,
      };
      const { body } = await ministry.post('/centres', wrong).expect(400);
      expect((body.errors as { pointer: string }[]).map(({ pointer }) => pointer).sort()).toEqual([
        ...['/ags', '/extra', '/hostType', '/openedOn', '/population'],
      ]);
    });

    it('refuses what contradicts itself', async () => {
      const { body } = await ministry
        .post('/centres', { ...hamm, ags: '05999001', knownOpenBy: '2030-01-01', population: 5 })
        .expect(422);
      expect((body.errors as { code: string }[]).map(({ code }) => code)).toEqual([
        'opening-stated-twice',
        'population-incomplete',
      ]);
    });
  });

  describe('bank accounts', () => {
    async function propose(centre: CentreId, iban = IBAN): Promise<{ id: BankAccountId; etag: string }> {
      const { body, headers } = await clerk
        .post(`/centres/${centre}/bank-accounts`, { iban, holder: 'Kreiskasse' })
        .expect(201);
      return { id: body.id as BankAccountId, etag: String(headers.etag) };
    }

    it('recipient.proposeAccount and recipient.confirmAccount take two persons; the newest confirmed one is used', async () => {
      const first = await propose(coesfeld, 'DE02 1203 0000 0000 2020 51');
      const { body: refused } = await clerk
        .post(`/bank-accounts/${first.id}/confirm`)
        .set('If-Match', first.etag)
        .expect(422);
      expect(refused.errors[0].code).toBe('four-eyes');
      const { body } = await secondClerk
        .post(`/bank-accounts/${first.id}/confirm`)
        .set('If-Match', first.etag)
        .expect(200);
      expect(body).toMatchObject({
        ...{ iban: IBAN, state: 'confirmed', version: 2 },
        proposedBy: app.cast.member('granting_authority').personId,
        confirmedBy: app.cast.member('granting_authority2').personId,
      });

      const second = await propose(coesfeld, OTHER_IBAN);
      await secondClerk.post(`/bank-accounts/${second.id}/confirm`).set('If-Match', second.etag).expect(200);
      const { body: list } = await clerk.get(`/centres/${coesfeld}/bank-accounts`).expect(200);
      expect(
        (list.items as { state: string; iban: string }[]).map(({ iban, state }) => [iban, state]),
      ).toEqual([
        [IBAN, 'replaced'],
        [OTHER_IBAN, 'confirmed'],
      ]);
    });

    it('refuses a wrong IBAN', async () => {
      const { body } = await clerk
        .post(`/centres/${coesfeld}/bank-accounts`, { iban: 'DE03120300000000202051', holder: 'Kreiskasse' })
        .expect(422);
      expect(body.errors).toEqual([expect.objectContaining({ code: 'iban-invalid', pointer: '/iban' })]);
    });

    it('needs the version it confirms: 428 without, 412 when stale, 409 when confirmed already', async () => {
      const { id, etag } = await propose(borken);
      const confirm = `/bank-accounts/${id}/confirm`;
      await secondClerk.post(confirm).expect(428);
      await secondClerk.post(confirm).set('If-Match', '"v7"').expect(412);
      const { headers } = await secondClerk.post(confirm).set('If-Match', etag).expect(200);
      const { body } = await secondClerk.post(confirm).set('If-Match', String(headers.etag)).expect(409);
      expect(body.code).toBe('state-conflict');
    });

    it('shows a municipality its own, and of another centre nothing', async () => {
      const { id } = await propose(borken);
      const [own, foreign] = [await app.signIn('borken'), await app.signIn('coesfeld')];
      await own.get(`/bank-accounts/${id}`).expect(200);
      await foreign.get(`/bank-accounts/${id}`).expect(404);
      await own.get(`/centres/${borken}/bank-accounts`).expect(200);
      await foreign.get(`/centres/${borken}/bank-accounts`).expect(404);
    });

    it.each(['ministry', 'school_ministry', 'admin'])('is no business of %s', async (who) => {
      const caller = await app.signIn(who);
      await caller.get(`/centres/${coesfeld}/bank-accounts`).expect(403);
    });

    it.each(['cashier', 'auditor'])('lets %s look, not write', async (who) => {
      const caller = await app.signIn(who);
      await caller.get(`/centres/${coesfeld}/bank-accounts`).expect(200);
      await caller
        .post(`/centres/${coesfeld}/bank-accounts`, { iban: IBAN, holder: 'Kreiskasse' })
        .expect(403);
    });

    it('knows no account nobody proposed', async () => {
      await secondClerk.post(`/bank-accounts/${newId()}/confirm`).set('If-Match', '"v1"').expect(404);
      await clerk.post(`/centres/${newId()}/bank-accounts`, { iban: IBAN, holder: 'Kreiskasse' }).expect(404);
    });

    it('keeps one confirmed account when two clerks confirm at once', async () => {
      const [one, two] = [await propose(borken), await propose(borken, OTHER_IBAN)];
      const service = app.get(BankAccountService);
      const actor = await app.cast.actor('granting_authority2');
      await Promise.all([one, two].map(({ id }) => service.confirm(invocationOf(actor), id)));
      const { body } = await clerk.get(`/centres/${borken}/bank-accounts?limit=200`).expect(200);
      expect((body.items as { state: string }[]).filter(({ state }) => state === 'confirmed')).toHaveLength(
        1,
      );
    });
  });
});
