import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createSecretKey } from 'node:crypto';
import pg from 'pg';
import { SignJWT, UnsecuredJWT } from 'jose';
import { newId, type CentreId, type SessionId } from '../../src/kernel/ids.js';
import { TestApp, TOKEN_SECRET, type Caller } from '../support/app.js';

let app: TestApp;
let admin: Caller;
let second: Caller;

beforeAll(async () => {
  app = await TestApp.boot('identity');
  admin = await app.signIn('admin');
  second = await app.signIn('admin2');
});
afterAll(() => app.close());

const PASSWORD = 'Ein langes Kennwort für Tests';
let counter = 0;

/** A person with an account and no role yet. */
async function newUser(personId?: string): Promise<{ id: string; personId: string; username: string }> {
  const username = `user-${String(++counter)}`;
  const person =
    personId ?? (await admin.post('/persons', { name: `Person ${username}` }).expect(201)).body.id;
  const { body } = await admin.post('/users', { personId: person, username, password: PASSWORD }).expect(201);
  return { id: body.id, personId: body.personId, username };
}

/** The same with a role that a second administrator confirmed. */
async function newMember(role: string, personId?: string) {
  const user = await newUser(personId);
  const grant = (await admin.post(`/users/${user.id}/roles`, { role }).expect(201)).body;
  await second.post(`/users/${user.id}/roles/${grant.id}/confirm`).set('If-Match', '"v1"').expect(200);
  return { ...user, grantId: grant.id as string };
}

const signIn = (username: string, password = PASSWORD, more: object = {}) =>
  app.anonymous().post('/sessions', { username, password, ...more });

const codesOf = (body: { errors?: { code: string }[] }) => (body.errors ?? []).map(({ code }) => code);

describe('session.create', () => {
  it('gives two tokens and says how long the first one lives', async () => {
    const { body, headers } = await signIn('ministry', app.cast.password).expect(201);
    expect(Object.keys(body as object).sort()).toEqual(['accessToken', 'expiresInSeconds', 'refreshToken']);
    expect(body.expiresInSeconds).toBe(600);
    expect(headers['cache-control']).toBe('no-store');
    const me = await app.as(body.accessToken).get('/me').expect(200);
    expect(me.body).toMatchObject({ username: 'ministry', role: 'ministry', centreId: null });
  });

  it('answers unknown, wrong and disabled in the same words', async () => {
    const { id, username } = await newMember('auditor');
    await admin.post(`/users/${id}/disable`).set('If-Match', '"v1"').expect(200);
    const answers = await Promise.all([
      signIn('nobody-at-all').expect(401),
      signIn('auditor', 'not the password').expect(401),
      signIn(username).expect(401),
    ]);
    const told = answers.map(({ body }) => ({ ...(body as object), traceId: null }));
    expect(told[1]).toEqual(told[0]);
    expect(told[2]).toEqual(told[0]);
    expect(JSON.stringify(told[0])).toContain('Anmeldename und Kennwort passen zu keinem offenen Konto.');
  });

  it('locks with the fifth miss, so that even the right password fails until the lock is over', async () => {
    const { username, id } = await newMember('auditor');
    for (let miss = 1; miss <= 4; miss++) await signIn(username, 'wrong').expect(401);
    await signIn(username).expect(201);
    for (let miss = 1; miss <= 5; miss++) await signIn(username, 'wrong').expect(401);
    await signIn(username).expect(401);
    await app.rows(`update credential set locked_until = now() - interval '1 second' where user_id = $1`, [
      id,
    ]);
    await signIn(username).expect(201);
  });

  it('counts misses that come at once', async () => {
    const { username, id } = await newMember('auditor');
    await Promise.all([1, 2, 3].map(() => signIn(username, 'wrong').expect(401)));
    expect(await app.rows('select failed_attempts from credential where user_id = $1', [id])).toEqual([
      { failed_attempts: 3 },
    ]);
  });

  it('records success, miss and unknown name, and none of them holds a name, a password or a token', async () => {
    const before = await app.rows<{ id: string }>('select max(id) as id from audit_record');
    const { body } = await signIn('cashier', app.cast.password).expect(201);
    await signIn('cashier', 'not-the-password').expect(401);
    await signIn('nobody-called-that').expect(401);
    const records = await app.rows<{ action: string; actor_person: string | null; body: Buffer }>(
      'select action, actor_person, body from audit_record where id > $1 order by id',
      [before[0]?.id],
    );
    expect(records.map(({ action }) => action)).toEqual([
      'session.create',
      'session.create',
      'session.create',
    ]);
    expect(records.map(({ actor_person }) => actor_person)).toEqual([
      app.cast.member('cashier').personId,
      null,
      null,
    ]);
    const bodies = records.map((record) => record.body.toString('utf8'));
    expect(bodies.map((text) => JSON.parse(text).outcome)).toEqual(['done', 'refused', 'refused']);
    for (const secret of [
      'cashier',
      'not-the-password',
      'nobody',
      app.cast.password,
      body.refreshToken,
      body.accessToken,
    ]) {
      expect(bodies.join()).not.toContain(secret);
    }
  });

  it('stores neither password nor refresh token readably', async () => {
    const { body } = await signIn('cashier', app.cast.password).expect(201);
    const stored = await app.rows<{ t: string }>(
      'select c::text as t from credential c union all select r::text from refresh_token r',
    );
    const text = stored.map(({ t }) => t).join();
    expect(text).not.toContain(app.cast.password);
    expect(text).not.toContain(body.refreshToken);
    expect(text).toMatch(/\$argon2id\$v=19\$m=19456,/);
  });

  it('asks which role when the account holds several', async () => {
    const user = await newMember('ministry');
    const grant = (await admin.post(`/users/${user.id}/roles`, { role: 'auditor' }).expect(201)).body;
    await second.post(`/users/${user.id}/roles/${grant.id}/confirm`).set('If-Match', '"v1"').expect(200);
    const open = await signIn(user.username).expect(422);
    expect(codesOf(open.body)).toEqual(['role-not-chosen']);
    const chosen = await signIn(user.username, PASSWORD, { role: 'auditor' }).expect(201);
    expect((await app.as(chosen.body.accessToken).get('/me').expect(200)).body.role).toBe('auditor');
    await signIn(user.username, PASSWORD, { role: 'cashier' }).expect(403);
  });

  it('does not let an account in whose only role waits for confirmation', async () => {
    const user = await newUser();
    await admin.post(`/users/${user.id}/roles`, { role: 'ministry' }).expect(201);
    await signIn(user.username).expect(403);
  });

  it.each([
    ['no password', { username: 'admin' }],
    ['a number as name', { username: 7, password: 'x' }],
    ['a list as password', { username: 'admin', password: ['x'] }],
    ['a password too long to be one', { username: 'admin', password: 'x'.repeat(201) }],
    ['an unknown field', { username: 'admin', password: 'x', admin: true }],
  ])('refuses %s as bad input', (_, body) => app.anonymous().post('/sessions', body).expect(400));
});

describe('session.refresh', () => {
  const refresh = (refreshToken: string) => app.anonymous().post('/sessions/refresh', { refreshToken });

  it('gives new tokens for the same session', async () => {
    const first = await app.newSession('ministry');
    const { body } = await refresh(first.refreshToken).expect(201);
    expect(body.refreshToken).not.toBe(first.refreshToken);
    await app.as(body.accessToken).get('/me').expect(200);
    await refresh(body.refreshToken).expect(201);
  });

  it('ends the whole session when a token comes twice', async () => {
    const first = await app.newSession('ministry');
    const next = (await refresh(first.refreshToken).expect(201)).body;
    expect((await refresh(first.refreshToken).expect(401)).body.code).toBe('session-ended');
    expect((await app.as(next.accessToken).get('/me').expect(401)).body.code).toBe('session-ended');
    await app.as(first.accessToken).get('/me').expect(401);
    await refresh(next.refreshToken).expect(401);
  });

  it('lets one of two simultaneous uses through, and the session ends', async () => {
    const { refreshToken } = await app.newSession('ministry');
    const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401]);
    const granted = answers.find(({ status }) => status === 201);
    await app.as(granted?.body.accessToken).get('/me').expect(401);
  });

  it('does not know an invented token', () => refresh('invented').expect(401));

  it('ends after twelve hours', async () => {
    const { refreshToken, accessToken } = await app.newSession('ministry');
    const [life] = await app.rows<{ hours: number }>(
      `select extract(epoch from max(expires_at) - now()) / 3600 as hours from session`,
    );
    expect(Number(life?.hours)).toBeCloseTo(12, 1);
    await app.rows(
      `update session set expires_at = now() where id = (select id from session order by begun_at desc limit 1)`,
    );
    await refresh(refreshToken).expect(401);
    expect((await app.as(accessToken).get('/me').expect(401)).body.code).toBe('session-ended');
  });
});

describe('session.end', () => {
  it.each(['ministry', 'auditor', 'admin2', 'cashier'])(
    'ends the session of %s with the next request',
    async (name) => {
      const { accessToken, refreshToken } = await app.newSession(name);
      await app.as(accessToken).post('/sessions/end').expect(204);
      expect((await app.as(accessToken).get('/me').expect(401)).body.code).toBe('session-ended');
      await app.anonymous().post('/sessions/refresh', { refreshToken }).expect(401);
    },
  );

  it('leaves other sessions of the account alone', async () => {
    const [one, other] = [await app.newSession('ministry'), await app.newSession('ministry')];
    await app.as(one.accessToken).post('/sessions/end').expect(204);
    await app.as(other.accessToken).get('/me').expect(200);
  });
});

describe('me.read', () => {
  it('says who acts and what the role may do', async () => {
    const { body } = await (await app.signIn('auditor')).get('/me').expect(200);
    expect(body).toMatchObject({ ...pick(app.cast.member('auditor')), name: 'Auditor', role: 'auditor' });
    expect(body.actions).toEqual(expect.arrayContaining(['me.read', 'user.list', 'user.read']));
    expect(body.actions).not.toContain('user.create');
  });

  it('names the centre of a municipality', async () => {
    const centreId = newId<CentreId>();
    const { username } = await app.cast.municipality(centreId);
    const { body } = await (await app.signIn(username)).get('/me').expect(200);
    expect(body).toMatchObject({
      role: 'municipality',
      centreId,
      powers: ['drafter', 'treasurer', 'signatory'],
      roles: [{ role: 'municipality', centreId, powers: ['drafter', 'treasurer', 'signatory'] }],
    });
  });

  it('shows the powers of the session, and only what they permit', async () => {
    const { username } = await app.cast.municipality(newId<CentreId>(), 'signs-only', ['signatory']);
    const { body } = await (await app.signIn(username)).get('/me').expect(200);
    expect(body.powers).toEqual(['signatory']);
    expect(body.actions).toEqual(expect.arrayContaining(['application.submit', 'application.read']));
    expect(body.actions).not.toContain('application.draft');
    expect(body.actions).not.toContain('drawdown.request');
  });

  const pick = ({ userId, personId, username }: { userId: string; personId: string; username: string }) => ({
    userId,
    personId,
    username,
  });
});

describe('who may call', () => {
  const key = createSecretKey(Buffer.from(TOKEN_SECRET));
  const claims = () => {
    const { userId, personId } = app.cast.member('admin');
    return {
      sub: userId,
      sid: newId<SessionId>() as string,
      role: 'admin',
      person: personId as string,
      centre: null,
    };
  };
  const signed = (
    changes: Partial<{ iss: string; aud: string; exp: number; key: typeof key; role: string }> = {},
  ) => {
    const now = Math.floor(performance.timeOrigin / 1000 + performance.now() / 1000);
    return new SignJWT({ ...claims(), role: changes.role ?? 'admin' })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(changes.iss ?? 'foerderbuch')
      .setAudience(changes.aud ?? 'foerderbuch-api')
      .setExpirationTime(changes.exp ?? now + 600)
      .sign(changes.key ?? key);
  };
  const codeFor = async (token: string) => {
    const { status, body } = await app.as(token).get('/users');
    return `${String(status)} ${String(body.code)}`;
  };

  it('is nobody without a token', async () => {
    const { body, headers } = await app.anonymous().get('/users').expect(401);
    expect(body.code).toBe('unauthenticated');
    expect(headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it('is nobody with an expired, forged, foreign or unsigned token', async () => {
    expect(await codeFor(await signed({ exp: 1_700_000_000 }))).toBe('401 unauthenticated');
    expect(
      await codeFor(
        await signed({ key: createSecretKey(Buffer.from('another secret that is long enough')) }),
      ),
    ).toBe('401 unauthenticated');
    expect(await codeFor(await signed({ iss: 'somebody' }))).toBe('401 unauthenticated');
    expect(await codeFor(await signed({ aud: 'something' }))).toBe('401 unauthenticated');
    expect(await codeFor(await signed({ role: 'system' }))).toBe('401 unauthenticated');
    const unsigned = new UnsecuredJWT(claims())
      .setIssuer('foerderbuch')
      .setAudience('foerderbuch-api')
      .setExpirationTime('1h')
      .encode();
    expect(await codeFor(unsigned)).toBe('401 unauthenticated');
    expect(await codeFor('not.a.token')).toBe('401 unauthenticated');
  });

  it('is nobody when the session in a well-signed token does not exist', async () => {
    expect(await codeFor(await signed())).toBe('401 session-ended');
  });

  it('is nobody with a token in the query, where it would be logged', async () => {
    await app
      .anonymous()
      .get(`/users?access_token=${await app.tokenOf('admin')}`)
      .expect(401);
  });

  it('is nobody with a role in the token that the session does not have', async () => {
    const { accessToken } = await app.newSession('ministry');
    const payload = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());
    const token = await new SignJWT({ ...payload, role: 'admin' })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(key);
    expect(await codeFor(token)).toBe('401 session-ended');
  });

  it.each(['ministry', 'school_ministry', 'granting_authority', 'cashier', 'auditor'])(
    'is not %s who creates users',
    async (role) => {
      const { body } = await (await app.signIn(role)).post('/persons', { name: 'Someone' }).expect(403);
      expect(body.code).toBe('forbidden');
      expect(body.detail).toContain('Er steht zu: Administration (admin).');
    },
  );

  it('lets the auditor read users and nothing more', async () => {
    const auditor = await app.signIn('auditor');
    await auditor.get('/users').expect(200);
    await auditor.get(`/users/${app.cast.member('admin').userId}`).expect(200);
    await auditor
      .post(`/users/${app.cast.member('admin').userId}/disable`)
      .set('If-Match', '"v1"')
      .expect(403);
  });
});

describe('users', () => {
  it('never shows a password', async () => {
    const { id } = await newUser();
    const { text, body, headers } = await admin.get(`/users/${id}`).expect(200);
    expect(text).not.toMatch(/argon2|password/i);
    expect(body).toMatchObject({ id, roles: [], disabledAt: null, version: 1 });
    expect(headers.etag).toBe('"v1"');
  });

  it('refuses a taken user name, an unknown person and a short password', async () => {
    const { username, personId } = await newUser();
    const taken = await admin.post('/users', { personId, username, password: PASSWORD }).expect(409);
    expect(taken.body.code).toBe('duplicate');
    const unknown = await admin
      .post('/users', { personId: newId(), username: 'somebody-new', password: PASSWORD })
      .expect(422);
    expect(codesOf(unknown.body)).toEqual(['unknown-person']);
    await admin.post('/users', { personId, username: 'short-one', password: 'elevenchars' }).expect(400);
  });

  it('lists all of them, page by page', async () => {
    const seen: string[] = [];
    let path = '/users?limit=3';
    for (let pages = 0; pages < 50 && path !== ''; pages++) {
      const { body } = await admin.get(path).expect(200);
      seen.push(...(body.items as { id: string }[]).map(({ id }) => id));
      path = body.nextCursor === null ? '' : `/users?limit=3&cursor=${String(body.nextCursor)}`;
    }
    const all = await app.rows<{ id: string }>('select id from user_account order by id');
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  it('disables with the next request, reads included', async () => {
    const { id, username } = await newMember('ministry');
    const { body } = await signIn(username).expect(201);
    await app.as(body.accessToken).get('/me').expect(200);
    await admin.post(`/users/${id}/disable`).expect(428);
    await admin.post(`/users/${id}/disable`).set('If-Match', '"v9"').expect(412);
    const disabled = await admin.post(`/users/${id}/disable`).set('If-Match', '"v1"').expect(200);
    expect(disabled.headers.etag).toBe('"v2"');
    expect((await app.as(body.accessToken).get('/me').expect(401)).body.code).toBe('session-ended');
    await app.anonymous().post('/sessions/refresh', { refreshToken: body.refreshToken }).expect(401);
    await admin.post(`/users/${id}/disable`).set('If-Match', '"v2"').expect(409);
  });

  it('does not know a user that does not exist', async () => {
    await admin.get(`/users/${newId()}`).expect(404);
    await admin.post(`/users/${newId()}/disable`).set('If-Match', '"v1"').expect(404);
  });
});

describe('roles', () => {
  it('takes effect only when a second administrator has confirmed it', async () => {
    const user = await newUser();
    const grant = (await admin.post(`/users/${user.id}/roles`, { role: 'ministry' }).expect(201)).body;
    expect(grant).toMatchObject({
      live: false,
      grantedBy: app.cast.member('admin').personId,
      confirmedBy: null,
    });
    const path = `/users/${user.id}/roles/${String(grant.id)}/confirm`;

    const own = await admin.post(path).set('If-Match', '"v1"').expect(422);
    expect(codesOf(own.body)).toEqual(['four-eyes-granter']);
    const { body } = await second.post(path).set('If-Match', '"v1"').expect(200);
    expect(body).toMatchObject({ live: true, confirmedBy: app.cast.member('admin2').personId, version: 2 });
    await signIn(user.username).expect(201);
    await second.post(path).set('If-Match', '"v2"').expect(409);
  });

  it('counts persons, not accounts: the second account of the granter confirms nothing', async () => {
    const alias = await newMember('admin', app.cast.member('admin').personId);
    const aliasCaller = app.as((await signIn(alias.username).expect(201)).body.accessToken);
    const user = await newUser();
    const grant = (await admin.post(`/users/${user.id}/roles`, { role: 'ministry' }).expect(201)).body;
    const refused = await aliasCaller
      .post(`/users/${user.id}/roles/${String(grant.id)}/confirm`)
      .set('If-Match', '"v1"')
      .expect(422);
    expect(codesOf(refused.body)).toEqual(['four-eyes-granter']);
  });

  it('is not confirmed by the person who will hold it, through whatever account', async () => {
    const third = await newMember('admin');
    const holder = app.as((await signIn(third.username).expect(201)).body.accessToken);
    const other = await newUser(third.personId);
    const grant = (await admin.post(`/users/${other.id}/roles`, { role: 'auditor' }).expect(201)).body;
    const refused = await holder
      .post(`/users/${other.id}/roles/${String(grant.id)}/confirm`)
      .set('If-Match', '"v1"')
      .expect(422);
    expect(codesOf(refused.body)).toEqual(['four-eyes-beneficiary']);
  });

  it('has a second lock in the database for both', async () => {
    const [holder, granter] = [app.cast.member('auditor'), app.cast.member('admin')];
    const insert = (by: string) =>
      app.rows(
        `insert into role_grant (id, user_id, person_id, role, granted_by, confirmed_by, confirmed_at)
         values ($1, $2, $3, 'cashier', $4, $5, now())`,
        [newId(), holder.userId, holder.personId, granter.personId, by],
      );
    await app.rows('alter table role_grant disable trigger user');
    await expect(insert(granter.personId)).rejects.toThrow(/check constraint/);
    await expect(insert(holder.personId)).rejects.toThrow(/check constraint/);
    await app.rows('alter table role_grant enable trigger user');
  });

  it('belongs to a centre exactly when it is a municipality', async () => {
    const user = await newUser();
    const without = await admin.post(`/users/${user.id}/roles`, { role: 'municipality' }).expect(422);
    expect(codesOf(without.body)).toEqual(['centre-missing', 'powers-missing']);
    const superfluous = await admin
      .post(`/users/${user.id}/roles`, { role: 'ministry', centreId: newId() })
      .expect(422);
    expect(codesOf(superfluous.body)).toEqual(['centre-not-applicable']);
  });

  it('of a municipality carries powers, given by one administrator and confirmed by another', async () => {
    const centre = await (
      await app.signIn('ministry')
    )
      .post('/centres', {
        ...{ ags: '05558000', name: 'Kreis Coesfeld', hostType: 'kreis', regierungsbezirk: 'Münster' },
        recipient: { name: 'Kreis Coesfeld', kind: 'kreis' },
      })
      .expect(201);
    const user = await newUser();
    const asked = { role: 'municipality', centreId: centre.body.id, powers: ['signatory', 'drafter'] };
    const { body: grant } = await admin.post(`/users/${user.id}/roles`, asked).expect(201);
    expect(grant).toMatchObject({ powers: ['signatory', 'drafter'], live: false });
    await signIn(user.username).expect(403);
    const second = await app.signIn('admin2');
    const { body: confirmed } = await second
      .post(`/users/${user.id}/roles/${String(grant.id)}/confirm`)
      .set('If-Match', '"v1"')
      .expect(200);
    expect(confirmed).toMatchObject({ powers: ['signatory', 'drafter'], live: true });
    const { body: tokens } = await signIn(user.username).expect(201);
    const { body: me } = await app.as(tokens.accessToken).get('/me').expect(200);
    expect(me.powers).toEqual(['drafter', 'signatory']);
    const { body: renewed } = await app
      .anonymous()
      .post('/sessions/refresh', { refreshToken: tokens.refreshToken })
      .expect(201);
    expect((await app.as(renewed.accessToken).get('/me').expect(200)).body.powers).toEqual(me.powers);

    const call = app.as(renewed.accessToken);
    const german = await call.post('/drawdowns', {}).set('Accept-Language', 'de').expect(403);
    expect(german.body).toMatchObject({
      ...{ code: 'forbidden', missingPower: 'treasurer' },
      detail:
        'Dafür ist die Befugnis Kämmerei (treasurer) nötig; diese Rolle hat: Antragsbearbeitung (drafter), Zeichnungsbefugnis (signatory).',
    });
    const english = await call.post('/drawdowns', {}).set('Accept-Language', 'en').expect(403);
    expect(english.body.detail).toContain('This needs the power of treasury (treasurer)');
  });

  it('keeps its powers: in the database they belong to the grant and to a municipality', async () => {
    const columns = await app.rows(
      `select grantee from information_schema.column_privileges
        where table_name = 'role_grant' and column_name = 'powers' and privilege_type = 'UPDATE'
          and grantee <> 'foerderbuch_owner'`,
    );
    expect(columns).toEqual([]);
    const { grantId } = app.cast.member('auditor');
    await app.rows('alter table role_grant disable trigger user');
    const set = (powers: string) =>
      app.rows(`update role_grant set powers = '${powers}' where id = $1`, [grantId]);
    await expect(set('{signatory}')).rejects.toThrow(/check constraint/);
    await expect(set('{king}')).rejects.toThrow(/check constraint/);
    await app.rows('alter table role_grant enable trigger user');
  });

  it('is held once', async () => {
    const user = await newMember('ministry');
    await admin.post(`/users/${user.id}/roles`, { role: 'ministry' }).expect(409);
  });

  it('is revoked with the next request', async () => {
    const { id, username, grantId } = await newMember('ministry');
    const { body } = await signIn(username).expect(201);
    await admin.post(`/users/${id}/roles/${grantId}/revoke`).set('If-Match', '"v2"').expect(200);
    expect((await app.as(body.accessToken).get('/me').expect(401)).body.code).toBe('session-ended');
  });
});

describe('the record', () => {
  it('holds one entry for each change', async () => {
    expect(await app.recordsOf(() => newMember('ministry'))).toEqual([
      'person.create',
      'user.create',
      'user.grantRole',
      'user.confirmRole',
    ]);
    const session = await app.newSession('ministry');
    expect(
      await app.recordsOf(async () => {
        const { body } = await app
          .anonymous()
          .post('/sessions/refresh', { refreshToken: session.refreshToken })
          .expect(201);
        await app.as(body.accessToken).post('/sessions/end').expect(204);
      }),
    ).toEqual(['session.refresh', 'session.end']);
  });

  it('holds whose names were shown to whom', async () => {
    const { id } = await newUser();
    const written = await app.recordsOf(async () => {
      await admin.get('/users').expect(200);
      await admin.get(`/users/${id}`).expect(200);
      await admin.get(`/users/${newId()}`).expect(404);
    });
    expect(written).toEqual(['user.list', 'user.read']);
    const [last] = await app.rows(
      `select r.actor_person, s.subject_type, s.subject_id
         from audit_record r join audit_subject s on s.record_id = r.id order by r.id desc limit 1`,
    );
    const reader = app.cast.member('admin').personId;
    expect(last).toEqual({ actor_person: reader, subject_type: 'user', subject_id: id });
  });

  it('holds none for other reads, refusals of input and dry runs', async () => {
    const { id } = await newUser();
    const written = await app.recordsOf(async () => {
      await admin.get('/me').expect(200);
      await (await app.signIn('ministry')).get('/centres').expect(200);
      await admin.post('/persons', {}).expect(400);
      await admin.post(`/users/${id}/roles`, { role: 'municipality' }).expect(422);
      await (await app.signIn('ministry')).post('/persons', { name: 'Nobody' }).expect(403);
      await admin.post('/persons?dryRun=true', { name: 'Perhaps' }).expect(201);
    });
    expect(written).toEqual([]);
    expect(await app.rows(`select 1 from person where name = 'Perhaps'`)).toEqual([]);
  });

  it('holds names and addresses only as salted commitments', async () => {
    await admin
      .post('/persons', { name: 'Wilhelmine Unverwechselbar', email: 'wilhelmine@example.org' })
      .expect(201);
    const changes = await app.rows<{ text: string }>(
      `select coalesce(before, '') || coalesce(after, '') as text from row_change union all select convert_from(body, 'UTF8') from audit_record`,
    );
    expect(changes.map(({ text }) => text).join()).not.toMatch(/Unverwechselbar|wilhelmine/);
  });

  it('covers every journalled row change', async () => {
    expect(
      await app.rows(
        `select distinct table_name from row_change c
          where not exists (select from audit_record r where r.epoch = c.epoch and r.xid = c.xid)`,
      ),
    ).toEqual([]);
  });
});

describe('health', () => {
  it('is live and ready', async () => {
    await app.anonymous().get('/health/live').expect(200, { status: 'ok' });
    await app.anonymous().get('/health/ready').expect(200, { status: 'ok' });
  });

  it('heals by itself when all connections were cut', async () => {
    await admin.get('/me').expect(200);
    const cutter = new pg.Client(app.database.adminUrl);
    await cutter.connect();
    await cutter.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = 'foerderbuch_app'`,
    );
    await cutter.end();
    const answers = [];
    for (let attempt = 0; attempt < 8; attempt++)
      answers.push((await app.anonymous().get('/health/ready')).status);
    expect(answers.at(-1)).toBe(200);
    await admin.get('/me').expect(200);
  });
});
