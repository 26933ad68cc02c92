import type { Site } from '../sites/site.ts';
import { longestMatch, type Zone } from './longest-match.ts';

/**
 * Whether a hosted zone is made for the domain of a site: no zone holds it, or the document wants one of its own, delegated to.
 * What was live is not moved into another zone.
 */
export function needsZone(
  site: Pick<Site, 'domain' | 'delegate'>,
  zones: readonly Zone[],
  standing?: { live?: Site },
): boolean {
  const holding = longestMatch(site.domain, zones);
  return holding === undefined || (holding.name !== site.domain && hasOwnZone(site, standing));
}

/** Whether the records of the domain belong in a zone of its own name, although nothing may have been put into that yet. */
export function hasOwnZone({ delegate = false }: Pick<Site, 'delegate'>, standing?: { live?: Site }): boolean {
  return delegate && standing?.live === undefined;
}
