import { type ValueTest, valueTest } from './filters.ts';
import { invalidPattern } from './invalid-pattern.ts';
import { isObject, type Json } from './json.ts';

/** Source: EventBridge API Reference, "PutRule"; checked 2026-11-22. */
const MAX_LENGTH = 4_096;

/** A compiled event pattern: says whether an event meets it. */
export type EventPattern = (event: Json) => boolean;

type Test = (value: Json | undefined) => boolean;

/** Compiles a pattern with EventBridge's content filtering. Throws InvalidEventPatternException. */
export function eventPattern(text: string): EventPattern {
  if (text.length > MAX_LENGTH) throw invalidPattern(`Pattern is longer than ${MAX_LENGTH} characters`);
  return objectTest(parsed(text));
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    if ((error as Error).name === 'SyntaxError') throw invalidPattern('Filter is not an object');
    throw error;
  }
}

/** Every named part must be met; in a list of objects, by one and the same object. */
function objectTest(pattern: Json): Test {
  if (!isObject(pattern)) throw invalidPattern('Filter is not an object');
  const tests = Object.entries(pattern).map(([name, part]) => (name === '$or' ? anyOf(part) : memberTest(name, part)));
  if (tests.length === 0) throw invalidPattern('Empty objects are not allowed');
  const test: Test = (value) => {
    if (Array.isArray(value)) return value.some((item) => test(item));
    return tests.every((one) => one(value));
  };
  return test;
}

function anyOf(patterns: Json): Test {
  if (!Array.isArray(patterns) || patterns.length < 2)
    throw invalidPattern('$or must be an array of two or more objects');
  const tests = patterns.map(objectTest);
  return (value) => tests.some((test) => test(value));
}

function memberTest(name: string, part: Json): Test {
  if (!isObject(part) && !Array.isArray(part)) throw invalidPattern(`"${name}" must be an object or an array`);
  const test = Array.isArray(part) ? leafTest(part) : objectTest(part);
  return (value) => test(isObject(value) ? value[name] : undefined);
}

/** One entry of the list must be met by one of the values that stand there. */
function leafTest(entries: Json[]): Test {
  if (entries.length === 0) throw invalidPattern('Empty arrays are not allowed');
  const tests = entries.map((entry) => existence(entry) ?? onValues(valueTest(entry)));
  return (value) => tests.some((test) => test(value));
}

function existence(entry: Json): Test | undefined {
  if (!isObject(entry) || !('exists' in entry)) return undefined;
  if (Object.keys(entry).length > 1) throw invalidPattern('Only one key allowed in match expression');
  if (typeof entry.exists !== 'boolean') throw invalidPattern('exists match pattern must be either true or false.');
  const wanted = entry.exists;
  return (value) => valuesAt(value).length > 0 === wanted;
}

const onValues =
  (test: ValueTest): Test =>
  (value) =>
    valuesAt(value).some(test);

/** The values at a leaf: nothing for a missing one or an object, the items of a list. */
function valuesAt(value: Json | undefined): Json[] {
  if (value === undefined || isObject(value)) return [];
  return Array.isArray(value) ? value.flatMap((item) => valuesAt(item)) : [value];
}
