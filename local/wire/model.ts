import { NormalizedSchema } from '@smithy/core/schema';
import type { Service } from './service.ts';

/** One operation as the SDK's schema describes it. */
export interface OperationModel {
  name: string;
  input: NormalizedSchema;
  output: NormalizedSchema;
  /** Where a REST protocol finds it: method, path template ("/2013-04-01/hostedzone/{Id}") and success status. */
  http: { method: string; path: string; status: number } | undefined;
}

/** One error as the SDK's schema describes it. */
export interface ErrorModel {
  /** The shape: "HostedZoneNotFound", "NoSuchEntityException". */
  name: string;
  /** What stands on the wire; differs from the shape's name in Query and where JSON goes on with its codes: "NoSuchEntity". */
  code: string;
  status: number;
  fault: 'client' | 'server';
  schema: NormalizedSchema;
}

/** What a service's wire looks like. */
export interface Model {
  operations: Map<string, OperationModel>;
  /** By shape name and by wire code. */
  errors: Map<string, ErrorModel>;
  /** "2013-04-01" */
  version: string | undefined;
  /** The prefix of X-Amz-Target: "CertificateManager". */
  target: string | undefined;
  xmlNamespace: string | undefined;
  /** Speaks Query, or did and goes on with its error codes. */
  queryCodes: boolean;
}

// The kinds of the SDK's static schemas. Source: @smithy/core 3.41.0, schema/schemas; checked 2026-11-22.
const OPERATION_KIND = 9;
const ERROR_KIND = -3;

const loading = new Map<Service['model'], Promise<Model>>();

/** The model of a service, read from its SDK module on the first call and kept. */
export function modelOf(service: Service): Promise<Model> {
  const known = loading.get(service.model);
  if (known !== undefined) return known;
  const model = service.model().then(readModel);
  loading.set(service.model, model);
  return model;
}

/** Indexes the schemas that an SDK client module exports as `Name$`. */
export function readModel(module: Record<string, unknown>): Model {
  const model: Model = { operations: new Map(), errors: new Map(), ...settingsOf(module) };
  for (const [exported, schema] of Object.entries(module)) {
    if (!exported.endsWith('$') || !Array.isArray(schema)) continue;
    if (schema[0] === OPERATION_KIND) addOperation(model, schema);
    if (schema[0] === ERROR_KIND) addError(model, schema);
  }
  return model;
}

function addOperation(model: Model, [, , name, traits, input, output]: unknown[]): void {
  const [method, path, status] = detailed<{ http?: [string, string, number?] }>(traits).http ?? [];
  model.operations.set(String(name), {
    name: String(name),
    input: schemaOf(input),
    output: schemaOf(output),
    http: method && path ? { method, path, status: status ?? 200 } : undefined,
  });
}

function addError(model: Model, schema: unknown[]): void {
  const traits = detailed<{
    error?: 'client' | 'server';
    httpError?: number;
    awsQueryError?: [code: string, status: number];
  }>(schema[3]);
  const fault = traits.error ?? 'client';
  const name = String(schema[2]);
  // Services that never spoke Query bear its trait too (ACM), and don't heed it.
  const [code = name, status] = (model.queryCodes && traits.awsQueryError) || [];
  const error: ErrorModel = {
    name,
    code,
    status: status ?? traits.httpError ?? (fault === 'server' ? 500 : 400),
    fault,
    schema: schemaOf(schema),
  };
  model.errors.set(name, error);
  if (!model.errors.has(error.code)) model.errors.set(error.code, error);
}

/** Traits are an object, or a number whose bits stand for traits that don't matter here. */
const detailed = <Traits extends object>(traits: unknown): Partial<Traits> =>
  typeof traits === 'object' && traits !== null ? (traits as Traits) : {};

const schemaOf = (schema: unknown): NormalizedSchema =>
  NormalizedSchema.of((schema ?? 'unit') as Parameters<typeof NormalizedSchema.of>[0]);

/** The protocol's settings are not exported; a client that is never used tells them. */
function settingsOf(module: Record<string, unknown>): Omit<Model, 'operations' | 'errors'> {
  const [, Client] = Object.entries(module).find(([name]) => /^[A-Z]\w*Client$/.test(name)) ?? [];
  if (typeof Client !== 'function') {
    return { version: undefined, target: undefined, xmlNamespace: undefined, queryCodes: false };
  }
  const credentials = { accessKeyId: 'unused', secretAccessKey: 'unused' };
  const { config } = Reflect.construct(Client, [{ region: 'us-east-1', credentials }]) as {
    config: {
      protocolSettings?: { version?: string; serviceTarget?: string; xmlNamespace?: string };
      protocol: { getShapeId(): string; awsQueryCompatible?: boolean };
    };
  };
  const { version, serviceTarget, xmlNamespace } = config.protocolSettings ?? {};
  const queryCodes = config.protocol.getShapeId().endsWith('Query') || config.protocol.awsQueryCompatible === true;
  return { version, target: serviceTarget, xmlNamespace, queryCodes };
}
