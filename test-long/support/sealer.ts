import { createApp } from '../../src/main.js';
import { Clock } from '../../src/platform/clock.js';
import { loadConfig } from '../../src/platform/config.js';

/** A server in a process of its own that does nothing but seal; the rig kills it without warning. */
await createApp({ config: loadConfig(process.env), clock: new Clock(false), say: () => undefined });
process.stdout.write('sealing\n');
setInterval(() => undefined, 60_000);
