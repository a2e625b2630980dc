import { authorityWork } from './authority-work.repository.js';
import { municipalWork } from './municipal-work.repository.js';
import { officeWork } from './office-work.repository.js';

/**
 * EVERYTHING that can wait on a desk. Another kind of work is one more entry in one of the three tables and nothing
 * else: the operation says whose it is (access.rules.ts, power.rules.ts), the rows say which things, for whom not
 * (four eyes), and since when.
 */
export const waitingWork = { ...authorityWork, ...officeWork, ...municipalWork };

export type WorkKind = keyof typeof waitingWork;
export const workKinds = Object.keys(waitingWork) as WorkKind[];

/** The statement that answers for one kind. */
export function rowsOfKind(kind: WorkKind): string {
  const { subject, rows } = waitingWork[kind];
  return `
    select '${kind}'::text, '${subject}'::text, ${rows.id}, ${rows.place}, (${rows.centre})::uuid, (${rows.case})::uuid,
           (${rows.programme})::text, (${rows.file})::text, ${rows.on}, ${rows.at}, (${rows.due})::date, (${rows.note})::text
      from w, ${rows.from}`;
}
