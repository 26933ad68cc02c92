import { DnsFailure } from '../../aws/dns/query.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import { Failure } from '../../domain/errors.ts';
import { together, unseenInWords } from '../../domain/probes/sight.ts';
import { servedNames } from '../../domain/sites/served-names.ts';
import { lookAtEdge, PROBES, type Probes } from '../look.ts';
import { outputOf } from '../outputs.ts';
import { settle } from '../settle.ts';
import { ledgerStep } from '../step.ts';

/**
 * Looks at every address of the load balancer under every name, before anybody is sent there: a handshake with a
 * certificate that is trusted, covers the name and lasts, an answer of the site, and the redirect (invariant 5).
 */
export const preflight = (newResolver: () => Resolver, probes: Probes) =>
  ledgerStep('Preflight', async ({ site, item, record, previous, now }) => {
    const { dnsName } = outputOf(record, 'CreateLoadBalancer');
    const addresses = await addressesOf(newResolver(), dnsName);
    const names = servedNames(site);
    const spots = addresses.flatMap((address) => names.map((name) => ({ address, name })));
    const sight = together(await Promise.all(spots.map((spot) => lookAtEdge(spot, { site, now, probes }))));
    settle(sight.findings, { previous, revision: item.revision, now });
    const seen = addresses.filter((address) => !sight.unseen.some((each) => each.address === address));
    const answers = `The load balancer answers at ${seen.join(', ')} for ${names.map((name) => `"${name}"`).join(', ')}`;
    const message = seen.length === 0 ? 'The load balancer could not be looked at' : answers;
    return { output: {}, message: message + unseenInWords(sight.unseen) };
  });

export const handler = preflight(() => new Resolver(), PROBES);

async function addressesOf(dns: Resolver, dnsName: string): Promise<string[]> {
  try {
    const addresses = await dns.addresses(dnsName);
    if (addresses.length > 0) return addresses;
    throw new Failure('NotReady', `Waiting until DNS answers for the load balancer "${dnsName}"`);
  } catch (error) {
    if (error instanceof DnsFailure)
      throw new Failure('NotReady', `Cannot ask for the load balancer's address now: ${error.message}`);
    throw error;
  }
}
