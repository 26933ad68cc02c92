import { FromStringShapeDeserializer } from '@smithy/core/protocols';
import type { NormalizedSchema } from '@smithy/core/schema';

/** RFC 3339, as the SDK's codecs number the timestamp formats. */
const DATE_TIME = 5;

const scalar = new FromStringShapeDeserializer({
  httpBindings: false,
  timestampFormat: { useTrait: true, default: DATE_TIME },
});

/** A form's keys as a tree: "Tags.member.1.Key=a" becomes Tags -> member -> 1 -> Key = "a". */
interface Branch {
  value?: string;
  branches: Map<string, Branch>;
}

/** What tells the two query protocols apart when a form is read. */
export interface FormNames {
  /** The key a structure's member stands under. */
  memberKey(name: string, traits: { xmlName?: string; ec2QueryName?: string }): string;
  /** Lists stand without their "member" level. */
  flatLists: boolean;
}

/** Reads a form by schema, as the query protocols write one. */
export function readForm(form: URLSearchParams, schema: NormalizedSchema, names: FormNames): unknown {
  const root: Branch = { branches: new Map() };
  for (const [key, value] of form) {
    let at = root;
    for (const part of key.split('.')) {
      const next = at.branches.get(part) ?? { branches: new Map() };
      at.branches.set(part, next);
      at = next;
    }
    at.value = value;
  }
  return schema.isUnitSchema() ? {} : readBranch(root, schema, names);
}

function readBranch(branch: Branch, schema: NormalizedSchema, names: FormNames): unknown {
  if (schema.isStructSchema()) return readStruct(branch, schema, names);
  if (schema.isListSchema()) return readList(branch, schema, names);
  if (schema.isMapSchema()) return readMap(branch, schema, names);
  return branch.value === undefined ? undefined : scalar.read(schema, branch.value);
}

function readStruct(branch: Branch, schema: NormalizedSchema, names: FormNames): Record<string, unknown> {
  const struct: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const below = branch.branches.get(names.memberKey(name, member.getMergedTraits() as { xmlName?: string }));
    if (below) struct[name] = readBranch(below, member, names);
  }
  return struct;
}

function readList(branch: Branch, schema: NormalizedSchema, names: FormNames): unknown[] {
  const member = schema.getValueSchema();
  const flat = names.flatLists || schema.getMergedTraits().xmlFlattened;
  const level = flat ? branch : branch.branches.get(String(member.getMergedTraits().xmlName ?? 'member'));
  // Clients differ: the old AWS CLI writes "Names.member.1" also where newer models renamed the level.
  return inOrder(level ?? branch.branches.get('member')).map((item) => readBranch(item, member, names));
}

function readMap(branch: Branch, schema: NormalizedSchema, names: FormNames): Record<string, unknown> {
  const key = String(schema.getKeySchema().getMergedTraits().xmlName ?? 'key');
  const value = schema.getValueSchema();
  const flat = schema.getMergedTraits().xmlFlattened;
  const entries = inOrder(flat ? branch : branch.branches.get('entry')).flatMap((entry) => {
    const below = entry.branches.get(String(value.getMergedTraits().xmlName ?? 'value'));
    const name = entry.branches.get(key)?.value;
    return name === undefined || !below ? [] : [[name, readBranch(below, value, names)] as const];
  });
  return Object.fromEntries(entries);
}

const inOrder = (branch: Branch | undefined): Branch[] =>
  [...(branch?.branches ?? [])]
    .filter(([index]) => /^\d+$/.test(index))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, item]) => item);
