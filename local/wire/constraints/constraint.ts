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

/** A value that breaks one, in AWS's words. */
export interface Broken {
  /** Behind that of the value itself: ".2.member" */
  path: string;
  value: string;
  /** "Member must have length less than or equal to 255" */
  text: string;
}

/** Everything that breaks a constraint in a value of the type that the schema wants. */
export function brokenBy(value: unknown, constraint: Constraint, path = ''): Broken[] {
  const texts = [sizeText(value, constraint), wordText(value, constraint)].filter((text) => text !== undefined);
  const broken = texts.map((text) => ({ path, value: shown(value), text }));
  const { each, keys } = constraint;
  if (Array.isArray(value)) {
    return [...broken, ...value.flatMap((item, at) => (each ? brokenBy(item, each, `${path}.${at + 1}.member`) : []))];
  }
  if (!isMap(value)) return broken;
  return [
    ...broken,
    ...Object.keys(value).flatMap((key) => (keys ? brokenBy(key, keys, path) : [])),
    ...Object.entries(value).flatMap(([key, item]) => (each ? brokenBy(item, each, `${path}.${key}.member`) : [])),
  ];
}

function sizeText(value: unknown, { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }: Constraint) {
  const size = sizeOf(value);
  if (size === undefined || (size >= min && size <= max)) return undefined;
  const bound = size < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
  return `Member must have ${typeof value === 'number' ? 'value' : 'length'} ${bound}`;
}

function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  // AWS counts characters, not the halves of one.
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return isMap(value) ? Object.keys(value).length : undefined;
}

function wordText(value: unknown, { pattern, oneOf }: Constraint): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (oneOf && !oneOf.includes(value)) return `Member must satisfy enum value set: [${oneOf.join(', ')}]`;
  if (pattern === undefined || matcherOf(pattern).test(value)) return undefined;
  return `Member must satisfy regular expression pattern: ${pattern}`;
}

/** Classes of characters are named as Java names them; a "-" in a class that JavaScript would have escaped is not. */
export const matcherOf = (pattern: string): RegExp =>
  new RegExp(`^(?:${pattern})$`, pattern.includes('\\p{') ? 'u' : '');

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !(value instanceof Uint8Array) && !(value instanceof Date);

const shown = (value: unknown): string =>
  Array.isArray(value) ? `[${value.map(shown).join(', ')}]` : isMap(value) ? JSON.stringify(value) : String(value);
