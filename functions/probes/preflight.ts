import { DnsFailure } from '../../aws/dns/query.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import { edgeOf, type RecordTarget } from '../../domain/edges/edge.ts';
import { Failure } from '../../domain/errors.ts';
import { outputOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { dualstackName } from '../../domain/load-balancers/dns-name.ts';
import { noAddressForAccess } from '../../domain/load-balancers/subnet-checks.ts';
import { originOf } from '../../domain/origins/origin.ts';
import { fewAddresses } from '../../domain/probes/few-addresses.ts';
import { together, unseenInWords } from '../../domain/probes/probe-result.ts';
import { toldInWords } from '../../domain/probes/redirects.ts';
import { addressTypes, typeOf } from '../../domain/sites/address-types.ts';
import { releases } from '../../domain/sites/life/standing.ts';
import { servedNames } from '../../domain/sites/served-names.ts';
import type { Site } from '../../domain/sites/site.ts';
import { reservedAddress } from '../../resources/elastic-ip/reserved-address.ts';
import { removedFromEdge } from '../shared/load-balancers/edge-removals.ts';
import { fewAtATime } from '../shared/probes/few-at-a-time.ts';
import { follow } from '../shared/probes/follow.ts';
import { PROBES, type Probes, probeEdge, probeOrigin } from '../shared/probes/probe-edge.ts';
import { remembered } from '../shared/probes/remembered.ts';
import { settle } from '../shared/steps/settle.ts';
import { ledgerStep } from '../shared/steps/step.ts';

/**
 * Looks at every address of the edge under every name, before any viewer is sent there: at the load balancer a handshake with
 * a certificate that is trusted, covers the name and lasts, an answer of the site, and the redirect (invariant 5); at the
 * instance, where viewers come to it straight, a page. Then follows the front page of every name as a browser would.
 */
export const preflight = (newResolver: () => Resolver, probes: Probes) =>
  ledgerStep('Preflight', async (context) => {
    const { site, item, record, previous, now, remaining } = context;
    const removed = await removedFromEdge(context);
    const target = TARGETS[edgeOf(site).servedBy];
    const label = target.label(site);
    const dns = newResolver();
    const { few: addresses, others } = await target.addresses(record, dns);
    const few = remembered(fewAtATime(probes, { remaining }));
    const names = servedNames(site);
    const spots = names.flatMap((name) => addresses.map((address) => ({ address, name })));
    const looks = spots.map((spot) => target.look(spot, { site, releases: releases(item), now, probes: few }));
    const sight = together([...(await Promise.all(looks)), others]);
    const seen = addresses.filter((address) => !sight.unseen.some((each) => each.address === address));
    // All addresses of an edge lead to one web server: what viewers are sent to is looked at from the first.
    const [address] = sight.findings.length === 0 ? seen : [];
    const walks = await Promise.all(
      address === undefined ? [] : names.map((name) => follow({ address, name }, { site, probes: few, dns })),
    );
    const { findings, unseen } = together([sight, ...walks]);
    settle([...removed, ...findings], { previous, revision: item.revision, now });
    const answers = `${label} answers at ${seen.join(', ')} for ${names.map((name) => `"${name}"`).join(', ')}`;
    const message = seen.length === 0 ? `${label} could not be looked at` : answers;
    const told = walks.flatMap((walk) => walk.told);
    return { output: {}, message: message + unseenInWords(unseen) + toldInWords(told) };
  });

export const handler = preflight(() => new Resolver(), PROBES);

/** How what the records of the served names are to lead to is found and probed. */
const TARGETS: Record<
  RecordTarget,
  {
    label: (site: Site) => string;
    addresses: (record: SiteRecord, dns: Resolver) => Promise<ReturnType<typeof fewAddresses>>;
    look: typeof probeEdge;
  }
> = {
  'load balancer': {
    label: () => 'The load balancer',
    addresses: async (record, dns) => {
      const dnsName = dualstackName(outputOf(record, 'CreateLoadBalancer').dnsName);
      return fewAddresses(await addressesOf(dns, dnsName, record.item.site), dnsName);
    },
    look: probeEdge,
  },
  origin: {
    label: (site) => `The ${originOf(site).kind}`,
    addresses: async (record) => fewAddresses([reservedAddress(record)], originOf(record.item.site).label),
    look: probeOrigin,
  },
};

/** Those that the site's records will lead to. */
async function addressesOf(dns: Resolver, dnsName: string, { access }: Site): Promise<string[]> {
  try {
    const all = await dns.addresses(dnsName);
    const addresses = all.filter((address) => addressTypes({ access }).includes(typeOf(address)));
    if (addresses.length > 0) return addresses;
    if (all.length > 0) throw new Failure('Misconfigured', noAddressForAccess(access));
    throw new Failure('NotReady', `Waiting until DNS answers for the load balancer "${dnsName}"`);
  } catch (error) {
    if (error instanceof DnsFailure)
      throw new Failure('NotReady', `Cannot ask for the load balancer's address now: ${error.message}`);
    throw error;
  }
}
