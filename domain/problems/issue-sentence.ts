import type * as z from 'zod/mini';
import { quoted } from '../names/name-problem.ts';

/** What is wrong with one field, as a sentence: the value that came and the one that is wanted. */
export function sentence(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return needed(kinds[issue.expected] ?? issue.expected, issue.input);
    case 'unrecognized_keys':
      return 'Is not a field here; leave it out or check its spelling';
    case 'invalid_value':
      return needed(choice(issue.values.map((value) => JSON.stringify(value))), issue.input);
    case 'too_small':
      return `Must ${has(issue.origin)} at least ${measure(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `Must ${has(issue.origin)} at most ${measure(issue.maximum, issue.origin)}`;
    default:
      return issue.message ?? 'Cannot be used';
  }
}

/** The value that is wanted, and the one that came. */
function needed(wanted: string, input: unknown): string {
  return input === undefined ? `Is missing: must be ${wanted}` : `Must be ${wanted}, not ${shown(input)}`;
}

/** "a", "a or b", "a, b or c" */
function choice(values: readonly string[]): string {
  const before = values.slice(0, -1).join(', ');
  return [...(before === '' ? [] : [before]), ...values.slice(-1)].join(' or ');
}

const kinds: Record<string, string> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  string: 'a string',
};

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return kinds[typeof value] ?? `a ${typeof value}`;
}

function shown(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'number' || typeof value === 'boolean' ? `${value}` : kindOf(value);
}

function has(origin: string): string {
  return origin === 'array' || origin === 'string' ? 'have' : 'be';
}

function measure(count: number | bigint, origin: string): string {
  if (origin === 'array') return count === 1 ? '1 entry' : `${count} entries`;
  return origin === 'string' ? `${count} characters` : `${count}`;
}
