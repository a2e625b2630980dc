import type { Act, Thing } from './stage.js';

const CLERK = 'granting_authority';

/**
 * What may befall a decision on the day of its notice: a suit that is withdrawn, an amendment by which the
 * municipality gives more, hearings, and drafts of taking money back that are discarded again.
 */
export async function playActs(
  act: (one: Act) => Promise<Thing>,
  now: () => Promise<Thing>,
  member: string,
): Promise<void> {
  const { id } = await now();
  const at = `/decisions/${id}`;
  const does = async (verb: string, body: object): Promise<Thing> =>
    act({ by: CLERK, path: `${at}/${verb}`, body, to: await now() });

  const day = '2016-02-01';
  await does('record-suit', { broughtOn: day, court: 'VG Münster', fileNumber: '3 K 1/16' });
  await does('close-suit', { outcome: 'withdrawn', endedOn: day });

  const wording = (name: string) => ({
    ...{ fileNumber: `${name}-${id.slice(-6)}`, reasons: 'Die Verhältnisse haben sich geändert.' },
    remedyInformation: true,
  });
  const amounts = [{ fundingYear: 2016, source: 'municipal', amountCents: 5_100_000 }];
  const drafted = await does('amend', { ...wording('Ä'), amounts });
  const released = await act({
    ...{ by: 'granting_authority2', path: `/decisions/${drafted.id}/release`, to: drafted },
  });
  const notice = { mode: 'handover', on: day };
  await act({ by: CLERK, path: `/decisions/${drafted.id}/notify`, body: notice, to: released });

  for (const [purpose, verb, ground] of [
    ['withdrawal', 'withdraw', 'wrong_statements'],
    ['revocation', 'revoke', 'requirement_broken'],
  ] as const) {
    await does('open-hearing', { purpose, reasons: 'Eine Stelle war nicht besetzt.', dueOn: '2016-02-29' });
    // Once the municipality answers itself, once by letter.
    const statement = 'Sie war besetzt.';
    if (purpose === 'withdrawal')
      await act({ by: member, path: `${at}/answer-hearing`, body: { statement }, to: await now() });
    await does('close-hearing', { statement: purpose === 'withdrawal' ? null : statement });
    const taken = await does(verb, {
      ...{ ...wording(verb), ground, knownOn: day, knowledgeReasons: 'Mit der Äußerung.' },
    });
    const reason = { reason: 'Die Kommune hat die Bedenken ausgeräumt.' };
    await act({ by: CLERK, path: `/decisions/${taken.id}/discard`, body: reason, to: taken });
  }
}
