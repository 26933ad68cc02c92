import type { Environment } from '../../../aws/environment.ts';
import { openLedger } from '../../../aws/ledger/ledger.ts';
import type { Clients } from '../../../aws/one-look.ts';
import { route53Of } from '../../../aws/zones/route53-of.ts';
import { type Change, isActive, type Unphased } from '../../../domain/changes/change.ts';
import type { Kept } from '../../../domain/changes/kept.ts';
import type { Releases } from '../../../domain/changes/release-changes.ts';
import type { Leaving } from '../../../domain/ledger/leaving.ts';
import { copiedTo } from '../../../domain/ledger/made-of.ts';
import { applied } from '../../../domain/records/applied.ts';
import type { Obstacle } from '../../../domain/removal/obstacle.ts';
import { certificate } from '../../../resources/certificate/certificate.ts';
import { elasticIp } from '../../../resources/elastic-ip/elastic-ip.ts';
import { type ZoneAfter, zoneObstacles } from '../../../resources/hosted-zone/zone-obstacles.ts';
import { listener } from '../../../resources/listener/listener.ts';
import { listenerReleases, retainedListeners } from '../../../resources/listener/releases.ts';
import { loadBalancer } from '../../../resources/load-balancer/load-balancer.ts';
import { removals } from '../../../resources/record/changes.ts';
import type { Ends } from '../../../resources/record/site-ends.ts';
import { trafficRecords } from '../../../resources/record/traffic-records.ts';
import type { Look, Resource, Scope } from '../../../resources/resource.ts';
import { groupReleases } from '../../../resources/security-group/changes.ts';
import { securityGroup } from '../../../resources/security-group/security-group.ts';
import { targetGroupReleases } from '../../../resources/target-group/changes.ts';
import { targetGroup } from '../../../resources/target-group/target-group.ts';
import { removals as validationRemovals } from '../../../resources/validation-record/changes.ts';
import { withUsers } from '../../../resources/validation-record/validation-record.ts';
import type { ZoneChanges } from './approved-removal.ts';
import { recordObstacles } from './record-obstacles.ts';

interface Looking {
  clients: Clients;
  environment: Environment;
}

export interface ReadReleases extends Releases {
  /** What the removing steps do to records, zone by zone. */
  inZones: ZoneChanges[];
  /** What keeps something from going, and what has to stay with it. */
  obstacles: Obstacle[];
  /** Those of them that only this look finds: the removing steps read all others themselves. */
  retained: Obstacle[];
}

/** All that goes of a site, and what keeps it from going: read before anything is removed, by what the removing steps find it by. */
export async function readReleases(leaving: Leaving, { clients, environment }: Looking): Promise<ReadReleases> {
  const { record, owner } = leaving;
  const { site } = record.item;
  const route53 = route53Of(site, environment, clients);
  // A change keeps the zones.
  const isUndo = leaving.kept.names.length === 0;
  const scope: Scope = {
    owner,
    site: isUndo ? undefined : site,
    record,
    known: knownOf(leaving.kept),
    retained: [],
    now: new Date(),
  };
  const look: Look = { clients, environment, ledger: openLedger(environment) };
  const [addresses, seen] = await Promise.all([
    elasticIp.read(look, scope),
    trafficRecords.read({ ...look, phase: 'release' }, scope),
  ]);
  const { released = { zones: [], ends: NO_ENDS } } = seen;
  const { zones, ends } = released;
  const removed = new Map(
    removals(released, scope).map(({ zone, plan }) => [zone.id, plan.changes.flatMap(({ before }) => before ?? [])]),
  );
  const { heirs } = addresses;
  const retained = await recordObstacles(leaving, { ends, heirs, removed, environment, clients });
  const decided: Scope = { ...scope, retained };
  const plans = removals(released, decided).map(({ plan }) => plan);
  const edge = await releasedEdge({ ...look, phase: 'release' }, decided, {
    addresses: elasticIp.changes(elasticIp.desired(scope), addresses, decided),
  });
  // What was adopted is retained, with the records that it is renewed by.
  const deleted = edge.certificates.flatMap(({ verb, resource: { id } }) => (verb === 'delete' && id ? [id] : []));
  const zonesAfter = zones.map((zone, place) => ({
    ...zone,
    view: applied(zone.view, plans[place]?.changes ?? []),
  }));
  const deleting = knowing(decided, { RemoveCertificates: { left: [], removed: deleted } });
  const validating = validationRemovals(await withUsers(zonesAfter, look, deleting), deleting);
  const validation = validating.map(({ removal }) => removal);
  const afterwards = validating.map(
    ({ zone: { id, name, view }, removal }): ZoneAfter => ({
      id,
      name,
      after: applied(view, removal.changes),
      copied: copiedTo(record, id),
    }),
  );
  const occupied = isUndo ? await zoneObstacles(route53, { owner, zones: afterwards }) : [];
  const left = [...edge.left, ...occupied];
  return {
    ...edge,
    records: trafficRecords.changes([], seen, decided),
    validation,
    left,
    obstacles: left,
    inZones: zones.map((zone, place) => ({
      zone,
      changes: [plans[place], validation[place]].flatMap((plan) => plan?.changes ?? []),
    })),
    retained,
  };
}

const NO_ENDS: Ends = { loadBalancers: [], addresses: [], adopted: [] };

/** What the document keeps, as its steps output it. A load balancer that is not created yet has no ARN to compare with. */
function knownOf({
  certificateArn,
  loadBalancerArn = '(new load balancer)',
  targetGroupArn,
  group,
  address,
}: Kept): Scope['known'] {
  return {
    ReserveAddress: address === undefined ? {} : { address },
    CreateLoadBalancer: { loadBalancerArn, dnsName: '', zoneId: '', createdAt: '' },
    ...(certificateArn !== undefined && { AwaitCertificate: { certificateArn } }),
    ...(targetGroupArn !== undefined && { CreateTargetGroup: { targetGroupArn } }),
    ...(group && { OpenSecurityGroups: { groupId: group.id, vpcId: '', wayIn: group.wayIn } }),
  };
}

type Edge = Pick<
  Releases,
  'listeners' | 'loadBalancers' | 'targetGroups' | 'securityGroups' | 'addresses' | 'certificates'
> & { left: Obstacle[] };

/** In the order of the removing steps: what one of them retains, the next one cannot remove. */
async function releasedEdge(look: Look, scope: Scope, { addresses }: { addresses: readonly Change[] }): Promise<Edge> {
  const wanted = listener.desired(scope);
  const { own = [] } = await listener.read(look, scope);
  const listeners = listenerReleases(wanted, own, scope);
  const afterListeners = knowing(scope, { RemoveListeners: { left: listeners.flatMap(retainedIn) } });
  const [loadBalancers, targetGroups, certificates] = await Promise.all([
    changesOf(loadBalancer, look, afterListeners),
    releasedTargetGroups(look, afterListeners),
    releasedCertificates(look, scope, retainedListeners(wanted, own, scope)),
  ]);
  const groups = await releasedGroups(
    look,
    knowing(scope, {
      RemoveLoadBalancer: { left: loadBalancers.flatMap(retainedIn) },
      RemoveTargetGroups: { left: targetGroups.flatMap(retainedIn) },
    }),
  );
  const released = addresses.filter(({ phase }) => phase === 'release');
  return {
    listeners: listeners.filter(isActive),
    loadBalancers: loadBalancers.filter(isActive),
    targetGroups: targetGroups.filter(isActive),
    securityGroups: groups.filter(isActive),
    addresses: released.filter(isActive),
    certificates: certificates.filter(isActive),
    left: [listeners, loadBalancers, targetGroups, groups, released, certificates].flat().flatMap(retainedIn),
  };
}

function knowing(scope: Scope, more: Scope['known']): Scope {
  return { ...scope, known: { ...scope.known, ...more } };
}

async function changesOf<Desired, Actual>(
  resource: Resource<Desired, Actual, object>,
  look: Look,
  scope: Scope,
): Promise<Change[]> {
  return resource.changes(resource.desired(scope), await resource.read(look, scope), scope);
}

/** The certificates that no listener serves once those that are not retained are deleted. */
async function releasedCertificates(look: Look, scope: Scope, listeners: readonly string[]): Promise<Change[]> {
  const left = listeners.map((id) => ({ type: 'listener' as const, id, why: 'it is retained' }));
  const changes = await changesOf(certificate, look, knowing(scope, { RemoveListeners: { left } }));
  return changes.filter(({ phase }) => phase === 'release');
}

/** The rules for blocks that are no longer declared are planned with those for the new ones. */
async function releasedGroups(look: Look, scope: Scope): Promise<Unphased[]> {
  return groupReleases(securityGroup.desired(scope), await securityGroup.read(look, scope), scope);
}

async function releasedTargetGroups(look: Look, scope: Scope): Promise<Unphased[]> {
  return targetGroupReleases(targetGroup.desired(scope), await targetGroup.read(look, scope), scope);
}

function retainedIn({ verb, resource: { type, id }, message: why }: Unphased): Obstacle[] {
  return verb === 'retain' && id !== undefined ? [{ type, id, why }] : [];
}
