import cliProgress from 'cli-progress';
import type { WriteStream } from 'node:tty';

/** Shows long work; where there is no terminal, a line for every tenth of it. */
export function progressBar(stream: WriteStream): (title: string, done: number, total: number) => void {
  if (!stream.isTTY) {
    let said = -1;
    return (title, done, total) => {
      const tenth = Math.floor((10 * done) / Math.max(total, 1));
      if (tenth !== said) {
        said = tenth;
        stream.write(`${title}: ${String(done)} of ${String(total)} commands\n`);
      }
    };
  }
  const bar = new cliProgress.SingleBar(
    { format: '{title} [{bar}] {value}/{total} commands', hideCursor: true, stream },
    cliProgress.Presets.shades_classic,
  );
  let started = false;
  return (title, done, total) => {
    if (!started) {
      bar.start(total, done, { title });
      started = true;
    }
    bar.update(done, { title });
    if (done >= total) {
      bar.stop();
      started = false;
    }
  };
}
