import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { workKinds, type WorkKind } from '../../src/desk/waiting-work.repository.js';
import type { TestApp } from '../support/app.js';
import { PlayedYear } from './played-year.js';

/** Kinds that a year without queries, deputies and delays does not know; the API's own tests play them. */
const NOT_PLAYED: readonly WorkKind[] = [
  ...(['account_to_propose', 'application_to_submit_again'] as const),
  ...(['application_to_complete', 'settlement_to_complete'] as const),
];

/** A list that says "you may do this now" is held to it, row by row, through a whole year. */
describe('the work lists of a played year', () => {
  let app: TestApp;
  let year: PlayedYear;

  beforeAll(async () => {
    ({ app, year } = await PlayedYear.staged('every-work-list'));
  }, 300_000);
  afterAll(() => app.close());

  it('name only what whoever reads them may do at that moment, and no longer once it is done', () => {
    expect(year.watched.wrong).toEqual([]);
    expect(year.watched.tried.length).toBeGreaterThan(50);
  });

  it('knew of every kind of work that was done', () => {
    expect([...year.watched.done].sort()).toEqual(
      workKinds.filter((kind) => !NOT_PLAYED.includes(kind)).sort(),
    );
  });
});
