import type { Resolver } from '../../aws/dns/resolver.ts';
import type { Environment } from '../../aws/environment.ts';
import { challenges } from '../../domain/entries/challenge.ts';
import type { SeenEntry } from '../../domain/entries/entry.ts';
import type { Site } from '../../domain/sites/site.ts';
import { claimantOf, lookAtEntries } from '../manual-record/manual-records.ts';

/** How the challenges of a site are answered now, asked over TCP of all name servers of their zones. */
export function readChallenges(dns: Resolver, site: Site, environment: Environment): Promise<SeenEntry[]> {
  return lookAtEntries(dns, challenges(site, claimantOf(environment, site)), { site });
}
