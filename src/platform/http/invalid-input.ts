import { Failure } from '../../kernel/failure.js';
import { violation, type Text } from '../../kernel/violation.js';

/**
 * A 400 with one violation. `pointer` says where: `/posts/0/fteHundredths` in the body (RFC 6901),
 * `query:limit`, `header:If-Match` elsewhere, so that a query parameter is never taken for a member of the body.
 */
export function invalidInput(code: string, detail: Text, pointer: string | null): Failure {
  return new Failure('invalid-input', { violations: [violation(code, null, detail, pointer)] });
}
