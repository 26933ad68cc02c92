import { type NameRecords, type RecordTarget, recordsOf } from '../edges/edge.ts';
import { failsOverByDns } from '../failover/fails-over-by-dns.ts';
import { dualstackName } from '../load-balancers/dns-name.ts';
import { originOf } from '../origins/origin.ts';
import { ADDRESS_RECORD_TYPES, type AddressType } from '../sites/address-types.ts';
import { servedNames } from '../sites/served-names.ts';
import type { Site } from '../sites/site.ts';
import { CLOUDFRONT_ZONE_ID, failoverPair, pageSet } from './failover-pair.ts';
import type { RecordSet } from './record-set.ts';

/** How long resolvers may remember an address that isn't an alias. Source: failures F2; an alias to a load balancer has 60 too. */
const ADDRESS_TTL_SECONDS = 60;

/** Where an alias to a load balancer points. */
export interface AliasTarget {
  /** The types that it answers; any where that is left out. */
  types?: readonly AddressType[];
  /** The load balancer's own hosted zone, which is AWS's. */
  zoneId: string;
  dnsName: string;
}

/** A and AAAA that follow the load balancer: both where both may come, or viewers with IPv6 stay behind (failures R29). */
export function aliasSets(
  name: string,
  { zoneId, dnsName }: AliasTarget,
  types: readonly AddressType[] = ADDRESS_RECORD_TYPES,
): RecordSet[] {
  // Health is watched by failover's own records; for a lone alias Route 53 would answer with it all the same (R27).
  const alias = { zoneId, name: dualstackName(dnsName), evaluateTargetHealth: false };
  return types.map((type) => ({ name, type, values: [], alias }));
}

/** Records that follow a distribution. */
export function distributionSets(name: string, dnsName: string, types: readonly AddressType[]): RecordSet[] {
  // Route 53 takes no other value for an alias to a distribution.
  const alias = { zoneId: CLOUDFRONT_ZONE_ID, name: dnsName, evaluateTargetHealth: false };
  return types.map((type) => ({ name, type, values: [], alias }));
}

/** A record that leads to an address. */
export function addressSet(name: string, address: string): RecordSet {
  return { name, type: address.includes(':') ? 'AAAA' : 'A', ttlSeconds: ADDRESS_TTL_SECONDS, values: [address] };
}

/** What leads to the origin itself: its own addresses, one that was reserved for it, or a CNAME to its name. */
function originSets(name: string, site: Site, reserved: string | undefined): RecordSet[] {
  const { values, name: to } = originOf(site).address ?? {};
  if (to !== undefined) return [{ name, type: 'CNAME', ttlSeconds: ADDRESS_TTL_SECONDS, values: [to] }];
  const addresses = values ?? (reserved === undefined ? [] : [reserved]);
  if (addresses.length === 0) throw new Error('Cannot point the records: no address was reserved');
  return addresses.map((address) => addressSet(name, address));
}

/** Where the records of a site can lead. */
export interface RecordTargets {
  loadBalancer?: AliasTarget;
  /** The distribution's own name. */
  distribution?: string;
  /** The origin's own address. */
  address?: string;
  /** What decides between the site and its page, where it fails over by DNS. */
  healthCheckId?: string;
  /** Whether viewers are led to the page on purpose, whatever the health check finds. */
  showsPage?: boolean;
}

/** The records of one name, for each target that they can lead to. */
const RECORDS: Record<RecordTarget, (records: NameRecords, targets: RecordTargets, site: Site) => RecordSet[]> = {
  'load balancer': ({ name, types }, { loadBalancer }) => {
    if (!loadBalancer) throw new Error('Cannot point the records: there is no load balancer');
    const { types: answered = types } = loadBalancer;
    return aliasSets(
      name,
      loadBalancer,
      types.filter((type) => answered.includes(type)),
    );
  },
  distribution: ({ name, types }, { distribution }) => {
    if (distribution === undefined) throw new Error('Cannot point the records: there is no distribution');
    return distributionSets(name, distribution, types);
  },
  origin: ({ name }, { address }, site) => originSets(name, site, address),
};

/**
 * The records that a site is to have, by its edge. Those that are to lead to a distribution, or to follow a health check, only once that
 * is created: the origin name gets its own before.
 *
 * @throws {Error} when what else they are to lead to does not exist
 */
export function desiredRecords(site: Site, targets: RecordTargets): RecordSet[] {
  const { distribution, healthCheckId, showsPage } = targets;
  const failing = failsOverByDns(site) ? servedNames(site) : [];
  return recordsOf(site).flatMap((records) => {
    if (records.to === 'distribution' && distribution === undefined) return [];
    if (!failing.includes(records.name)) return RECORDS[records.to](records, targets, site);
    if (distribution === undefined || healthCheckId === undefined) return [];
    const sets = RECORDS[records.to](records, targets, site);
    if (showsPage) return sets.map((set) => pageSet(set, distribution));
    return sets.flatMap((set) => failoverPair(set, { healthCheckId, distribution }));
  });
}
