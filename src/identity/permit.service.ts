import { Injectable, RequestMethod, type OnApplicationBootstrap } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, HttpAdapterHost, MetadataScanner } from '@nestjs/core';
import { isPublicRoute, permitOf } from '../platform/http/permit.js';
import { accessFaults, type DeclaredRoute } from './access.rules.js';

/** Refuses to boot when a route and the access table disagree: a forgotten permission must never be an open door. */
@Injectable()
export class PermitService implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly http: HttpAdapterHost,
  ) {}

  onApplicationBootstrap(): void {
    // A program of the command line serves no routes, and loads only the modules it works with.
    if (!this.servesHttp()) return;
    const faults = accessFaults(this.routes());
    if (faults.length > 0) {
      throw new Error(
        `Routes and permissions disagree:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
      );
    }
  }

  private servesHttp(): boolean {
    const adapter: unknown = this.http.httpAdapter;
    return adapter !== undefined && adapter !== null;
  }

  /** Every handler of every controller, as declared. */
  routes(): DeclaredRoute[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      if (typeof metatype !== 'function') return [];
      const prototype: object = metatype.prototype as object;
      return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler: unknown = Reflect.get(prototype, name);
        if (
          typeof handler !== 'function' ||
          !(Reflect.getMetadata(METHOD_METADATA, handler) in RequestMethod)
        )
          return [];
        return [
          {
            handler: `${metatype.name}.${name}`,
            action: permitOf(handler),
            open: isPublicRoute(handler, metatype),
          },
        ];
      });
    });
  }
}
