import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Response } from 'supertest';

/** The part of the OpenAPI document the tests read. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface DocumentedOperation {
  readonly operationId: string;
  /** A question that takes a body. */
  readonly 'x-reads'?: boolean;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: Schema; readonly example?: object }>>;
  };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

/** What the document promises, held against what the application really answers. */
export class Contract {
  private readonly ajv = new Ajv2020({
    ...{ strict: false, allErrors: true, validateFormats: true },
    // What many schemas name is compiled once, not into each of them.
    inlineRefs: false,
    // Making the checks shorter takes longer than checking with long ones.
    code: { optimize: false },
  });
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly templates: readonly { readonly template: string; readonly pattern: RegExp }[];

  constructor(readonly document: Document) {
    addFormats.default(this.ajv);
    this.ajv.addSchema(document, 'openapi.json');
    this.templates = Object.keys(document.paths)
      // `/users/me` before `/users/{id}`: the fewer parameters, the more exact.
      .sort((a, b) => a.split('{').length - b.split('{').length || (a < b ? -1 : 1))
      .map((template) => ({
        template,
        pattern: new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`),
      }));
  }

  /** The documented operation of a request, or null for what no client can know. */
  operationOf(method: string, path: string): { template: string; operation: DocumentedOperation } | null {
    for (const { template, pattern } of this.templates) {
      const operation = this.document.paths[template]?.[method.toLowerCase()];
      if (operation !== undefined && pattern.test(path)) return { template, operation };
    }
    return null;
  }

  /** Throws when a documented operation answers with a status, media type or body the document does not promise. */
  check(response: Response): void {
    const { method, url } = response.request as { method: string; url: string };
    const { pathname } = new URL(url);
    const found = this.operationOf(method, pathname);
    if (found === null) return;
    const { template, operation } = found;
    const at = `${method} ${template} → ${String(response.status)}`;
    const promised = operation.responses[String(response.status)];
    if (promised === undefined)
      throw new Error(`${at} is not in the document (${JSON.stringify(response.body).slice(0, 300)})`);
    const media = (response.headers['content-type'] ?? '').split(';')[0] ?? '';
    if (promised.content === undefined) {
      if (((response.text as string | undefined) ?? '') !== '') throw new Error(`${at} promises no body`);
      return;
    }
    if (promised.content[media] === undefined)
      throw new Error(`${at} answers ${media}, which is not in the document`);
    if (!media.endsWith('json')) return;
    const validate = this.validatorOf([template, method.toLowerCase(), String(response.status), media]);
    if (!validate(response.body)) {
      throw new Error(
        `${at} breaks the document: ${this.ajv.errorsText(validate.errors)} in ${response.text.slice(0, 500)}`,
      );
    }
  }

  private validatorOf([template, method, status, media]: [string, string, string, string]): ValidateFunction {
    const path = ['paths', template, method, 'responses', status, 'content', media, 'schema'];
    const pointer = path
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    const known = this.validators.get(pointer) ?? this.ajv.compile({ $ref: `openapi.json#/${pointer}` });
    this.validators.set(pointer, known);
    return known;
  }
}
