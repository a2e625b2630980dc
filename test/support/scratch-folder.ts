import { statfsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder for a database that nobody will miss: in memory where there is plenty, since copying a database
 * takes a tenth of the time there, else among the temporary files.
 */
export function scratchFolder(name: string): Promise<string> {
  return mkdtemp(join(hasRoom('/dev/shm') ? '/dev/shm' : tmpdir(), `foerderbuch-${name}-`));
}

function hasRoom(folder: string): boolean {
  const gibibyte = 1024 ** 3;
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > 2 * gibibyte && freemem() > 4 * gibibyte;
  } catch {
    return false;
  }
}
