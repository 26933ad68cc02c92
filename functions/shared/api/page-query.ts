import { quoted } from '../../../domain/names/name-problem.ts';
import { Refusal } from './api.ts';

export type Query = Record<string, string | undefined> | undefined;

/** How many of a list are asked for by `limit`: `byDefault` when left out. */
export function limitIn(query: Query, { byDefault, most }: { byDefault: number; most: number }): number {
  const given = query?.['limit'];
  if (given === undefined) return byDefault;
  const limit = /^\d{1,4}$/.test(given) ? Number(given) : 0;
  if (limit >= 1 && limit <= most) return limit;
  throw new Refusal('invalid-parameter', `Cannot use ${quoted(given)} as "limit": give a number from 1 to ${most}`);
}

/** Where the page begins that is asked for by `next`; undefined for the first. */
export function nextIn(query: Query, isPlace: (given: string) => boolean): string | undefined {
  const given = query?.['next'];
  if (given === undefined || isPlace(given)) return given;
  throw new Refusal('invalid-parameter', `Cannot use ${quoted(given)} as "next": give it as the page before had it`);
}
