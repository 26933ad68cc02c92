import { quoted } from '../../../domain/names/name-problem.ts';
import type { Query } from './page-query.ts';
import { Refusal } from './refusal.ts';

/** The query parameters of every route that names a site or declares one. */
export const OF_A_SITE = ['tenant'] as const;

/** The same with those of a page. */
export const OF_A_PAGE = [...OF_A_SITE, 'limit', 'next'] as const;

/**
 * Lets no parameter pass that the route does not know: a misspelled `tenant` would mean every tenant.
 *
 * @throws {Refusal} "invalid-parameter" that names it, and the known ones
 */
export function refuseUnknownParameters(query: Query, known: readonly string[]): void {
  const unknown = Object.keys(query ?? {}).filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const which = unknown.length === 1 ? 'the query parameter' : 'the query parameters';
  const list = known.map((name) => `"${name}"`).join(', ');
  const fix =
    known.length === 0 ? 'this route has none' : `this route has ${list}; check the spelling, or leave it out`;
  throw new Refusal('invalid-parameter', `Cannot use ${which} ${unknown.map(quoted).join(', ')}: ${fix}`);
}
