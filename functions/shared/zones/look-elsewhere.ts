import { DnsFailure } from '../../../aws/dns/query.ts';
import { parentName } from '../../../aws/dns/referral.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { climb } from '../../../domain/zones/authorization.ts';
import type { ElsewhereView } from '../../../domain/zones/delegation-elsewhere.ts';
import { lookAbove } from './look-at-delegation.ts';

/** The zones that hold these names and that another provider keeps, each as asked from above. */
export async function lookElsewhere(dns: Resolver, names: readonly string[]): Promise<ElsewhereView[]> {
  const zones = await Promise.all(names.map((name) => zoneOf(dns, name)));
  return Promise.all([...new Set(zones)].map((zone) => look(dns, zone)));
}

/**
 * The deepest zone at or above a name that something is known of: where the name servers of one don't answer, the zone
 * above it is asked. Of a name that is not registered it is the label below the top-level domain.
 */
async function zoneOf(dns: Resolver, name: string): Promise<string> {
  for (const at of climb(name)) {
    try {
      const { parent, nameServers } = await dns.referral(at);
      if (nameServers.length > 0) return at;
      if (!parent.includes('.')) return below(parent, name);
    } catch (error) {
      if (!(error instanceof DnsFailure)) throw error;
    }
  }
  return name;
}

/** The name of one label more than the top-level domain that holds it. */
function below(parent: string, name: string): string {
  return climb(name).find((at) => parentName(at) === parent) ?? name;
}

async function look(dns: Resolver, zone: string): Promise<ElsewhereView> {
  try {
    const { seen, lame } = await lookAbove(dns, zone);
    const answering = seen.nameServers.filter((server) => !lame.some((each) => each.server === server));
    return { zone, seen, lame, signed: seen.hasDs ? await isSigned(dns, zone, answering) : undefined };
  } catch (error) {
    if (!(error instanceof DnsFailure)) throw error;
    return { zone, seen: { failure: error.message }, lame: [], signed: undefined };
  }
}

/** As the first name server says that can be asked. */
async function isSigned(dns: Resolver, zone: string, servers: readonly string[]): Promise<boolean | undefined> {
  for (const server of servers) {
    try {
      const { answers } = await dns.ask(server, { name: zone, type: 'DNSKEY' });
      return answers.some(({ type }) => type === 'DNSKEY');
    } catch (error) {
      if (!(error instanceof DnsFailure)) throw error;
    }
  }
  return undefined;
}
