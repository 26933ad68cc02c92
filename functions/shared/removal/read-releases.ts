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
import type { RemovalPlan } from '../../../domain/records/removal.ts';
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
import type { Look, Scope } from '../../../resources/resource.ts';
import { groupReleases } from '../../../resources/security-group/changes.ts';
import { securityGroup } from '../../../resources/security-group/security-group.ts';
import { targetGroupReleases } from '../../../resources/target-group/changes.ts';
import { targetGroup } from '../../../resources/target-group/target-group.ts';
import { validationRemoval } from '../certificates/releasable-validation-records.ts';
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
  const kept: Kept = { ...leaving.kept, retained };
  const decided: Scope = { ...scope, retained };
  const plans = removals(released, decided).map(({ plan }) => plan);
  const edge = await leavingEdge(
    { ...leaving, kept },
    { look, scope, addresses: elasticIp.changes(elasticIp.desired(scope), addresses, decided) },
  );
  // What was adopted is retained, with the records that it is renewed by.
  const deleted = edge.certificates.flatMap(({ verb, resource: { id } }) => (verb === 'delete' && id ? [id] : []));
  const afterwards: ZoneAfter[] = [];
  const validation: Omit<RemovalPlan, 'dangling'>[] = [];
  for (const [place, zone] of zones.entries()) {
    const asked = { ...leaving, kept, region: environment.region, clients, going: deleted };
    const view = applied(zone.view, plans[place]?.changes ?? []);
    const plan = (await validationRemoval(zone, asked))(view);
    validation.push(plan);
    const after = applied(view, plan.changes);
    afterwards.push({ id: zone.id, name: zone.name, after, copied: copiedTo(record, zone.id) });
  }
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

/** What the document keeps, as its steps tell it. */
function knownOf({ certificateArn, loadBalancerArn, address }: Kept): Scope['known'] {
  return {
    ReserveAddress: address === undefined ? {} : { address },
    ...(certificateArn !== undefined && { AwaitCertificate: { certificateArn } }),
    ...(loadBalancerArn !== undefined && {
      CreateLoadBalancer: { loadBalancerArn, dnsName: '', zoneId: '', createdAt: '' },
    }),
  };
}

type Edge = Pick<
  Releases,
  'listeners' | 'loadBalancers' | 'targetGroups' | 'securityGroups' | 'addresses' | 'certificates'
> & { left: Obstacle[] };

/** In the order of the removing steps: what one of them leaves, the next one can't remove. */
async function leavingEdge(
  leaving: Leaving,
  { look, scope, addresses }: { look: Look; scope: Scope; addresses: readonly Change[] },
): Promise<Edge> {
  const { listeners, retained } = await releasedListeners(leaving, { look, scope });
  const left = listeners.flatMap(retainedIn);
  const [loadBalancers, targetGroups, certificates] = await Promise.all([
    releasedLoadBalancers(leaving, { look, scope, known: { RemoveListeners: { left } } }),
    releasedTargetGroups(leaving, { look, scope, known: { RemoveListeners: { left } } }),
    certificateChanges(look, scope, retained),
  ]);
  const groups = await releasedGroups(leaving, {
    look,
    scope,
    known: {
      RemoveLoadBalancer: { left: loadBalancers.flatMap(retainedIn) },
      RemoveTargetGroups: { left: targetGroups.flatMap(retainedIn) },
    },
  });
  const released = [...addresses, ...certificates].filter(({ phase }) => phase === 'release');
  return {
    listeners: listeners.filter(isActive),
    loadBalancers: loadBalancers.filter(isActive),
    targetGroups: targetGroups.filter(isActive),
    securityGroups: groups.filter(isActive),
    addresses: released.filter((change) => isActive(change) && change.resource.type === 'elastic address'),
    certificates: released.filter((change) => isActive(change) && change.resource.type === 'certificate'),
    left: [
      ...left,
      ...loadBalancers.flatMap(retainedIn),
      ...targetGroups.flatMap(retainedIn),
      ...groups.flatMap(retainedIn),
      ...released.flatMap(retainedIn),
    ],
  };
}

/** The certificates that are released, once the listeners are, but those that are retained. */
async function certificateChanges(look: Look, scope: Scope, listeners: readonly string[]): Promise<Change[]> {
  const left = listeners.map((id) => ({ type: 'listener' as const, id, why: 'it is retained' }));
  const asked: Scope = { ...scope, known: { ...scope.known, RemoveListeners: { left } } };
  const seen = await certificate.read({ ...look, phase: 'release' }, asked);
  return certificate.changes(certificate.desired(asked), seen, asked);
}

function retainedIn({ verb, resource: { type, id }, message: why }: Unphased): Obstacle[] {
  return verb === 'retain' && id !== undefined ? [{ type, id, why }] : [];
}

/** A resource with what was read for its release. */
interface Releasing {
  look: Look;
  scope: Scope;
  known: Scope['known'];
}

async function releasedLoadBalancers(
  { kept: { loadBalancerArn = '(new load balancer)', retained = [] } }: Leaving,
  { look, scope, known }: Releasing,
): Promise<Change[]> {
  const CreateLoadBalancer = { loadBalancerArn, dnsName: '', zoneId: '', createdAt: '' };
  const about = { ...scope, known: { ...known, CreateLoadBalancer }, retained };
  const actual = await loadBalancer.read({ ...look, phase: 'release' }, about);
  return loadBalancer.changes(loadBalancer.desired(about), actual, about);
}

/** What is released of the security groups; the rules for blocks that are no longer declared are planned with those for the new ones. */
async function releasedGroups({ kept: { group } }: Leaving, { look, scope, known }: Releasing): Promise<Unphased[]> {
  const OpenSecurityGroups = group && { groupId: group.id, vpcId: '', wayIn: group.wayIn };
  const about = { ...scope, known: { ...known, ...(OpenSecurityGroups && { OpenSecurityGroups }) } };
  const desired = securityGroup.desired(about);
  return groupReleases(desired, await securityGroup.read({ ...look, phase: 'release' }, about), about);
}

async function releasedTargetGroups(
  { kept: { targetGroupArn } }: Leaving,
  { look, scope, known }: Releasing,
): Promise<Unphased[]> {
  const CreateTargetGroup = targetGroupArn === undefined ? undefined : { targetGroupArn };
  const about = { ...scope, known: { ...known, ...(CreateTargetGroup && { CreateTargetGroup }) } };
  const desired = targetGroup.desired(about);
  return targetGroupReleases(desired, await targetGroup.read({ ...look, phase: 'release' }, about), about);
}

async function releasedListeners(
  { kept }: Leaving,
  { look, scope }: Omit<Releasing, 'known'>,
): Promise<{ listeners: Unphased[]; retained: string[] }> {
  const { loadBalancerArn, certificateArn, retained = [] } = kept;
  const known = {
    ...(loadBalancerArn !== undefined && {
      CreateLoadBalancer: { loadBalancerArn, dnsName: '', zoneId: '', createdAt: '' },
    }),
    ...(certificateArn !== undefined && { AwaitCertificate: { certificateArn } }),
  };
  const about = { ...scope, known, retained };
  const desired = listener.desired(about);
  const { own = [] } = await listener.read({ ...look, phase: 'release' }, about);
  return { listeners: listenerReleases(desired, own, about), retained: retainedListeners(desired, own, about) };
}
