import { byPhase, type Change, inPhase } from '../domain/changes/change.ts';
import { viewAfter, viewOf, type ZoneStep } from '../domain/changes/record-changes.ts';
import type { SeenZone, World } from '../domain/changes/world.ts';
import type { StepOutputs } from '../domain/ledger/outputs.ts';
import { targetGroupName } from '../domain/load-balancers/target-group.ts';
import type { ZoneView } from '../domain/records/zone-view.ts';
import type { Site } from '../domain/sites/site.ts';
import { certificate } from './certificate/certificate.ts';
import { NEW_CERTIFICATE } from './certificate/changes.ts';
import { elasticIp } from './elastic-ip/elastic-ip.ts';
import { copyChanges, zoneChange } from './hosted-zone/changes.ts';
import { httpListener } from './listener/http-listener.ts';
import { listener } from './listener/listener.ts';
import { loadBalancer } from './load-balancer/load-balancer.ts';
import { trafficRecords } from './record/traffic-records.ts';
import type { Scope } from './resource.ts';
import { securityGroup } from './security-group/security-group.ts';
import { targetGroup } from './target-group/target-group.ts';
import { targets } from './target-group/targets.ts';
import { validationRecords } from './validation-record/validation-record.ts';

/**
 * Every change that onboarding the site makes, and what it finds standing, in the order of the workflow: zone,
 * certificate and its records, load balancer, address, listener, traffic. Decided by what the steps decide by.
 */
export function changes(world: World, site: Site): Change[] {
  const { owner, zones } = world;
  const scope = scopeOf(world, site);
  const seen = zones.flatMap((zone) => partsIn(zone, scope));
  const groups = securityGroupsOf(world, site);
  const balancer = loadBalancerOf(world, { site, OpenSecurityGroups: groups.handle });
  const address = elasticIpOf(world, site);
  const group = targetGroupOf(world, site);
  return byPhase([
    ...inPhase('prepare', [
      ...zones.map((zone) => zoneChange(zone, owner)),
      ...seen.flatMap(({ copied }) => copied.changes),
      ...seen.flatMap(({ conflicts }) => conflicts),
      ...certificateOf(world, site).changes,
      ...seen.flatMap(({ validation }) => validation),
      ...groups.changes.filter(({ phase }) => phase === 'prepare'),
      ...balancer.changes,
      ...group.changes.filter(({ phase }) => phase === 'prepare'),
      ...httpListenerOf(world, site),
      ...address.changes,
    ]),
    ...secureListenerOf(world, site),
    ...seen.flatMap(({ traffic }) => traffic),
    ...groups.changes.filter(({ phase }) => phase === 'release'),
    ...group.changes.filter(({ phase }) => phase === 'release'),
  ]);
}

interface ZonePart {
  copied: ZoneStep;
  conflicts: Change[];
  traffic: Change[];
  validation: Change[];
}

/** What happens in one zone; nothing when it isn't known which zone it is. */
function partsIn(zone: SeenZone, scope: PlanScope): ZonePart[] {
  const { names } = zone;
  const { owner } = scope;
  const found = viewOf(zone);
  if (!found) return [];
  const copied = copyChanges(found, { zone, owner });
  const validation = validationIn(copied.view, { names, scope });
  // The records are checked before the validation records are written, and moved after it.
  const conflicts = recordsIn(copied.view, { names, scope }).filter(({ verb }) => verb === 'conflict');
  const taken = conflicts.map(({ resource }) => resource.name);
  const free = names.filter((name) => !taken.includes(name));
  const traffic = recordsIn(viewAfter(copied.view, validation), { names: free, scope }).filter(
    ({ phase }) => phase === 'shift',
  );
  return [{ copied, conflicts, traffic, validation }];
}

function validationIn(view: ZoneView, { names, scope }: { names: string[]; scope: PlanScope }): Change[] {
  const zone = { id: '', name: view.zone, names, nameServers: [], ours: false, view };
  return validationRecords.changes(validationRecords.desired(scope), { zones: [zone] }, scope);
}

function recordsIn(view: ZoneView, { names, scope }: { names: string[]; scope: PlanScope }): Change[] {
  const zone = { id: '', name: view.zone, names, nameServers: [], ours: false, view };
  return trafficRecords.changes(trafficRecords.desired(scope), { zones: [zone] }, scope);
}

/** The security groups of the site, what is done to have them, and which rules they lose. */
export function securityGroupsOf({ owner, instance, edge }: Pick<World, 'owner' | 'instance' | 'edge'>, site: Site) {
  const scope: Scope = { owner, site, record: undefined, known: {}, retained: [], now: new Date(0) };
  const desired = securityGroup.desired(scope);
  if (!edge) return { changes: [] };
  const { group, wayIn: ingress } = edge;
  const actual = { edge: { instance, ingress, ...(group && { group }) } };
  return {
    changes: securityGroup.changes(desired, actual, scope),
    handle: securityGroup.handles(desired, actual, scope),
  };
}

/** The load balancer of the site, and what is done to have it. */
function loadBalancerOf(
  { owner, instance, edge }: World,
  { site, OpenSecurityGroups }: { site: Site; OpenSecurityGroups: StepOutputs['OpenSecurityGroups'] | undefined },
) {
  if (!edge || !OpenSecurityGroups) return { changes: [] };
  const { loadBalancer: found, subnets, ipAddressType } = edge;
  const scope: Scope = {
    owner,
    site,
    record: undefined,
    known: { OpenSecurityGroups },
    retained: [],
    now: new Date(0),
  };
  const desired = loadBalancer.desired(scope);
  const { groupId } = OpenSecurityGroups;
  const placement = { subnets, ipAddressType };
  const actual = { edge: { vpcId: instance.vpcId, groupId, placement, ...(found && { loadBalancer: found }) } };
  return {
    changes: loadBalancer.changes(desired, actual, scope),
    handle: loadBalancer.handles(desired, actual, scope),
  };
}

/** The target group of the site with its targets, and what is done to have them. */
export function targetGroupOf({ owner, instance, edge }: Pick<World, 'owner' | 'instance' | 'edge'>, site: Site) {
  if (!edge) return { changes: [] };
  const known = { OpenSecurityGroups: { groupId: '', vpcId: instance.vpcId, wayIn: '' } };
  const scope: Scope = { owner, site, record: undefined, known, retained: [], now: new Date(0) };
  const desired = targetGroup.desired(scope);
  const { targetGroup: group } = edge;
  const changes = targetGroup.changes(desired, { named: group ? { group } : {} }, scope);
  // The targets of a group that is in the way are its owner's.
  const found = changes.some(({ verb }) => verb === 'conflict') ? [] : (group?.targets ?? []);
  return { changes: [...changes, ...targets.changes(targets.desired(scope), found, scope)] };
}

/** What is done to have the listener on port 80. */
function httpListenerOf({ owner, edge }: World, site: Site): Change[] {
  if (!edge) return [];
  const scope: Scope = { owner, site, record: undefined, known: {}, retained: [], now: new Date(0) };
  const found = edge.listeners.find(({ port }) => port === 80);
  const plain = found && { ...found, tags: edge.httpListenerTags };
  const seen = { ...(plain && { listener: plain }), adopted: edge.httpListenerAdopted ?? false };
  return httpListener.changes(httpListener.desired(scope), seen, scope);
}

/** What is done to have the listener on port 443, and to move it. */
function secureListenerOf({ owner, edge }: World, site: Site): Change[] {
  if (!edge) return [];
  const known = {
    RequestCertificate: { certificateArn: edge.certificate?.arn ?? NEW_CERTIFICATE, records: [] },
    CreateTargetGroup: { targetGroupArn: edge.targetGroup?.arn ?? targetGroupName(site) },
  };
  const scope: Scope = { owner, site, record: undefined, known, retained: [], now: new Date(0) };
  const found = edge.listeners.find(({ port }) => port === 443);
  const { secureListenerTags: tags, secureListenerCertificates: further = [] } = edge;
  const secure = { ...(found && { listener: { ...found, tags, further } }) };
  return listener.changes(listener.desired(scope), { secure }, scope);
}

/** The certificate of the site, and what is done to have it. */
function certificateOf({ edge, owner }: World, site: Site) {
  const scope: Scope = { owner, site, record: undefined, known: {}, retained: [], now: new Date(0) };
  const chosen = edge?.certificate;
  const desired = certificate.desired(scope);
  const actual = { ...(chosen && { chosen }), former: [] };
  return { changes: certificate.changes(desired, actual, scope), handle: certificate.handles(desired, actual, scope) };
}

/** The address of the site, and what is done to have it. */
export function elasticIpOf({ addresses: all, loss, owner }: Pick<World, 'addresses' | 'loss' | 'owner'>, site: Site) {
  const scope: Scope = { owner, site, record: undefined, known: {}, retained: [], now: new Date(0) };
  const actual = { all, heirs: new Map(), ...(loss && { loss }) };
  const desired = elasticIp.desired(scope);
  const isPrepared = ({ phase }: Change) => phase === 'prepare';
  return {
    changes: elasticIp.changes(desired, actual, scope).filter(isPrepared),
    handle: elasticIp.handles(desired, actual, scope),
  };
}

type PlanScope = Scope & { site: Site };

function scopeOf(world: World, site: Site): PlanScope {
  const balancer = loadBalancerOf(world, { site, OpenSecurityGroups: securityGroupsOf(world, site).handle }).handle;
  const known = {
    ReserveAddress: elasticIpOf(world, site).handle,
    RequestCertificate: certificateOf(world, site).handle,
    ...(balancer && { CreateLoadBalancer: balancer }),
  };
  return { owner: world.owner, site, record: undefined, known, retained: [], now: new Date(0) };
}
