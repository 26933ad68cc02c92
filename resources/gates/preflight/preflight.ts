import { DnsFailure } from '../../../aws/dns/query.ts';
import { movedLater } from '../../../domain/distributions/moves.ts';
import { edgeOf, type RecordTarget } from '../../../domain/edges/edge.ts';
import { isOn } from '../../../domain/failover/maintenance.ts';
import { movesInside } from '../../../domain/failover/moves-inside.ts';
import { balancerOf, outputOf } from '../../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { dualstackName } from '../../../domain/load-balancers/dns-name.ts';
import { originOf } from '../../../domain/origins/origin.ts';
import { fewAddresses } from '../../../domain/probes/few-addresses.ts';
import { MAINTENANCE_STATUS } from '../../../domain/probes/maintenance-page.ts';
import { together } from '../../../domain/probes/probe-result.ts';
import { releases } from '../../../domain/sites/life/standing.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import { judgeBeforeProbe } from '../../edge-removals/judge.ts';
import { readEdgeRemovals } from '../../edge-removals/read-edge-removals.ts';
import type { Gate, GateScope } from '../../gate.ts';
import { fewAtATime } from '../../probes/few-at-a-time.ts';
import { originAddresses } from '../../probes/origin-addresses.ts';
import { type ProbeAsk, probeEdge, probeOrigin } from '../../probes/probe-edge.ts';
import { probePage } from '../../probes/probe-page.ts';
import { recordOf, siteOf } from '../../scope.ts';
import { follow } from './follow.ts';
import { judgeAddresses, judgePreflight, ledTo, type PreflightSight, type SeenAddresses } from './judge.ts';
import { remembered } from './remembered.ts';

/**
 * Opens when the edge, or the instance where viewers come to it straight, answers for every name at every address, before any viewer
 * is sent there. The front page of every name is followed as a browser would.
 */
export const preflight: Gate<'Preflight', PreflightSight, ProbeAsk> = {
  name: 'Preflight',
  async look(ask, scope) {
    const site = siteOf(scope);
    const record = recordOf(scope);
    const { clients, dns } = ask;
    const removals = scope.again ? await readEdgeRemovals({ site, record, clients, moved: true }) : [];
    // What is to be restored first is not probed.
    if (judgeBeforeProbe(removals, scope).first) return { removals };
    const dnsName = DNS_NAMES[edgeOf(site).servedBy](record);
    if (dnsName === undefined) {
      const { id, label } = originOf(site);
      const addresses = await looked(id, () => originAddresses(site, record, dns));
      if ('failure' in addresses || addresses.all.length === 0) return { removals, addresses };
      const spots = fewAddresses(addresses.all, label);
      return { removals, probed: await probeAll(spots, probeOrigin, { ...ask, scope }) };
    }
    const addresses = await looked(dnsName, () => dns.addresses(dnsName));
    if ('failure' in addresses || judgeAddresses(addresses, site)) return { removals, addresses };
    const spots = fewAddresses(ledTo(addresses, site), addresses.dnsName);
    const probe = isOn(record.item) && movesInside(site) ? probeShownPage : probeEdge;
    return { removals, addresses, probed: await probeAll(spots, probe, { ...ask, scope }) };
  },
  judge: judgePreflight,
};

/** The name that the records of the served names will lead to; undefined where they lead to the origin's own address. */
const DNS_NAMES: Record<RecordTarget, (record: SiteRecord) => string | undefined> = {
  'load balancer': (record) => dualstackName(balancerOf(record).dnsName),
  distribution: (record) => outputOf(record, 'CreateDistribution').domainName,
  origin: () => undefined,
};

async function looked(dnsName: string, up: () => Promise<readonly string[]>): Promise<SeenAddresses> {
  try {
    return { dnsName, all: await up() };
  } catch (error) {
    if (error instanceof DnsFailure) return { failure: error.message };
    throw error;
  }
}

/** A distribution that shows the maintenance page answers with it for the origin as well. */
const probeShownPage: typeof probeEdge = (spot, { now, probes }) =>
  probePage(spot, { path: '/', status: MAINTENANCE_STATUS, now, probes });

/** Probes each address under every served name. */
async function probeAll(
  { few: addresses, others }: ReturnType<typeof fewAddresses>,
  probe: typeof probeEdge,
  { scope, dns, probes: all, remaining }: ProbeAsk & { scope: GateScope },
): Promise<NonNullable<PreflightSight['probed']>> {
  const site = siteOf(scope);
  const probes = remembered(fewAtATime(all, { remaining }));
  const later = movedLater(recordOf(scope));
  const names = servedNames(site).filter((name) => !later.includes(name));
  const spots = names.flatMap((name) => addresses.map((address) => ({ address, name })));
  const looking = { site, releases: releases(recordOf(scope).item), now: scope.now, probes };
  const result = together([...(await Promise.all(spots.map((spot) => probe(spot, looking)))), others]);
  const seen = addresses.filter((address) => !result.unseen.some((each) => each.address === address));
  // All addresses of an edge lead to one web server: what viewers are sent to is looked at from the first.
  const [address] = result.findings.length === 0 && probe !== probeShownPage ? seen : [];
  const walks = await Promise.all(
    address === undefined ? [] : names.map((name) => follow({ address, name }, { site, probes, dns })),
  );
  return { ...together([result, ...walks]), seen, told: walks.flatMap((walk) => walk.told) };
}
