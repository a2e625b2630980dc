import type { Application } from 'express';

/** The part of Express's router that says which paths are known. */
interface Layer {
  route?: { methods?: Record<string, boolean> };
  match(path: string): boolean;
}

/** Methods that some route answers on this path; empty for an unknown one. */
export function methodsOf(app: Application, path: string): string[] {
  const stack: unknown = Reflect.get(app.router, 'stack');
  const found = new Set<string>();
  for (const layer of Array.isArray(stack) ? (stack as Layer[]) : []) {
    if (layer.route?.methods === undefined || !matches(layer, path)) continue;
    for (const [method, answered] of Object.entries(layer.route.methods)) {
      if (answered && method !== '_all') found.add(method.toUpperCase());
    }
  }
  if (found.has('GET')) found.add('HEAD');
  return [...found].sort();
}

/** A layer throws on a parameter that cannot be decoded; such a path is not known. */
function matches(layer: Layer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    return false;
  }
}
