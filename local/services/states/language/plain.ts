import type { Json } from './json.ts';

/** Thrown by `plain` for what JSON has no word for: a function, a regular expression. */
export class NotJson extends Error {}

/**
 * What JSONata yields as plain JSON: sequences lose their extra properties, members that are undefined fall away,
 * and numbers that aren't finite become the words for them, as on AWS. Undefined stays undefined.
 */
export function plain(value: unknown): Json | undefined {
  if (value === undefined) return undefined;
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (Array.isArray(value)) return value.map((item) => plain(item) ?? null);
  if (typeof value !== 'object' || isCallable(value))
    throw new NotJson(`a ${isCallable(value) ? 'function' : typeof value}`);
  const object: Record<string, Json> = {};
  for (const [key, member] of Object.entries(value)) {
    const json = plain(member);
    // Not an assignment: "__proto__" must become a member like any other.
    if (json !== undefined)
      Object.defineProperty(object, key, { value: json, enumerable: true, writable: true, configurable: true });
  }
  return object;
}

/** JSONata's own functions and lambdas are objects with a mark; regular expressions are functions. */
const isCallable = (value: unknown): boolean =>
  typeof value === 'function' ||
  (typeof value === 'object' && value !== null && ('_jsonata_function' in value || '_jsonata_lambda' in value));
