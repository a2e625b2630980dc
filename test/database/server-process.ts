import { startEmbeddedServer } from '../../src/platform/database/embedded-server.js';

// A process that holds the database, for tests that kill it.
const server = await startEmbeddedServer({
  folder: process.argv[2] ?? null,
  durable: false,
  say: () => undefined,
});
process.once('SIGTERM', () => {
  void server.stop().then(() => process.exit());
});
console.log(server.port);
