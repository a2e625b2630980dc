import type { Act, Thing } from './stage.js';

const SPECIALIST = { category: 'specialist', fteHundredths: 100, funder: 'integration_ministry' };

/** Posts of a centre and who fills them: everything that can be done to either, once. */
export async function playStaffing(
  act: (one: Act) => Promise<Thing>,
  { centre, member }: { centre: Thing; member: string },
): Promise<{ post: Thing; occupancy: Thing }> {
  const establish = (number: string): Promise<Thing> => {
    const body = { ...SPECIALIST, centreId: centre.id, programme: 'KI', number, from: '2016-01-01' };
    return act({ by: 'ministry', path: '/posts', body });
  };
  const record = (post: Thing, fteHundredths: number): Promise<Thing> => {
    const pseudonym = `P-${centre.id.slice(-6).toUpperCase()}-${String(fteHundredths)}`;
    const body = { postId: post.id, pseudonym, occupiedFrom: '2016-01-01', fteHundredths };
    return act({ by: member, path: '/occupancies', body });
  };
  const post = await establish('KI-01');
  let spare = await establish('KI-02');
  const halved = { ...SPECIALIST, fteHundredths: 50, from: '2016-07-01' };
  spare = await act({ by: 'ministry', path: `/posts/${spare.id}/change`, body: halved, to: spare });
  await act({ by: 'ministry', path: `/posts/${spare.id}/abolish`, body: { on: '2016-12-01' }, to: spare });

  let occupancy = await record(post, 50);
  const figure = { fundingYear: 2016, amountCents: 3_000_000 };
  occupancy = await act({
    by: member,
    path: `/occupancies/${occupancy.id}/expenditure`,
    body: figure,
    to: occupancy,
  });
  const mistaken = await record(post, 20);
  const correction = { reason: 'gab es nie', replacement: null };
  await act({ by: member, path: `/occupancies/${mistaken.id}/correct`, body: correction, to: mistaken });
  const left = await record(post, 25);
  await act({ by: member, path: `/occupancies/${left.id}/end`, body: { on: '2016-07-01' }, to: left });
  const pseudonym = `P-${centre.id.slice(-6).toUpperCase()}-99`;
  const file = `Stelle;Pseudonym;VZÄ;Von (erster Tag)\r\nKI-01;${pseudonym};0,25;01.07.2016\r\n`;
  await act({ by: member, path: '/occupancies/import', file });
  return { post, occupancy };
}
