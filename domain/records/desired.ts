import { dualstackName } from '../load-balancers/dns-name.ts';
import { ADDRESS_RECORD_TYPES, type AddressType, addressTypes } from '../sites/address-types.ts';
import type { Site } from '../sites/site.ts';
import type { RecordSet } from './record-set.ts';

/** How long resolvers may remember an address that isn't an alias. Source: failures F2; an alias to a load balancer has 60 too. */
const ADDRESS_TTL_SECONDS = 60;

/** Where an alias to a load balancer points. */
export interface AliasTarget {
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

/** A record that leads to the instance's own address. */
export function addressSet(name: string, address: string): RecordSet {
  return { name, type: 'A', ttlSeconds: ADDRESS_TTL_SECONDS, values: [address] };
}

/** Where the records of a site can lead. */
export interface RecordTargets {
  loadBalancer?: AliasTarget;
  /** The instance's own address. */
  address?: string;
}

/**
 * The records a site is to have: served names follow the load balancer over the protocols that `access` lets in, or lead to the instance when there is none; the
 * direct name always does.
 *
 * @throws {Error} when what they are to lead to isn't there
 */
export function desiredRecords(site: Site, { loadBalancer, address }: RecordTargets): RecordSet[] {
  const { domain, aliases, directName, edge } = site;
  const served = [domain, ...aliases];
  const direct = [...(edge === 'direct' ? served : []), ...(directName === undefined ? [] : [directName])];
  if (direct.length > 0 && address === undefined) throw new Error('Cannot point the records: no address was reserved');
  if (edge === 'load-balancer' && !loadBalancer) throw new Error('Cannot point the records: there is no load balancer');
  return [
    ...(edge === 'load-balancer' && loadBalancer
      ? served.flatMap((name) => aliasSets(name, loadBalancer, addressTypes(site)))
      : []),
    ...direct.map((name) => addressSet(name, address ?? '')),
  ];
}
