import { invalid, notHere } from './errors.ts';

/** What an attribute may be. */
interface Attribute {
  initial: string;
  pattern?: RegExp;
  range?: readonly [least: number, most: number];
  /** Here it has no other value than the initial one. */
  fixed?: true;
}

export type AttributeTable = Record<string, Attribute>;

interface Given {
  Key?: string | undefined;
  Value?: string | undefined;
}

/** The attributes of something new. */
export const defaultsOf = (table: AttributeTable): Map<string, string> =>
  new Map(Object.entries(table).map(([key, { initial }]) => [key, initial]));

/** As Describe operations show them. */
export const shownAttributes = (attributes: Map<string, string>): { Key: string; Value: string }[] =>
  [...attributes].map(([Key, Value]) => ({ Key, Value }));

/** The attributes with the given ones changed; all or none. */
export function changed(
  attributes: Map<string, string>,
  given: Given[] | undefined,
  { table, of }: { table: AttributeTable; of: 'Load balancer' | 'Target group' },
): Map<string, string> {
  const after = new Map(attributes);
  for (const { Key = '', Value = '' } of given ?? []) {
    const attribute = table[Key];
    if (!attribute) throw invalid(`${of} attribute key '${Key}' is not recognized`);
    if (!fits(attribute, Value)) throw invalid(`${of} attribute value '${Value}' for key '${Key}' is invalid`);
    if (attribute.fixed && Value !== attribute.initial)
      throw notHere(`The value '${Value}' for the attribute '${Key}'`);
    after.set(Key, Value);
  }
  return after;
}

function fits({ pattern, range }: Attribute, value: string): boolean {
  if (range) return /^\d+$/.test(value) && range[0] <= Number(value) && Number(value) <= range[1];
  return pattern?.test(value) ?? true;
}
