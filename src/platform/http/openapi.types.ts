import type { OpenAPIObject } from '@nestjs/swagger';

/** The parts of an OpenAPI document, which the swagger package only exports as a whole. */
export type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;
export type ParameterObject = Exclude<NonNullable<OperationObject['parameters']>[number], { $ref: string }>;
export type ReferenceObject = Extract<NonNullable<OperationObject['parameters']>[number], { $ref: string }>;
export type ResponseObject = Exclude<NonNullable<OperationObject['responses'][string]>, { $ref: string }>;
export type MediaTypeObject = NonNullable<ResponseObject['content']>[string];
export type SchemaObject = Exclude<NonNullable<MediaTypeObject['schema']>, { $ref: string }>;
export type HeadersObject = NonNullable<ResponseObject['headers']>;
