import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logging.js';

describe('the log', () => {
  it('holds no secret, however deep', () => {
    let text = '';
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        text += chunk.toString();
        done();
      },
    });
    const logger = createLogger('info', sink);
    const headers = { authorization: 'Bearer hush', cookie: 'hush', 'idempotency-key': 'hush' };
    logger.info({ password: 'hush', req: { headers, body: { newPassword: 'hush' } }, shown: 'shown' });
    expect(text).toContain('shown');
    expect(text).not.toContain('hush');
  });
});
