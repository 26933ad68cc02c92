import type { NormalizedSchema } from '@smithy/core/schema';
import { brokenBy, type Constraint, type Constraints, shown } from './constraints/constraint.ts';

/** One member that does not meet the schema. */
export interface Problem {
  /** As AWS writes it: "domainValidationOptions.1.member.domainName". */
  path: string;
  /** Absent though required, of another type than the schema's, or of a size or wording that the model excludes. */
  kind: 'missing' | 'type' | 'constraint';
  /** What is wanted: "String", "List"; "Member must have length less than or equal to 64". */
  wanted: string;
  /** What breaks a constraint; of secrets nothing is shown. */
  value?: string;
}

/**
 * What in a decoded input does not meet its schema: required members that are absent and values of another type. The SDK's
 * schemas carry no lengths, ranges, patterns or enum members: those are looked up by the names of structure and member. An
 * input that is not among them is checked by its operation alone.
 */
export function problemsOf(
  schema: NormalizedSchema,
  value: unknown,
  { path = '', constraints = {} }: { path?: string; constraints?: Constraints | undefined } = {},
): Problem[] {
  if (schema.isUnitSchema() || schema.isDocumentSchema()) return [];
  if (schema.isStructSchema()) return problemsOfStruct(schema, value, { path, constraints });
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) return [{ path, kind: 'type', wanted: 'List' }];
    return value.flatMap((item, index) =>
      problemsOfMember(schema.getValueSchema(), item, { path: `${path}.${index + 1}.member`, constraints }),
    );
  }
  if (schema.isMapSchema()) {
    if (!isRecord(value)) return [{ path, kind: 'type', wanted: 'Map' }];
    return Object.entries(value).flatMap(([key, item]) =>
      problemsOfMember(schema.getValueSchema(), item, { path: `${path}.${key}.member`, constraints }),
    );
  }
  const wanted = wantedType(schema, value);
  return wanted ? [{ path, kind: 'type', wanted }] : [];
}

interface Place {
  path: string;
  constraints: Constraints;
}

function problemsOfStruct(schema: NormalizedSchema, value: unknown, { path, constraints }: Place): Problem[] {
  if (!isRecord(value)) return [{ path, kind: 'type', wanted: 'Structure' }];
  const problems: Problem[] = [];
  // A static structure schema is [kind, namespace, name, traits, names, schemas, how many of the first are required].
  const required = Number((schema.getSchema() as unknown[])[6] ?? 0);
  const constrained = constraints[schema.getName() ?? ''] ?? {};
  let index = 0;
  for (const [name, member] of schema.structIterator()) {
    const memberPath = path ? `${path}.${lowerFirst(name)}` : lowerFirst(name);
    const given = value[name];
    if (given !== undefined && given !== null) {
      const wrong = problemsOf(member, given, { path: memberPath, constraints });
      const constraint = wrong.length > 0 ? undefined : constrained[name];
      problems.push(...wrong, ...(constraint ? brokenOf(member, given, { constraint, path: memberPath }) : []));
    } else if (index < required) problems.push({ path: memberPath, kind: 'missing', wanted: '' });
    index++;
  }
  return problems;
}

function brokenOf(
  schema: NormalizedSchema,
  given: unknown,
  { path, constraint }: { path: string; constraint: Constraint },
): Problem[] {
  const secret = schema.getMergedTraits().sensitive;
  return brokenBy(given, constraint).map((wanted) => ({
    path,
    kind: 'constraint',
    wanted,
    ...(!secret && { value: shown(given) }),
  }));
}

const problemsOfMember = (schema: NormalizedSchema, item: unknown, place: Place): Problem[] =>
  item === null || item === undefined ? [] : problemsOf(schema, item, place);

/** The type the schema wants when the value is of another. */
function wantedType(schema: NormalizedSchema, value: unknown): string | undefined {
  if (schema.isStringSchema()) return typeof value === 'string' || value instanceof String ? undefined : 'String';
  if (schema.isBooleanSchema()) return typeof value === 'boolean' ? undefined : 'Boolean';
  if (schema.isNumericSchema()) return typeof value === 'number' && !Number.isNaN(value) ? undefined : 'Number';
  if (schema.isTimestampSchema())
    return value instanceof Date && !Number.isNaN(value.getTime()) ? undefined : 'Timestamp';
  if (schema.isBlobSchema()) return value instanceof Uint8Array || typeof value === 'string' ? undefined : 'Blob';
  return undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
