import { SetMetadata } from '@nestjs/common';

const PERMIT = 'foerderbuch:permit';
const PUBLIC = 'foerderbuch:public';

/**
 * Names the permission a route needs. The name is at once the command, the audit action and the operationId.
 * Read by the identity guard; a route with neither this nor `PublicRoute` is refused at boot.
 */
export const Permit = (action: string): MethodDecorator & ClassDecorator => SetMetadata(PERMIT, action);

/** Opens a route to callers who have not signed in. */
export const PublicRoute = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC, true);

/** Provided by whoever knows the roles: in a line of the API document, who may call an operation. */
export const WHO_MAY = Symbol('foerderbuch:who-may');
export type WhoMay = (action: string) => string;

type Target = object;

/** The permission of a handler, or null where none was declared. */
export function permitOf(handler: Target): string | null {
  const action: unknown = Reflect.getMetadata(PERMIT, handler);
  return typeof action === 'string' ? action : null;
}

/** Whether the handler, or its whole controller, is open to everyone. */
export function isPublicRoute(handler: Target, controller: Target): boolean {
  return Reflect.getMetadata(PUBLIC, handler) === true || Reflect.getMetadata(PUBLIC, controller) === true;
}
