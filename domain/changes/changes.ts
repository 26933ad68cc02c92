import { resourceName } from '../ownership.ts';
import { type AliasTarget, desiredRecords } from '../records/desired.ts';
import type { ZoneView } from '../records/zone-view.ts';
import { servedNames } from '../sites/served-names.ts';
import type { Site } from '../sites/site.ts';
import { addressChange } from './address-changes.ts';
import { certificateChange } from './certificate-changes.ts';
import type { Change } from './change.ts';
import {
  httpListenerChanges,
  loadBalancerChange,
  secureListenerChange,
  securityGroupChanges,
  targetGroupChanges,
} from './edge-changes.ts';
import { trafficChanges, validationChanges, viewOf } from './record-changes.ts';
import type { SeenEdge, SeenZone, World } from './world.ts';
import { zoneChange } from './zone-changes.ts';

/**
 * Every change that onboarding the site makes, and what it finds standing, in the order of the workflow: zone,
 * certificate and its records, load balancer, address, listener, traffic. Decided by what the steps decide by.
 */
export function changes(world: World, site: Site): Change[] {
  const { owner, zones, edge } = world;
  const names = servedNames(site);
  const about = { site, owner, instance: world.instance };
  const validated = zones.map((zone) => validationIn(zone, { world, site }));
  const address = needsAddress(site)
    ? addressChange(world.addresses, { instanceId: site.origin.instance.id, owner })
    : undefined;
  const desired = desiredRecords(site, {
    ...(edge && { loadBalancer: aliasTarget(edge, owner.domain) }),
    ...(address && { address: address.address }),
  });
  return [
    ...zones.map((zone) => zoneChange(zone, owner)),
    ...(edge ? [certificateChange(edge.certificate, { names, owner })] : []),
    ...validated.flatMap((zone) => zone.changes),
    ...(edge
      ? [
          ...securityGroupChanges(edge, about),
          loadBalancerChange(edge, about),
          ...targetGroupChanges(edge, about),
          ...httpListenerChanges(edge, about),
        ]
      : []),
    ...(address ? [address.change] : []),
    ...(edge ? [secureListenerChange(edge, about)] : []),
    ...validated.flatMap(({ view, names: held }) =>
      view ? trafficChanges(view, { names: held, desired, owner }) : [],
    ),
  ];
}

/** Whether a name of the site leads to the instance itself. */
export function needsAddress({ edge, directName }: Pick<Site, 'edge' | 'directName'>): boolean {
  return edge === 'direct' || directName !== undefined;
}

function validationIn(
  zone: SeenZone,
  { world: { owner, edge }, site }: { world: World; site: Site },
): { changes: Change[]; view: ZoneView | undefined; names: string[] } {
  const { names } = zone;
  const view = viewOf(zone);
  if (!view || !edge) return { changes: [], view, names };
  const records = edge.certificate?.records;
  return { ...validationChanges(view, { names, served: servedNames(site), owner, records }), names };
}

/** The load balancer's own name, or words that stand for it until it has one. */
function aliasTarget({ loadBalancer }: SeenEdge, domain: string): AliasTarget {
  return loadBalancer ?? { zoneId: '', dnsName: `(new load balancer ${resourceName(domain)})` };
}
