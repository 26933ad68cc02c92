import type { Resolver } from '../../aws/dns/resolver.ts';
import type { Environment } from '../../aws/environment.ts';
import { VALIDATED } from '../../domain/certificates/place.ts';
import type { ValidationRecord } from '../../domain/certificates/validation-record.ts';
import { edgeOf, hasLoadBalancer, needsResource } from '../../domain/edges/edge.ts';
import type { Claimant } from '../../domain/entries/challenge.ts';
import { type Entry, hasAddress, isAmong, leadsToSite, type SeenEntry } from '../../domain/entries/entry.ts';
import { judgeEntry } from '../../domain/entries/judge.ts';
import { trafficEntries, wantedEntries } from '../../domain/entries/wanted.ts';
import { outputIfDone, stepOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { isExternal, needsChallenge } from '../../domain/sites/dns.ts';
import { desiredDocument } from '../../domain/sites/life/standing.ts';
import { namesOf } from '../../domain/sites/names-of.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { SeenZone } from '../../domain/zones/seen-zone.ts';
import type { SiteZone } from '../../domain/zones/site-zone.ts';
import { phaseOf } from '../record/phase.ts';
import { addressesBehind, lookAtEntry } from './probe-record.ts';

/** Who asks for the names, from the stack's side. */
export function claimantOf(
  { account, stackName }: Pick<Environment, 'account' | 'stackName'>,
  { tenant }: Site,
): Claimant {
  return { account, stack: stackName, ...(tenant !== undefined && { tenant }) };
}

/**
 * Whether the names are proven by the challenge: nothing in the account says who owns them, or their zone is not the
 * tenant's and no name of the live document lies in it (failures S2).
 */
export function isChallenged(record: SiteRecord): boolean {
  const { site, live } = record.item;
  if (needsChallenge(site)) return true;
  const proven = live ? namesOf(live).map(({ name }) => name) : [];
  return needsProof(stepOf(record, 'FindZone')?.output?.zones ?? [], proven);
}

function needsProof(zones: readonly Pick<SiteZone, 'anothers' | 'names'>[], proven: readonly string[]): boolean {
  return zones.some(({ anothers, names }) => anothers && !names.some((name) => proven.includes(name)));
}

/**
 * The records that a person enters for the site, as far as the operation has got; none where we write them all, or while
 * the site is taken back.
 */
export function entriesOf(record: SiteRecord, environment: Pick<Environment, 'account' | 'stackName'>): Entry[] {
  const { site } = record.item;
  if (!isChallenged(record) || !desiredDocument(record.item)) return [];
  const claimant = claimantOf(environment, site);
  if (!isExternal(site)) return wantedEntries(site, { claimant });
  const validation = VALIDATED.flatMap(({ request }) => stepOf(record, request)?.output?.records ?? []);
  return [...wantedEntries(site, { claimant, validation }), ...trafficSoFar(record)];
}

/** The same for a site that is yet to be declared; `live` are the names of the document that is live. */
export function entriesBeforehand(
  site: Site,
  {
    zones,
    validation,
    environment,
    live,
  }: {
    zones: readonly SeenZone[];
    /** The validation records, once ACM has named them. */
    validation: ValidationRecord[] | undefined;
    environment: Pick<Environment, 'account' | 'stackName'>;
    live: readonly string[];
  },
): Entry[] {
  const standing = zones.filter((zone) => zone.kind === 'existing');
  if (!needsChallenge(site) && !needsProof(standing, live)) return [];
  const claimant = claimantOf(environment, site);
  return wantedEntries(site, { claimant, validation: isExternal(site) ? validation : undefined });
}

/**
 * What leads viewers to the site is asked for once its edge was seen to answer for the document (invariant 5). Until then
 * the records of the document that is live are to stay. The name that the CDN connects to has to be there before.
 */
function trafficSoFar(record: SiteRecord): Entry[] {
  const { site, live } = record.item;
  const balancer = (shown: Site) =>
    needsResource(shown, 'listener certificate') ? 'AddListenerCertificate' : 'CreateLoadBalancer';
  const prepared = (shown: Site) => (hasLoadBalancer(shown) ? balancer(shown) : 'ReserveAddress');
  const known = (shown: Site) => ({
    loadBalancer: stepOf(record, balancer(shown))?.output?.dnsName,
    distribution: stepOf(record, 'CreateDistribution')?.output?.domainName,
    address: stepOf(record, 'ReserveAddress')?.output?.address,
  });
  const proven = outputIfDone(record, edgeOf(site).servedBy === 'origin' ? 'ReserveAddress' : 'Preflight');
  if (proven) return trafficEntries(site, known(site));
  const standing = live ? trafficEntries(live, known(live)) : [];
  const added = outputIfDone(record, prepared(site))
    ? trafficEntries(site, known(site)).filter((entry) => isDueFirst(entry, record))
    : [];
  return [...added.filter((entry) => !isAmong(standing, entry)), ...standing];
}

/** One that leads a CDN to its origin before the CDN asks for it. */
const isDueFirst = ({ name }: Entry, record: SiteRecord): boolean =>
  phaseOf(name, { site: record.item.site, record }) === 'prepare';

/** The addresses that an entry leads viewers to. */
export async function addressesOf(dns: Resolver, entry: Entry): Promise<readonly string[]> {
  if (!leadsToSite(entry)) return [];
  return hasAddress(entry) ? entry.values : addressesBehind(dns, entry.values[0] ?? '');
}

/** How each entry stands now, asked of the name servers themselves; `site` has them where the hints depend on its document. */
export async function lookAtEntries(
  dns: Resolver,
  entries: readonly Entry[],
  { site }: { site?: Site } = {},
): Promise<SeenEntry[]> {
  const refusesForeign = site && !isExternal(site) && !site.adopt;
  return Promise.all(
    entries.map(async (entry) => {
      const [sighting, leadsTo] = await Promise.all([lookAtEntry(dns, entry), addressesOf(dns, entry)]);
      return judgeEntry(entry, sighting, { leadsTo, refusesForeign });
    }),
  );
}
