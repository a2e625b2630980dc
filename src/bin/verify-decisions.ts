import { ReplayService } from '../grants/decision/replay.service.js';
import { technicalActor } from '../kernel/actor.js';
import { inHouse } from './in-house.js';

/** Reckons every decision again from what it froze; ends with 1 when one gives other cents. */
await inHouse(async (app) => {
  const replays = app.get(ReplayService, { strict: false });
  const { replayed, faults } = await replays.verify(technicalActor('system'));
  for (const { decisionId, what, decided, replayed: again } of faults) {
    console.log(`✗ ${decisionId} ${what}: decided ${decided}, replayed ${again}`);
  }
  console.log(
    `${String(replayed)} decisions replayed from their frozen inputs, ${String(faults.length)} differences`,
  );
  return faults.length === 0 ? 0 : 1;
});
