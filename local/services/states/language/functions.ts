import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import type { Draws } from '../../../draws/draws.ts';

/**
 * The elements that $range yields at most.
 * Source: measured by others against AWS ("Expression evaluation memory limit exceeded" at one more); checked 2026-11-22.
 */
const MAX_RANGE_ELEMENTS = 360_145;

const ALGORITHMS = new Map(
  ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'].map((name) => [name, name.replace('-', '')]),
);

const fromMillis = jsonata('$fromMillis($at, $picture, $timezone)');

/** JSONata functions by name, as bindings. */
export type Functions = Record<string, (...args: never[]) => unknown>;

/**
 * What Step Functions adds to JSONata's own functions, and what of theirs it or the local AWS replaces: time is AWS
 * time, chance is drawn from the seed, $eval is not there. Source: Step Functions guide, "Transforming data with
 * JSONata"; checked 2026-11-22. Where arguments make no sense the answer is undefined, which fails the field.
 */
export function statesFunctions({ draws, now }: { draws: Draws; now: Date }): Functions {
  return { partition, range, hash, parse, ...chance(draws), ...time(now), eval: undefined as never };
}

function partition(values: unknown, size: unknown): unknown[][] | undefined {
  if (values === undefined || typeof size !== 'number') return undefined;
  const list = Array.isArray(values) ? values : [values];
  const step = Math.trunc(size);
  if (step < 1 || list.length === 0) return undefined;
  return Array.from({ length: Math.ceil(list.length / step) }, (_, index) =>
    list.slice(index * step, (index + 1) * step),
  );
}

function range(first: unknown, last: unknown, by: unknown): number[] | number | undefined {
  if (typeof first !== 'number' || typeof last !== 'number' || typeof by !== 'number') return undefined;
  const [start, end, step] = [Math.trunc(first), Math.trunc(last), Math.trunc(by)];
  const count = Math.floor((end - start) / step) + 1;
  if (step === 0 || !(count >= 1)) return undefined;
  if (count > MAX_RANGE_ELEMENTS) throw new Error('Expression evaluation memory limit exceeded');
  return count === 1 ? start : Array.from({ length: count }, (_, index) => start + index * step);
}

function hash(text: unknown, algorithm: unknown): string | undefined {
  if (typeof text !== 'string' || typeof algorithm !== 'string') return undefined;
  const known = ALGORITHMS.get(algorithm);
  if (!known)
    throw new Error(`Cannot hash with "${algorithm}": it must be one of ${[...ALGORITHMS.keys()].join(', ')}`);
  return createHash(known).update(text).digest('hex');
}

function parse(text: unknown): unknown {
  return typeof text === 'string' ? JSON.parse(text) : undefined;
}

function chance(draws: Draws): Functions {
  return {
    /** With a seed the same number each time, as AWS has it. */
    random: (seed?: unknown) =>
      seed === undefined
        ? draws.fraction('states:random')
        : createHash('sha256').update(String(seed)).digest().readUInt32BE(0) / 2 ** 32,
    uuid: () => uuidOf(draws.hex('states:uuid', 32)),
  };
}

function time(now: Date): Functions {
  return {
    now: (picture?: string, timezone?: string) =>
      fromMillis.evaluate(undefined, { at: now.getTime(), picture, timezone }),
    millis: () => now.getTime(),
  };
}

/** A version 4 UUID of 32 hexadecimal digits. */
export function uuidOf(digits: string): string {
  const variant = '89ab'[Number.parseInt(digits.charAt(16), 16) % 4];
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`;
}
