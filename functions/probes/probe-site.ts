import { DnsFailure } from '../../aws/dns/query.ts';
import { Resolver } from '../../aws/dns/resolver.ts';
import { baseUrl, edgeOf, type RecordTarget } from '../../domain/edges/edge.ts';
import { Failure } from '../../domain/errors.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { listed } from '../../domain/listed.ts';
import { fewAddresses } from '../../domain/probes/few-addresses.ts';
import { found, type ProbeResult, together, unseen, unseenInWords } from '../../domain/probes/probe-result.ts';
import { releases } from '../../domain/sites/life/standing.ts';
import { servedNames } from '../../domain/sites/served-names.ts';
import type { Site } from '../../domain/sites/site.ts';
import { reservedAddress } from '../../resources/elastic-ip/reserved-address.ts';
import { removedFromEdge } from '../shared/load-balancers/edge-removals.ts';
import { fewAtATime } from '../shared/probes/few-at-a-time.ts';
import { PROBES, type Probes, probeEdge, probeOrigin } from '../shared/probes/probe-edge.ts';
import { settle } from '../shared/steps/settle.ts';
import { ledgerStep } from '../shared/steps/step.ts';

interface Look {
  dns: Resolver;
  site: Site;
  record: SiteRecord;
  releases: boolean;
  now: Date;
  probes: Probes;
}

/** Looks at every name as a viewer does: asks DNS for it, and goes where DNS says. */
export const probeSite = (newResolver: () => Resolver, probes: Probes) =>
  ledgerStep('ProbeSite', async (context) => {
    const { site, item, record, previous, now, remaining } = context;
    const removed = await removedFromEdge(context);
    const few = fewAtATime(probes, { remaining });
    const look = { dns: newResolver(), site, record, releases: releases(item), now, probes: few };
    const names = servedNames(site);
    const { findings, unseen } = await sightOf(names, look);
    settle([...removed, ...findings], { previous, revision: item.revision, now });
    const list = names.map((name) => baseUrl(site, name)).join(', ');
    const answers = `${list} ${names.length === 1 ? 'answers' : 'answer'} by name`;
    const message = unseen.length === 0 ? answers : `DNS leads viewers of ${list} to the site${unseenInWords(unseen)}`;
    return { output: {}, message };
  });

export const handler = probeSite(() => new Resolver(), PROBES);

async function sightOf(names: readonly string[], look: Look): Promise<ProbeResult> {
  try {
    const { directName } = look.site;
    const direct = directName === undefined ? [] : [directNameLeads(directName, look)];
    return together(
      await Promise.all([...names.map((name) => SERVED_BY[edgeOf(look.site).servedBy](name, look)), ...direct]),
    );
  } catch (error) {
    if (error instanceof DnsFailure) throw new Failure('NotReady', `Cannot look the names up now: ${error.message}`);
    throw error;
  }
}

/** How a served name is probed, by what its records lead to. */
const SERVED_BY: Record<RecordTarget, (name: string, look: Look) => Promise<ProbeResult>> = {
  'load balancer': leadsToLoadBalancer,
  origin: leadsToOrigin,
};

async function leadsToLoadBalancer(name: string, look: Look): Promise<ProbeResult> {
  const { few, others } = fewAddresses(await look.dns.addresses(name), name);
  if (few.length === 0) return found({ reason: 'unreachable', message: `DNS has no address for "${name}"` });
  return together([...(await Promise.all(few.map((address) => probeEdge({ address, name }, look)))), others]);
}

/** DNS leads to the origin's own address, and a page comes from there. */
async function leadsToOrigin(name: string, look: Look): Promise<ProbeResult> {
  const wrong = await wrongAddress(name, look);
  return wrong ?? probeOrigin({ address: reservedAddress(look.record), name }, look);
}

/**
 * Over the direct name people reach the instance itself, most often by SSH. Which of them its security group lets in is
 * theirs to say, so a page that doesn't come is told and stops nothing.
 */
async function directNameLeads(name: string, look: Look): Promise<ProbeResult> {
  const wrong = await wrongAddress(name, look);
  if (wrong) return wrong;
  const { findings } = await probeOrigin({ address: reservedAddress(look.record), name }, look);
  return findings.length === 0
    ? found()
    : unseen(reservedAddress(look.record), `"${name}" leads there, and it lets this probe not in`);
}

async function wrongAddress(name: string, look: Look): Promise<ProbeResult | undefined> {
  const records = await look.dns.resolve(name, 'A');
  const addresses = [...new Set(records.map((record) => String((record as { data: string }).data)))];
  if (addresses.length === 1 && addresses[0] === reservedAddress(look.record)) return undefined;
  const said = listed(addresses) || 'no address';
  return found({
    reason: 'unreachable',
    message: `DNS says ${said} for "${name}", not ${reservedAddress(look.record)}`,
  });
}
