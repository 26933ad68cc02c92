import type { RecordSet } from './record-set.ts';

/** How long resolvers may remember an address that isn't an alias. Source: failures F2; an alias to a load balancer has 60 too. */
const ADDRESS_TTL_SECONDS = 60;

/** Where an alias to a load balancer points. */
export interface AliasTarget {
  /** The load balancer's own hosted zone, which is AWS's. */
  zoneId: string;
  dnsName: string;
}

/** A and AAAA that follow the load balancer: both always, or viewers with IPv6 stay behind (failures R29). */
export function aliasSets(name: string, { zoneId, dnsName }: AliasTarget): RecordSet[] {
  // Health is watched by failover's own records; for a lone alias Route 53 would answer with it all the same (R27).
  const alias = { zoneId, name: dnsName.toLowerCase(), evaluateTargetHealth: false };
  return ['A', 'AAAA'].map((type) => ({ name, type, values: [], alias }));
}

/** A record that leads to the instance's own address. */
export function addressSet(name: string, address: string): RecordSet {
  return { name, type: 'A', ttlSeconds: ADDRESS_TTL_SECONDS, values: [address] };
}
