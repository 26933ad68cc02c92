import { isSigned, lookAbove, zoneOf } from '../../../aws/dns/look-above.ts';
import { DnsFailure } from '../../../aws/dns/query.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { ElsewhereView } from '../../../domain/zones/delegation-elsewhere.ts';
import { unseenBy } from './read-delegation.ts';

/** The zones that hold these names and that another provider keeps, each as asked from above. */
export async function readElsewhere(dns: Resolver, names: readonly string[]): Promise<ElsewhereView[]> {
  const zones = await Promise.all(names.map((name) => zoneOf(dns, name)));
  return Promise.all([...new Set(zones)].map((zone) => look(dns, zone)));
}

async function look(dns: Resolver, zone: string): Promise<ElsewhereView> {
  try {
    const { seen, lame } = await lookAbove(dns, zone);
    const answering = seen.nameServers.filter((server) => !lame.some((each) => each.server === server));
    return { zone, seen, lame, signed: seen.hasDs ? await isSigned(dns, zone, answering) : undefined };
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    return { zone, seen: unseenBy(error), lame: [], signed: undefined };
  }
}
