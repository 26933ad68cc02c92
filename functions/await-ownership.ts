import type { Resolver } from '../aws/dns/resolver.ts';
import type { Environment } from '../aws/environment.ts';
import { challenges } from '../domain/entries/challenge.ts';
import type { Site } from '../domain/sites/site.ts';
import { awaitEntries, claimantOf } from './entries.ts';

/**
 * Waits until the site's challenge stands in the zones themselves, asked over TCP of all their name servers (failures S2,
 * S3, S15): a name that nobody has proven is not taken.
 *
 * @returns what was proven, for the timeline
 */
export async function awaitOwnership(
  dns: Resolver,
  site: Site,
  { environment, name }: { environment: Environment; name: 'NotReady' | 'Awaited' },
): Promise<string> {
  const why = `Waiting until "${site.domain}" is proven to be yours`;
  const proofs = await awaitEntries(dns, challenges(site, claimantOf(environment, site)), { name, why });
  const by = proofs.map((proof) => `"${proof.name}"`).join(', ');
  return `The names are proven to be yours by ${by}`;
}
