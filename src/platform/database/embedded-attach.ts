import { readConnection } from './embedded-cluster.js';
import { choosePlace } from './embedded-places.js';
import { livePostmaster } from './embedded-postmaster.js';

/** The embedded server that another process of ours runs, for command lines beside it; null when none runs. */
export async function attachToEmbedded(
  folder: string | null,
): Promise<{ readonly folder: string; readonly appUrl: string } | null> {
  const place = await choosePlace(folder, () => undefined);
  const postmaster = await livePostmaster(place);
  if (postmaster === null) return null;
  const { passwords } = await readConnection(place);
  const host = `127.0.0.1:${String(postmaster.port)}`;
  return {
    folder: place.folder,
    appUrl: `postgresql://foerderbuch_app:${passwords.app}@${host}/foerderbuch`,
  };
}
