import type { Route53Client } from '@aws-sdk/client-route-53';
import { route53Of } from '../../aws/zones/route53-of.ts';
import { needsResource } from '../../domain/edges/edge.ts';
import { isOn } from '../../domain/failover/maintenance.ts';
import { balancerIn, outputOf } from '../../domain/ledger/outputs.ts';
import { desiredRecords, type RecordTargets } from '../../domain/records/desired.ts';
import type { RecordSet } from '../../domain/records/record-set.ts';
import { isExternal } from '../../domain/sites/dns.ts';
import type { SiteZone } from '../../domain/zones/site-zone.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import { recordOf, siteOf } from '../scope.ts';
import type { ActualRecords } from './actual.ts';
import { recordChanges } from './changes.ts';
import { ownEnds } from './site-ends.ts';
import { readZoneViews } from './zone-views.ts';
import { zonesAfter } from './zones-after.ts';
import { readZonesOfNames } from './zones-of-names.ts';

/**
 * The records that lead viewers to a site, and a CDN to its origin, in Route 53, each name's beside its owner marker. Those of viewers
 * are moved once the new edge was seen to answer; all are removed before what they lead to.
 */
export const trafficRecords: Resource<RecordSet, ActualRecords, object> = {
  type: 'record',
  inDnsAccount: true,
  desired: (scope) => {
    const targets = targetsOf(scope);
    return scope.site && targets ? desiredRecords(scope.site, targets) : [];
  },
  read: readRecords,
  changes: recordChanges,
  handles: () => ({}),
  afterwards: ({ zones, released }, changes, first) => ({
    zones: zonesAfter(zones, changes).map((zone, place) => ({
      ...zone,
      checked: zonesAfter(zones, first)[place]?.view,
    })),
    ...(released && { released: { ...released, zones: zonesAfter(released.zones, changes) } }),
  }),
};

/** Where the names are to lead, by what earlier resources have told; undefined before they have. */
export function targetsOf({ known, record }: Pick<Scope, 'known' | 'record'>): RecordTargets | undefined {
  if (!known.ReserveAddress) return undefined;
  const { address } = known.ReserveAddress;
  const loadBalancer = balancerIn(known);
  const distribution = known.CreateDistribution?.domainName;
  const healthCheckId = known.CreateHealthCheck?.healthCheckId;
  return {
    ...(loadBalancer && { loadBalancer }),
    ...(distribution !== undefined && { distribution }),
    ...(address !== undefined && { address }),
    ...(healthCheckId !== undefined && { healthCheckId }),
    ...(record && isOn(record.item) && { showsPage: true }),
  };
}

/**
 * Where the records lead is decided by these. The origin name of a CDN does not wait for its distribution.
 *
 * @throws {Error} when a step is not done that creates what they lead to
 */
export function checkTargets(step: 'PointOrigin' | 'PointRecords', scope: Scope): void {
  const record = recordOf(scope);
  outputOf(record, 'ReserveAddress');
  if (step === 'PointOrigin') return;
  if (needsResource(siteOf(scope), 'distribution')) outputOf(record, 'CreateDistribution');
  if (needsResource(siteOf(scope), 'health check')) outputOf(record, 'CreateHealthCheck');
}

async function readRecords(look: Look, scope: Scope): Promise<ActualRecords> {
  const route53 = route53For(look, scope);
  const [zones, released] = await Promise.all([
    look.phase === 'release' ? [] : readZoneViews(route53, zonesFound(scope)),
    look.phase === 'release' ? readReleased(route53, look, scope) : undefined,
  ]);
  return { zones, ...(released && { released }) };
}

async function readReleased(
  route53: Route53Client,
  { clients }: Look,
  { record, owner }: Scope,
): Promise<ActualRecords['released']> {
  if (!record) return undefined;
  const [zones, ends] = await Promise.all([
    // Elsewhere only a person writes records.
    isExternal(record.item.site) ? [] : readZonesOfNames(route53, record),
    ownEnds(record, owner, clients),
  ]);
  return { zones, ends };
}

/** Route 53 as the site's own account, or under the role that it names. */
export function route53For(
  { clients, environment }: Pick<Look, 'clients' | 'environment'>,
  scope: Scope,
): Route53Client {
  return route53Of(siteOf(scope), environment, clients);
}

/** @throws {Error} when the zones of the names were not found before */
export function zonesFound({ known, owner }: Scope): SiteZone[] {
  if (!known.FindZone) throw new Error(`Cannot read the records of "${owner.domain}": its zones are not known`);
  return known.FindZone.zones;
}
