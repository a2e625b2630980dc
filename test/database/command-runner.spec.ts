import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { CommandRunner } from '../../src/audit/command-runner.js';
import { refuse, type Unit } from '../../src/audit/unit.js';
import { Person } from '../../src/identity/user.entity.js';
import { technicalActor, type Actor } from '../../src/kernel/actor.js';
import { Failure } from '../../src/kernel/failure.js';
import { newId, type PersonId } from '../../src/kernel/ids.js';
import type { Answer, Invocation } from '../../src/platform/invocation.js';
import { invocationOf } from '../support/actors.js';
import { TestApp, TOKEN_SECRET } from '../support/app.js';
import { CuttingProxy } from '../support/cutting-proxy.js';

let app: TestApp;
let proxy: CuttingProxy | null = null;
let commands: CommandRunner;
let admin: Actor;

beforeAll(async () => {
  app = await TestApp.boot('command runner', {
    poolSize: 4,
    detour: async (url) => {
      proxy = await CuttingProxy.before(url);
      return proxy.url;
    },
  });
  commands = app.get(CommandRunner);
  admin = await app.cast.actor('admin');
});
afterAll(async () => {
  await app.close();
  await proxy?.goAway();
});

const addPerson = async (unit: Unit, id: PersonId = newId()): Promise<PersonId> => {
  unit.concerns({ type: 'person', id, version: 1, centreId: null, caseId: null });
  await unit.rows('insert into person (id, name) values ($1, $2)', [id, 'Somebody']);
  return id;
};

const exists = async (id: PersonId): Promise<boolean> =>
  (await app.rows('select 1 from person where id = $1', [id])).length === 1;

const withKey = <R>(key: string, changes: Partial<Invocation<R>> = {}) =>
  invocationOf<R>(admin, { idempotency: { key, fingerprint: `of ${key}` }, ...changes });

const failureOf = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof Failure ? error.code : String(error);
};

describe('one command', () => {
  it('is one transaction with one record, which names actor, action, request and every row it changed', async () => {
    const id = newId<PersonId>();
    const invocation = invocationOf<PersonId>(admin);
    await commands.run(invocation, 'person.create', (unit) => addPerson(unit, id));
    const [record] = await app.rows<{
      body: Buffer;
      role: string;
      actor_person: string;
      action: string;
      xid: string;
    }>('select body, role, actor_person, action, xid::text from audit_record where request_id = $1', [
      invocation.requestId,
    ]);
    expect(record).toMatchObject({ role: 'admin', actor_person: admin.personId, action: 'person.create' });
    const body = JSON.parse(record?.body.toString('utf8') ?? '');
    const changes = await app.rows<{ sha256: Buffer }>('select sha256 from row_change where xid = $1::xid8', [
      record?.xid,
    ]);
    expect(body).toMatchObject({
      v: 1,
      epoch: 1,
      action: 'person.create',
      outcome: 'done',
      requestId: invocation.requestId,
    });
    expect(body.actor).toEqual({ person: admin.personId, onBehalfOf: null, role: 'admin' });
    expect(body.rowChanges).toEqual([
      {
        id: expect.any(Number),
        table: 'person',
        rowId: id,
        operation: 'insert',
        sha256: changes[0]?.sha256.toString('hex'),
      },
    ]);
  });

  it('leaves nothing when its work fails', async () => {
    const id = newId<PersonId>();
    const written = await app.recordsOf(async () => {
      await failureOf(
        commands.run(invocationOf(admin), 'person.create', async (unit) => {
          await addPerson(unit, id);
          throw new Failure('conflict');
        }),
      );
    });
    expect([written, await exists(id)]).toEqual([[], false]);
  });

  it('commits a refusal with its record, and then fails', async () => {
    const id = newId<PersonId>();
    const written = await app.recordsOf(async () => {
      const code = await failureOf(
        commands.run(invocationOf(admin), 'person.create', async (unit) => {
          await addPerson(unit, id);
          return refuse(new Failure('forbidden'));
        }),
      );
      expect(code).toBe('forbidden');
    });
    expect([written, await exists(id)]).toEqual([['person.create'], true]);
  });

  it('must be about something', async () => {
    const work = commands.run(invocationOf(admin), 'person.create', () => Promise.resolve(null));
    expect(await failureOf(work)).toMatch(/names no subject/);
  });

  it('cannot be ended early by TypeORM, whose save would begin and commit on its own', async () => {
    const id = newId<PersonId>();
    await failureOf(
      commands.run(invocationOf(admin), 'person.create', async (unit) => {
        unit.concerns({ type: 'person', id, version: 1, centreId: null, caseId: null });
        await unit.manager.save(Person, { id, name: 'Somebody', version: 1 });
        await unit.manager.transaction((inner) => inner.update(Person, { id }, { name: 'Somebody else' }));
        throw new Failure('conflict');
      }),
    );
    expect(await exists(id)).toBe(false);
  });

  it('does not nest, and does not read through a second transaction', async () => {
    const nested = commands.run(invocationOf(admin), 'person.create', async (unit) => {
      await addPerson(unit);
      await commands.run(invocationOf(admin), 'user.create', addPerson);
      return null;
    });
    expect(await failureOf(nested)).toMatch(/user.create was called inside person.create/);
    const reading = commands.run(invocationOf(admin), 'person.create', async (unit) => {
      await addPerson(unit);
      return commands.read(admin, () => Promise.resolve(null));
    });
    expect(await failureOf(reading)).toMatch(/opened a second transaction/);
  });

  it('writes nothing as a dry run, but answers as if, and finds what would fail at commit', async () => {
    const id = newId<PersonId>();
    let answer: Answer | null = null;
    const written = await app.recordsOf(async () => {
      answer = await commands.run(
        withKey<PersonId>('dry', { dryRun: true, present: (made) => ({ status: 201, body: { id: made } }) }),
        'person.create',
        (unit) => addPerson(unit, id),
      );
    });
    expect(answer).toMatchObject({ status: 201, dryRun: true, bytes: Buffer.from(JSON.stringify({ id })) });
    expect([written, await exists(id)]).toEqual([[], false]);
    expect(await app.rows(`select 1 from idempotent_answer where key = 'dry'`)).toEqual([]);
  });

  it('cannot write while reading', async () => {
    const reading = commands.read(admin, (tx) =>
      tx.rows(`insert into person (id, name) values ($1, 'x')`, [newId()]),
    );
    expect(await failureOf(reading)).toMatch(/read-only transaction/);
  });
});

describe('deadlock', () => {
  it('is resolved by running the whole command again', async () => {
    const [left, right] = [newId<PersonId>(), newId<PersonId>()];
    await commands.run(invocationOf(admin), 'person.create', async (unit) => {
      await addPerson(unit, left);
      await addPerson(unit, right);
      return null;
    });
    const other = await app.cast.actor('admin2');
    const meeting = meetingOf(2);
    let attempts = 0;
    const crossing = (actor: Actor, first: PersonId, then: PersonId) => {
      let met = false;
      return commands.run(invocationOf(actor), 'person.touch', async (unit) => {
        attempts += 1;
        unit.concerns({ type: 'person', id: first, version: null, centreId: null, caseId: null });
        await unit.rows('update person set version = version + 1 where id = $1', [first]);
        if (!met) await meeting();
        met = true;
        await unit.rows('update person set version = version + 1 where id = $1', [then]);
        return null;
      });
    };
    const written = await app.recordsOf(() =>
      Promise.all([crossing(admin, left, right), crossing(other, right, left)]),
    );
    expect(attempts).toBe(3);
    expect(written).toEqual(['person.touch', 'person.touch']);
    expect(await app.rows('select version from person where id in ($1, $2)', [left, right])).toEqual([
      { version: 3 },
      { version: 3 },
    ]);
  });

  it('gives up after five attempts and says to come back', async () => {
    let attempts = 0;
    const work = commands.run(invocationOf(admin), 'person.touch', async (unit) => {
      attempts += 1;
      await unit.rows(`do $$ begin raise exception 'collided' using errcode = '40001'; end $$`);
      return null;
    });
    expect([await failureOf(work), attempts]).toEqual(['unavailable', 5]);
  });
});

describe('idempotency key', () => {
  const creating = (key: string, changes: Partial<Invocation<PersonId>> = {}) =>
    commands.run(
      withKey<PersonId>(key, {
        present: (id) => ({ status: 201, body: { id }, version: 1, location: `/x/${id}` }),
        ...changes,
      }),
      'person.create',
      addPerson,
    );

  it('gives the same bytes again and does nothing twice', async () => {
    let answers: Answer[] = [];
    const written = await app.recordsOf(async () => {
      answers = [await creating('twice'), await creating('twice')];
    });
    const [first, second] = answers;
    expect(written).toEqual(['person.create']);
    expect(second).toEqual({ ...first, replayed: true });
  });

  it('is refused with another request, or as another operation', async () => {
    await creating('once');
    const changed = creating('once', { idempotency: { key: 'once', fingerprint: 'another' } });
    expect(await failureOf(changed)).toBe('idempotency-key-reused');
    const renamed = commands.run(withKey('once'), 'user.create', addPerson);
    expect(await failureOf(renamed)).toBe('idempotency-key-reused');
  });

  it('is kept with a fingerprint that says nothing without the secret of the server', async () => {
    await creating('keyed');
    const [kept] = await app.rows<{ fingerprint: string }>(
      `select fingerprint from idempotent_answer where key = 'keyed'`,
    );
    const plain = 'of keyed';
    const guesses = [
      plain,
      ...['sha256', 'sha512'].map((name) => createHash(name).update(plain).digest('hex')),
    ];
    expect(kept?.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(guesses).not.toContain(kept?.fingerprint);
    const pepper = Buffer.from(
      hkdfSync('sha256', TOKEN_SECRET, '', 'foerderbuch idempotency fingerprint', 32),
    );
    expect(kept?.fingerprint).toBe(createHmac('sha256', pepper).update(plain).digest('hex'));
  });

  it('belongs to one user', async () => {
    await creating('mine');
    const other = await app.cast.actor('admin2');
    const answer = await creating('mine', { actor: other });
    expect(answer.replayed).toBe(false);
  });

  it('is in flight while the first request runs', async () => {
    const [entered, leave] = [meetingOf(2), meetingOf(2)];
    const first = commands.run(withKey('busy'), 'person.create', async (unit) => {
      await entered();
      await leave();
      return addPerson(unit);
    });
    await entered();
    expect(await failureOf(creating('busy'))).toBe('request-in-flight');
    await leave();
    await first;
  });

  it('is free again after a failure', async () => {
    await failureOf(
      commands.run(withKey('again'), 'person.create', () => Promise.reject(new Failure('conflict'))),
    );
    expect((await creating('again')).replayed).toBe(false);
  });
});

describe('a connection lost at COMMIT', () => {
  it('is success when the stored answer shows that the commit happened', async () => {
    const id = newId<PersonId>();
    const written = await app.recordsOf(async () => {
      proxy?.cutNext('after commit');
      const answer = await commands.run(
        withKey<PersonId>('lost answer', { present: (made) => ({ status: 201, body: { id: made } }) }),
        'person.create',
        (unit) => addPerson(unit, id),
      );
      expect(answer).toMatchObject({ status: 201, replayed: false });
    });
    expect([written, await exists(id)]).toEqual([['person.create'], true]);
  });

  it('is failure when it did not happen, and nothing is run again', async () => {
    const id = newId<PersonId>();
    let attempts = 0;
    const written = await app.recordsOf(async () => {
      proxy?.cutNext('before commit');
      const work = commands.run(withKey<PersonId>('lost commit'), 'person.create', (unit) => {
        attempts += 1;
        return addPerson(unit, id);
      });
      // The dying connection may hold the key for a moment longer; both answers say: ask again.
      expect(['unavailable', 'request-in-flight']).toContain(await failureOf(work));
    });
    expect([attempts, written, await exists(id)]).toEqual([1, [], false]);
  });

  it('stays open without a key: the caller is told so and nothing is run again', async () => {
    let attempts = 0;
    proxy?.cutNext('after commit');
    const work = commands.run(invocationOf<PersonId>(admin), 'person.create', (unit) => {
      attempts += 1;
      return addPerson(unit);
    });
    expect(await failureOf(work)).toMatch(/Connection terminated|ECONNRESET/);
    expect(attempts).toBe(1);
    expect(await commands.read(technicalActor('system'), (tx) => tx.rows('select 1 as one'))).toEqual([
      { one: 1 },
    ]);
  });
});

/** A place where `parties` callers wait for each other. */
function meetingOf(parties: number): () => Promise<void> {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let present = 0;
  return () => {
    present += 1;
    if (present === parties) open();
    return opened;
  };
}
