import { DnsFailure } from '../../../aws/dns/query.ts';
import type { Resolver } from '../../../aws/dns/resolver.ts';
import { pointedFirst } from '../../../domain/distributions/moves.ts';
import { edgeOf, type RecordTarget } from '../../../domain/edges/edge.ts';
import { isOn } from '../../../domain/failover/maintenance.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { listed } from '../../../domain/listed.ts';
import { fewAddresses } from '../../../domain/probes/few-addresses.ts';
import { MAINTENANCE_STATUS } from '../../../domain/probes/maintenance-page.ts';
import { found, type ProbeResult, together, unseen } from '../../../domain/probes/probe-result.ts';
import { releases } from '../../../domain/sites/life/standing.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { judgeBeforeProbe } from '../../edge-removals/judge.ts';
import { readEdgeRemovals } from '../../edge-removals/read-edge-removals.ts';
import type { Gate, GateScope } from '../../gate.ts';
import { fewAtATime } from '../../probes/few-at-a-time.ts';
import { hearingInsistingNames } from '../../probes/insisting-names.ts';
import { originAddresses } from '../../probes/origin-addresses.ts';
import { type ProbeAsk, type Probes, probeEdge, probeOrigin } from '../../probes/probe-edge.ts';
import { probePage } from '../../probes/probe-page.ts';
import { recordOf, siteOf } from '../../scope.ts';
import { judgeSite, type Probed, type SiteSight } from './judge.ts';

interface Look {
  dns: Resolver;
  site: Site;
  record: SiteRecord;
  releases: boolean;
  now: Date;
  probes: Probes;
}

/** Opens when every name answers as a viewer sees it: DNS is asked for it, and the probe goes where DNS leads. */
export const probe: Gate<'ProbeSite', SiteSight, ProbeAsk> = {
  name: 'ProbeSite',
  async look({ clients, ...ask }, scope) {
    const site = siteOf(scope);
    const record = recordOf(scope);
    // They are added to the distribution first.
    if (pointedFirst(record).length > 0) return { removals: [], pointedFirst: pointedFirst(record) };
    const removals = scope.again ? await readEdgeRemovals({ site, record, clients, moved: true }) : [];
    // What is to be restored first is not probed.
    if (judgeBeforeProbe(removals, scope).first) return { removals };
    const { probes, insists } = hearingInsistingNames(ask.probes);
    return { removals, probed: await probeByName({ ...ask, probes }, { record, scope }), insists: insists() };
  },
  judge: judgeSite,
};

/** Looks at every name where DNS leads viewers: the maintenance page is to answer there while it is on, and else the site. */
export async function probeByName(
  { dns, probes, remaining }: ProbeAsk,
  { record, scope, showsPage = isOn(record.item) }: { record: SiteRecord; scope: GateScope; showsPage?: boolean },
): Promise<Probed> {
  const site = siteOf(scope);
  const few = fewAtATime(probes, { remaining });
  const look = { dns, site, record, releases: releases(record.item), now: scope.now, probes: few };
  try {
    const { directName } = site;
    const served = showsPage ? leadsToPage : SERVED_BY[edgeOf(site).servedBy];
    const direct = directName === undefined ? [] : [directNameLeads(directName, look)];
    return together(await Promise.all([...servedNames(site).map((name) => served(name, look)), ...direct]));
  } catch (error) {
    if (error instanceof DnsFailure) return { failure: error.message };
    throw error;
  }
}

/** How a served name is probed, by what its records lead to. */
const SERVED_BY: Record<RecordTarget, (name: string, look: Look) => Promise<ProbeResult>> = {
  'load balancer': leadsToEdge,
  distribution: leadsToEdge,
  origin: leadsToOrigin,
};

async function leadsToPage(name: string, { dns, now, probes }: Look): Promise<ProbeResult> {
  const { few, others } = fewAddresses(await dns.addresses(name), name);
  if (few.length === 0) return found({ reason: 'unreachable', message: `DNS has no address for "${name}"` });
  const looking = { path: '/', status: MAINTENANCE_STATUS, now, probes };
  return together([...(await Promise.all(few.map((address) => probePage({ address, name }, looking)))), others]);
}

async function leadsToEdge(name: string, look: Look): Promise<ProbeResult> {
  const { few, others } = fewAddresses(await look.dns.addresses(name), name);
  if (few.length === 0) return found({ reason: 'unreachable', message: `DNS has no address for "${name}"` });
  return together([...(await Promise.all(few.map((address) => probeEdge({ address, name }, look)))), others]);
}

/** DNS leads to the origin's own address, and a page comes from there. */
async function leadsToOrigin(name: string, look: Look): Promise<ProbeResult> {
  const origin = await originAddresses(look.site, look.record, look.dns);
  const wrong = await wrongAddress(name, origin, look);
  if (wrong) return wrong;
  const { few, others } = fewAddresses(origin, name);
  return together([...(await Promise.all(few.map((address) => probeOrigin({ address, name }, look)))), others]);
}

/**
 * Over the direct name people reach the instance itself, most often by SSH. Which of them its security group lets in is
 * theirs to say, so a page that doesn't come is told and stops nothing.
 */
async function directNameLeads(name: string, look: Look): Promise<ProbeResult> {
  const origin = await originAddresses(look.site, look.record, look.dns);
  const wrong = await wrongAddress(name, origin, look);
  const [address] = origin;
  if (wrong || address === undefined) return wrong ?? found();
  const { findings } = await probeOrigin({ address, name }, look);
  return findings.length === 0
    ? found()
    : unseen(address, `"${name}" leads there, and its security group rejects this probe`);
}

/** Whether DNS leads a name elsewhere than to the origin: a server that is known by its name may get other addresses meanwhile. */
async function wrongAddress(name: string, origin: readonly string[], look: Look): Promise<ProbeResult | undefined> {
  const addresses = await look.dns.addresses(name);
  const isThere = addresses.length > 0 && addresses.every((address) => origin.includes(address));
  if (isThere) return undefined;
  const said = listed(addresses) || 'no address';
  return found({ reason: 'unreachable', message: `DNS says ${said} for "${name}", not ${listed(origin)}` });
}
