import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { access, permits } from '../../src/identity/access.rules.js';
import { roles, type Role } from '../../src/kernel/actor.js';
import { newId, type CentreId } from '../../src/kernel/ids.js';
import { TestApp, TOKEN_SECRET, type Caller } from '../support/app.js';
import { unknownPathOf } from './fixtures.js';
import { call, endpointsOf, requiredQuery, type Endpoint } from './operations.js';

/** Routes that stand outside the document, each with its reason. The list may only shrink. */
const UNDOCUMENTED: Readonly<Record<string, string>> = {
  'GET /api/v1/openapi.json': 'is the document',
  'GET /problems': 'pages the problem types resolve to, for people',
  'GET /problems/{code}': 'pages the problem types resolve to, for people',
};

interface RouterLayer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** Every operation of the document against everybody who might call it. */
describe('every operation', () => {
  let app: TestApp;
  let endpoints: Endpoint[];
  const names = new Map<Role, string>(roles.map((role) => [role, role]));

  beforeAll(async () => {
    app = await TestApp.boot('every-role');
    endpoints = endpointsOf(app);
    const office = await app.signIn('ministry');
    const { body } = await office.post('/centres', {
      ...{ ags: '05558000', name: 'Kreis Coesfeld', hostType: 'kreis', regierungsbezirk: 'Münster' },
      recipient: { name: 'Kreis Coesfeld', kind: 'kreis' },
    });
    const { username } = await app.cast.municipality((body as { id: CentreId }).id);
    names.set('municipality', username);
  }, 120_000);

  afterAll(() => app.close());

  /** Each cell is a call with nothing in it: whoever may call hears about the input, nobody else gets that far. */
  async function answer(caller: Caller, endpoint: Endpoint): Promise<{ status: number; code: unknown }> {
    const path = unknownPathOf(endpoint.template) + requiredQuery(endpoint);
    const { status, body } = await call(caller, endpoint, path, {});
    return { status, code: (body as { code?: unknown }).code };
  }

  it('has one row of permissions, and each row an operation', () => {
    expect(endpoints.map(({ id }) => id).sort()).toEqual(Object.keys(access).sort());
  });

  it('is 401 to somebody who has not signed in, unless it is open to everybody', async () => {
    for (const endpoint of endpoints.filter(({ id }) => access[id] !== 'public')) {
      const { status, code } = await answer(app.anonymous(), endpoint);
      expect([endpoint.id, status, code]).toEqual([endpoint.id, 401, 'unauthenticated']);
    }
  });

  it('is 401 to a token that has expired, was made for another house, or is signed with another secret', async () => {
    const claims = { sid: newId(), role: 'ministry', person: newId(), centre: null };
    const token = (audience: string, ends: string, secret: string): Promise<string> =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(newId())
        .setIssuer('foerderbuch')
        .setAudience(audience)
        .setIssuedAt('-2h')
        .setExpirationTime(ends)
        .sign(new TextEncoder().encode(secret));
    const tokens = [
      await token('foerderbuch-api', '-1s', TOKEN_SECRET),
      await token('another-api', '1h', TOKEN_SECRET),
      await token('foerderbuch-api', '1h', 'another secret that is long enough'),
    ];
    for (const endpoint of endpoints.filter(({ id }) => access[id] !== 'public')) {
      for (const one of tokens) {
        expect([endpoint.id, (await answer(app.as(one), endpoint)).status]).toEqual([endpoint.id, 401]);
      }
    }
  });

  it('is open without signing in where it says so, and nowhere else', async () => {
    const open = endpoints.filter(({ id }) => access[id] === 'public');
    expect(open.map(({ id }) => id)).toEqual(['session.create', 'session.refresh']);
    for (const endpoint of open) {
      const { status } = await answer(app.anonymous(), endpoint);
      expect([endpoint.id, status]).toEqual([endpoint.id, 400]);
    }
  });

  it.each(roles)('is 403 to %s exactly where the permissions do not name it', async (role) => {
    const wrong: string[] = [];
    for (const endpoint of endpoints.filter(({ id }) => access[id] !== 'public')) {
      // Ending a session is the one call that spoils the caller for the next.
      const spent =
        endpoint.id === 'session.end' ? (await app.newSession(names.get(role) ?? '')).accessToken : null;
      const caller = spent === null ? await app.signIn(names.get(role) ?? '') : app.as(spent);
      const { status, code } = await answer(caller, endpoint);
      const kept = permits(endpoint.id, role)
        ? status < 500 && status !== 401 && status !== 403
        : status === 403 && code === 'forbidden';
      if (!kept) wrong.push(`${endpoint.id}: ${String(status)} ${String(code)}`);
    }
    expect(wrong).toEqual([]);
  });

  it('that Express routes stands in the document, and the other way round', () => {
    const router: unknown = app.nest.getHttpAdapter().getInstance().router;
    const { stack } = router as { stack: readonly RouterLayer[] };
    const routed = stack.flatMap(({ route }) =>
      route === undefined
        ? []
        : Object.keys(route.methods).map(
            (method) => `${method.toUpperCase()} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`,
          ),
    );
    const documented = Object.entries(app.contract.document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(routed.length).toBeGreaterThan(20);
    expect(routed.sort()).toEqual([...documented, ...Object.keys(UNDOCUMENTED)].sort());
  });
});
