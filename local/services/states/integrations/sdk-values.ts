import type { NormalizedSchema } from '@smithy/core/schema';
import { isJsonObject, type Json, type JsonObject } from '../language/json.ts';

/**
 * Turns JSON arguments, with members named in PascalCase, into what the SDK takes. What does not fit the schema goes to
 * `problems`, in Step Functions' words. Expressions that are not evaluated yet fit everywhere (`isOpen`).
 */
export function toSdk(
  schema: NormalizedSchema,
  value: Json,
  {
    problems,
    field = '',
    isOpen = () => false,
  }: { problems: string[]; field?: string; isOpen?: (value: Json) => boolean },
): unknown {
  if (isOpen(value)) return undefined;
  if (schema.isDocumentSchema()) return value;
  if (schema.isStructSchema()) {
    if (!isJsonObject(value)) return wrong(problems, field, 'an OBJECT');
    return structure(schema, value, { problems, isOpen });
  }
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) return wrong(problems, field, 'an ARRAY');
    return value.map((item) => toSdk(schema.getValueSchema(), item, { problems, field, isOpen }));
  }
  if (schema.isMapSchema()) {
    if (!isJsonObject(value)) return wrong(problems, field, 'an OBJECT');
    const entry = ([key, item]: [string, Json]) => [
      key,
      toSdk(schema.getValueSchema(), item, { problems, field: key, isOpen }),
    ];
    return Object.fromEntries(Object.entries(value).map(entry));
  }
  return scalar(schema, value, { problems, field });
}

function structure(
  schema: NormalizedSchema,
  value: JsonObject,
  { problems, isOpen }: { problems: string[]; isOpen: (value: Json) => boolean },
): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  const members = new Map([...schema.structIterator()].map(([name, member]) => [pascal(name), { name, member }]));
  for (const [key, given] of Object.entries(value)) {
    const known = members.get(key);
    if (!known) problems.push(`The field "${key}" is not supported by Step Functions`);
    else if (given !== null) result[known.name] = toSdk(known.member, given, { problems, field: key, isOpen });
  }
  // A static structure schema is [kind, namespace, name, traits, names, schemas, how many of the first are required].
  const required = Number((schema.getSchema() as unknown[])[6] ?? 0);
  for (const key of [...members.keys()].slice(0, required)) {
    if (!Object.hasOwn(value, key)) problems.push(`The field '${key}' is required but was missing`);
  }
  return result;
}

function scalar(
  schema: NormalizedSchema,
  value: Json,
  { problems, field }: { problems: string[]; field: string },
): unknown {
  if (schema.isBlobSchema()) return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  if (schema.isTimestampSchema()) {
    const date = new Date(typeof value === 'number' ? value * 1000 : String(value));
    return Number.isNaN(date.getTime()) ? wrong(problems, field, 'a valid timestamp') : date;
  }
  if (schema.isStringSchema()) return typeof value === 'string' ? value : wrong(problems, field, 'a STRING');
  if (schema.isBooleanSchema()) return typeof value === 'boolean' ? value : wrong(problems, field, 'a BOOLEAN');
  if (schema.isNumericSchema()) return typeof value === 'number' ? value : wrong(problems, field, 'a NUMBER');
  return value;
}

function wrong(problems: string[], field: string, wanted: string): undefined {
  problems.push(`The value for the field '${field}' must be ${wanted}`);
}

/** Turns what the SDK yields into JSON: members in PascalCase, instants in ISO 8601, blobs as the text that they are. */
export function fromSdk(schema: NormalizedSchema, value: unknown): Json {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (schema.isStructSchema()) {
    const given = value as Record<string, unknown>;
    const there = [...schema.structIterator()].filter(([name]) => given[name] !== undefined && given[name] !== null);
    return Object.fromEntries(there.map(([name, member]) => [pascal(name), fromSdk(member, given[name])]));
  }
  if (schema.isListSchema()) return (value as unknown[]).map((item) => fromSdk(schema.getValueSchema(), item));
  if (schema.isMapSchema()) {
    const entries = Object.entries(value as Record<string, unknown>);
    return Object.fromEntries(entries.map(([key, item]) => [key, fromSdk(schema.getValueSchema(), item)]));
  }
  return typeof value === 'object' ? (JSON.parse(JSON.stringify(value)) as Json) : (value as Json);
}

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
