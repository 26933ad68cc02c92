import { remembered } from '../../remembered.ts';

/** What a service's model says of a value: the length of a text, list, blob or map, or the size of a number, the pattern, the words. */
export interface Constraint {
  min?: number;
  max?: number;
  /** Meets the whole text. */
  pattern?: string;
  oneOf?: string[];
  /** Of each item of a list, or value of a map. */
  each?: Constraint;
  /** Of each key of a map. */
  keys?: Constraint;
}

/** By the names of a structure and of its member: { "Dimension": { "Name": { "min": 1, "max": 255 } } }. */
export type Constraints = Record<string, Record<string, Constraint>>;

/**
 * What a value of the type that the schema wants breaks, in AWS's words: "Member must have length less than or equal to
 * 255". Of items of a list, keys and values of a map AWS says everything that they must be, and not which one is not so.
 */
export function brokenBy(value: unknown, constraint: Constraint): string[] {
  const { each, keys } = constraint;
  const breaks = (within: Constraint | undefined, items: unknown[]) =>
    within && items.some((item) => brokenBy(item, within).length > 0) ? `[${wordsOf(within).join(', ')}]` : undefined;
  const inside = isMap(value)
    ? [
        ['Map keys', breaks(keys, Object.keys(value))],
        ['Map value', breaks(each, Object.values(value))],
      ]
    : [['Member', Array.isArray(value) ? breaks(each, value) : undefined]];
  return [
    ...(sizeText(value, constraint) ?? []),
    ...(wordText(value, constraint) ?? []),
    ...inside.flatMap(([what, words]) => (words ? [`${what} must satisfy constraint: ${words}`] : [])),
  ];
}

/** Everything that a value must be, in the order that AWS says it in. */
function wordsOf({ min, max, pattern, oneOf, each }: Constraint, size = 'length'): string[] {
  return [
    ...(max === undefined ? [] : [`Member must have ${size} less than or equal to ${max}`]),
    ...(min === undefined ? [] : [`Member must have ${size} greater than or equal to ${min}`]),
    ...(pattern === undefined ? [] : [`Member must satisfy regular expression pattern: ${pattern}`]),
    ...(oneOf === undefined ? [] : [`Member must satisfy enum value set: [${oneOf.join(', ')}]`]),
    ...(each === undefined ? [] : [`Member must satisfy constraint: [${wordsOf(each).join(', ')}]`]),
  ];
}

function sizeText(value: unknown, { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Constraint) {
  const size = sizeOf(value);
  if (size === undefined || (size >= min && size <= max)) return undefined;
  return wordsOf(size < min ? { min } : { max }, typeof value === 'number' ? 'value' : 'length');
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  // AWS counts characters, not the halves of one.
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return isMap(value) ? Object.keys(value).length : undefined;
}

function wordText(value: unknown, { pattern, oneOf }: Constraint): string[] | undefined {
  if (typeof value !== 'string') return undefined;
  if (oneOf && !oneOf.includes(value)) return wordsOf({ oneOf });
  if (pattern === undefined || matcherOf(pattern).test(value)) return undefined;
  return wordsOf({ pattern });
}

/** Classes of characters are named as Java names them; a "-" in a class that JavaScript would have escaped is not. */
export const matcherOf = remembered((pattern) => new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : ''));

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Uint8Array) &&
  !(value instanceof Date);

/** A value as AWS shows it: "[a, b]", "{key=value}". */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`;
  if (!isMap(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}=${shown(item)}`)
    .join(', ')}}`;
}
