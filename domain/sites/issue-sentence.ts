import type * as z from 'zod/mini';
import { quoted } from '../names/name-problem.ts';

/** What is wrong with one field, as a sentence: the value that came and the one that is wanted. */
export function sentence(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `Is missing: must be ${kinds[issue.expected] ?? issue.expected}`;
      return `Must be ${kinds[issue.expected] ?? issue.expected}, not ${shown(issue.input)}`;
    case 'unrecognized_keys':
      return 'Is not a field that a site has here; leave it out or check its spelling';
    case 'invalid_value':
      return `Must be ${choice(issue.values.map((value) => JSON.stringify(value)))}, not ${shown(issue.input)}`;
    case 'too_small':
      return `Must ${has(issue.origin)} at least ${measure(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `Must ${has(issue.origin)} at most ${measure(issue.maximum, issue.origin)}`;
    default:
      return issue.message ?? 'Cannot be used';
  }
}

/** "a", "a or b", "a, b or c" */
function choice(values: readonly string[]): string {
  const before = values.slice(0, -1).join(', ');
  return [...(before === '' ? [] : [before]), ...values.slice(-1)].join(' or ');
}

const kinds: Record<string, string> = {
  array: 'a list',
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
  return typeof value === 'number' ? `${value}` : kindOf(value);
}

function has(origin: string): string {
  return origin === 'array' || origin === 'string' ? 'have' : 'be';
}

function measure(count: number | bigint, origin: string): string {
  if (origin === 'array') return count === 1 ? '1 entry' : `${count} entries`;
  return origin === 'string' ? `${count} characters` : `${count}`;
}
