import type { Invoke } from '../../platform/http/invoke.js';
import type { Invocation } from '../../platform/invocation.js';
import type { ApplicationFile } from './application-parts.service.js';
import { ApplicationView } from './application.view.js';

export function presenting(invoke: Invoke, status = 200): Invocation<ApplicationFile> {
  return invoke.presenting((parts: ApplicationFile) => ({
    status,
    body: ApplicationView.of(parts),
    version: parts.application.version,
    ...(status === 201 ? { location: `/api/v1/applications/${parts.application.id}` } : {}),
  }));
}
