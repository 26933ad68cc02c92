import type { ValidationRecord } from '../../domain/certificates/validation-record.ts';
import type { Change } from '../../domain/changes/change.ts';
import { accessRules } from '../../domain/load-balancers/access-rules.ts';
import type { Listener } from '../../domain/load-balancers/listeners.ts';
import { targetGroupName } from '../../domain/load-balancers/target-group.ts';
import { TLS_POLICY } from '../../domain/load-balancers/tls-policy.ts';
import { instanceOf } from '../../domain/origins/instance.ts';
import { type Owner, ownerTags } from '../../domain/ownership.ts';
import type { Usage } from '../../domain/preflight/quotas.ts';
import { desiredRecords } from '../../domain/records/desired.ts';
import { markerSet } from '../../domain/records/marker.ts';
import type { RecordSet } from '../../domain/records/record-set.ts';
import type { ElasticAddress } from '../../domain/servers/elastic-address.ts';
import type { Instance } from '../../domain/servers/instance.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { ExistingZone, NewZone, SeenZone } from '../../domain/zones/seen-zone.ts';
import { zoneHandles } from '../../resources/hosted-zone/hosted-zone.ts';
import type { Seen } from '../../resources/list.ts';
import type { SeenLoadBalancers } from '../../resources/load-balancer/changes.ts';
import type { NamedGroup } from '../../resources/security-group/changes.ts';
import type { NamedTargetGroup } from '../../resources/target-group/changes.ts';
import { prepared } from '../../resources/walk.ts';
import { aSet, aView } from './records.ts';
import { anInstance } from './servers.ts';
import { aSite } from './site.ts';
import { domain, owner } from './steps.ts';

type Tags = Record<string, string>;

/** What there is in the account, in few words: `seenIn` says which resource reads what of it. */
export interface World {
  owner: Owner;
  zones: SeenZone[];
  instance: Instance;
  addresses: ElasticAddress[];
  /** Only for a site behind a load balancer. */
  edge?: StandingEdge;
}

/** The load balancer with what is before and behind it. */
export interface StandingEdge {
  certificate?: { arn: string; status?: string; tags: Tags; records?: ValidationRecord[] };
  group?: NamedGroup;
  wayIn: { groupId: string | undefined; open: boolean };
  subnets: string[];
  ipAddressType: 'ipv4' | 'dualstack';
  loadBalancer?: NonNullable<NonNullable<SeenLoadBalancers['edge']>['loadBalancer']>;
  targetGroup?: NamedTargetGroup;
  listeners: Listener[];
  secureListenerTags: Tags;
  secureListenerCertificates?: string[];
  httpListenerTags: Tags;
  httpListenerAdopted?: boolean;
}

/** What each resource reads of the world. */
export function seenIn({ zones, addresses, instance, edge }: World): Seen {
  const viewed = zoneHandles(zones).zones.map((zone) => {
    const found = zones.find(({ name }) => name === zone.name);
    return { ...zone, view: found?.kind === 'existing' ? found.view : { zone: zone.name, sets: [] } };
  });
  const always: Seen = {
    'hosted-zone': { zones, passedOver: [], released: [] },
    'elastic-ip': { all: addresses, heirs: new Map() },
    record: { zones: viewed },
  };
  if (!edge) return always;
  const { certificate: chosen, group, wayIn: ingress, subnets, ipAddressType, loadBalancer, targetGroup } = edge;
  const [plain, secure] = [80, 443].map((asked) => edge.listeners.find(({ port }) => port === asked));
  const further = edge.secureListenerCertificates ?? [];
  const groupId = group?.id ?? '(new security group)';
  const place = { vpcId: instance.vpcId, groupId, placement: { subnets, ipAddressType } };
  return {
    ...always,
    certificate: { ...(chosen && { chosen }), former: [] },
    'validation-record': { zones: viewed },
    'security-group': { edge: { vpcId: instance.vpcId, toInstance: { instance, ingress }, ...(group && { group }) } },
    'load-balancer': { edge: { ...place, ...(loadBalancer && { loadBalancer }) } },
    'target-group': { named: targetGroup ? { group: targetGroup } : {} },
    target: targetGroup?.targets ?? [],
    'http-listener': {
      ...(plain && { listener: { ...plain, tags: edge.httpListenerTags } }),
      adopted: edge.httpListenerAdopted ?? false,
    },
    'viewer-certificate': { former: [] },
    distribution: { own: [] },
    listener: { secure: secure ? { listener: { ...secure, tags: edge.secureListenerTags, further } } : {} },
  };
}

/** What a site changes in the world, as plans and steps decide it. */
export function changes(world: World, site: Site): Change[] {
  const scope = { owner: world.owner, site, record: undefined, known: {}, retained: [], now: new Date(0) };
  return prepared(seenIn(world), scope).changes;
}

export const tags: Record<string, string> = ownerTags(owner);

/** The zone "example.test" of the account with the shop's names in it, as it was before anything was made. */
export function anExistingZone(...sets: RecordSet[]): ExistingZone {
  const view = aView(...sets);
  return {
    kind: 'existing',
    id: 'ZEXAMPLE',
    name: 'example.test',
    names: [domain, `www.${domain}`],
    nameServers: ['ns-1.awsdns-01.com', 'ns-2.awsdns-02.net'],
    ours: false,
    tagged: false,
    recordCount: view.sets.length,
    view,
  };
}

/** No zone of the account holds the shop's names. */
export function aNewZone(): NewZone {
  return { kind: 'new', name: domain, names: [domain, `www.${domain}`] };
}

/** Nothing stands yet of the load balancer and the certificate. */
export function anEmptyEdge(changes: Partial<StandingEdge> = {}): StandingEdge {
  return {
    wayIn: { groupId: 'sg-01234567', open: false },
    subnets: ['subnet-0000000a', 'subnet-0000000b'],
    ipAddressType: 'dualstack',
    listeners: [],
    secureListenerTags: {},
    httpListenerTags: {},
    ...changes,
  };
}

/** All of it stands, made for the shop. */
export function aStandingEdge(changes: Partial<StandingEdge> = {}, site: Site = aSite()): StandingEdge {
  const loadBalancer = { arn: 'arn:lb', dnsName: 'np.elb.amazonaws.com', zoneId: 'ZELB', state: 'active', tags };
  const { id, port } = instanceOf(site);
  const target = { id, port, state: 'healthy' };
  return anEmptyEdge({
    certificate: { arn: 'arn:certificate', status: 'ISSUED', tags, records: validationOf(site) },
    group: { id: 'sg-lb', tags, access: accessRules(site) },
    wayIn: { groupId: 'sg-01234567', open: true },
    loadBalancer: { ...loadBalancer, vpcId: 'vpc-01234567', scheme: 'internet-facing', securityGroups: ['sg-lb'] },
    targetGroup: {
      arn: 'arn:tg',
      vpcId: 'vpc-01234567',
      healthPath: '/',
      targetType: 'instance',
      protocol: 'HTTP',
      tags,
      targets: [target],
    },
    listeners: [
      { arn: 'arn:80', port: 80, protocol: 'HTTP', forwards: [], redirects: true },
      {
        arn: 'arn:443',
        port: 443,
        protocol: 'HTTPS',
        certificateArn: 'arn:certificate',
        tlsPolicy: TLS_POLICY,
        forwards: [{ targetGroupArn: 'arn:tg', weight: 1 }],
        redirects: false,
      },
    ],
    secureListenerTags: tags,
    ...changes,
  });
}

const validationOf = ({ domain: first, aliases }: Site) =>
  [first, ...aliases].map((name) => ({ domain: name, name: `_x.${name}.`, value: '_y.acm-validations.aws.' }));

/** The records of a live shop with their markers. */
export function liveRecords(edge: StandingEdge, site: Site = aSite()): RecordSet[] {
  const traffic = edge.loadBalancer ? desiredRecords(site, { loadBalancer: edge.loadBalancer }) : [];
  const names = [...new Set(traffic.map(({ name }) => name))];
  return [
    ...traffic,
    ...names.map((name) => markerSet(name, { ...owner, generation: 1 })),
    ...names.map((name) => aSet(`_x.${name}`, 'CNAME', '_y.acm-validations.aws.')),
  ];
}

/** The world before a site, or with what is said of it. */
export function aWorld(changes: Partial<World> = {}): World {
  return { owner, zones: [aNewZone()], instance: anInstance(), addresses: [], edge: anEmptyEdge(), ...changes };
}

/** The world in which the shop is live. */
export function aLiveWorld(changes: Partial<StandingEdge> = {}): World {
  const edge = aStandingEdge();
  return aWorld({ zones: [anExistingZone(...liveRecords(edge))], edge: { ...edge, ...changes } });
}

/** "np-…-80" */
export const groupName: string = targetGroupName(aSite());

/** An account that has nothing yet of what is limited. */
export const noUsage: Usage = {
  certificates: 0,
  certificatesRequestedThisYear: 0,
  loadBalancers: 0,
  targetGroups: 0,
  listeners: 0,
  certificatesOfListeners: 0,
  distributions: 0,
  distributionsWithPage: 0,
  edgeFunctions: 0,
  elasticAddresses: 0,
  healthChecks: 0,
  zones: 0,
};
