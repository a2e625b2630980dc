import { composeIBAN } from 'ibantools';
import type { BankAccountId, CentreId, GuidelineVersionId } from '../kernel/ids.js';
import type { NewCentre } from '../centres/centres.rules.js';
import { needsCoRelease } from '../programmes/guideline-release.rules.js';
import type { GuidelineDraft } from '../programmes/guideline.rules.js';
import { centres as bodies } from './data/centres.js';
import { guidelines } from './data/guidelines.js';
import { municipalityName, statewideCast, type DemoCast, type Outcome } from './demo-cast.service.js';
import type { DemoHouses } from './demo-houses.service.js';
import type { DemoStage } from './demo-stage.js';

/** A body of the demo once its centre is recorded. */
export interface DemoBody extends NewCentre {
  readonly id: CentreId;
}

interface Opening {
  readonly cast: DemoCast;
  readonly houses: DemoHouses;
  readonly stage: DemoStage;
}

const COMMANDS_PER_PERSON = 4;
const COMMANDS_PER_BODY = 3 + COMMANDS_PER_PERSON;

const guidelineCommands =
  2 * guidelines.length + guidelines.filter(({ programme }) => needsCoRelease(programme)).length;

/** Before the first year: the people, the 54 bodies and their accounts, and every version of every guideline. */
export const opening = {
  commands:
    1 +
    Object.keys(statewideCast).length * COMMANDS_PER_PERSON +
    bodies.length * COMMANDS_PER_BODY +
    guidelineCommands,
  async play({ cast, houses, stage }: Opening): Promise<DemoBody[]> {
    stage.on('2012-06-25');
    await cast.found();
    stage.advance(1);
    await stage.all(Object.entries(statewideCast), async ([username, role]) => {
      await cast.admit(username, role, null);
      stage.advance(COMMANDS_PER_PERSON);
    });
    const recorded = await stage.all(bodies, (body) => settle(body, { cast, houses, stage }));
    for (const [index, guideline] of guidelines.entries())
      await enact(guideline, String(index), { houses, stage });
    return recorded;
  },
};

/** Drafted by one person, released by another, and for base funding co-released by the school ministry. */
async function enact(
  guideline: GuidelineDraft,
  number: string,
  { houses, stage }: Pick<Opening, 'houses' | 'stage'>,
): Promise<void> {
  const outcome = ({ row }: { row: Outcome }) => row;
  const draft = await stage.commandOf(
    { who: 'ministry-1', key: `guideline/${number}`, outcome },
    (invocation) => houses.programmes.draft(invocation, guideline),
  );
  const id = draft.id as GuidelineVersionId;
  await stage.commandOf({ who: 'ministry-2', key: `guideline/${number}/release`, outcome }, (invocation) =>
    houses.programmes.release(invocation, id),
  );
  if (needsCoRelease(guideline.programme)) {
    await stage.commandOf({ who: 'school-1', key: `guideline/${number}/co-release`, outcome }, (invocation) =>
      houses.programmes.coRelease(invocation, id),
    );
  }
}

async function settle(body: NewCentre, { cast, houses, stage }: Opening): Promise<DemoBody> {
  const centre = await stage.command('ministry-1', `${body.ags}/centre`, (invocation) =>
    houses.centres.create(invocation, body),
  );
  const id = centre.id as CentreId;
  const account = await stage.command('laki-1', `${body.ags}/account`, (invocation) =>
    houses.accounts.propose(invocation, {
      centreId: id,
      iban: fictitiousIban(body.ags),
      holder: `${body.recipient.name}, Kasse (Demo)`,
    }),
  );
  await stage.command('laki-2', `${body.ags}/account/confirm`, (invocation) =>
    houses.accounts.confirm(invocation, account.id as BankAccountId),
  );
  await cast.admit(municipalityName(body.ags), 'municipality', id);
  stage.advance(COMMANDS_PER_PERSON);
  return { ...body, id };
}

/** Right in form and check digits, and nobody's: no bank has this code. */
function fictitiousIban(ags: string): string {
  const iban = composeIBAN({ countryCode: 'DE', bban: `99999999${ags.padStart(10, '0')}` });
  if (iban === null) throw new Error(`No IBAN can be made for ${ags}`);
  return iban;
}
