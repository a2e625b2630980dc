import { loadConfig } from '../platform/config.js';
import { run } from './run.js';

const say = (line: string): void => {
  console.log(line);
};

try {
  await run(loadConfig(process.env), say);
} catch (error) {
  // What an operator can mend is a sentence; the trace is for us, on request.
  console.error(error instanceof Error ? `\n${error.message}` : error);
  if (process.env['LOG_LEVEL'] === 'debug') {
    console.error(error);
  }
  process.exit(1);
}
