import { needsResource } from '../../domain/edges/edge.ts';
import type { Cdn } from '../../domain/sites/cdn.ts';
import { DEFAULT_PAGE } from '../../domain/sites/failover.ts';
import type { Site } from '../../domain/sites/site.ts';
import { KINDS, type Kind, listed } from '../../resources/list.ts';
import type { CallSite } from '../faults/call-site.ts';
import { AT_THE_VALIDATION_RECORD } from '../faults/surroundings/at-the-validation-record.ts';
import { BALANCER_OF_THEIRS, GROUP_OF_THEIRS } from '../faults/surroundings/balancer-of-theirs.ts';
import { DELEGATION_OF_THEIRS, ZONE_ABOVE } from '../faults/surroundings/delegation-of-theirs.ts';
import { DISTRIBUTION_OF_THEIRS } from '../faults/surroundings/distribution-of-theirs.ts';
import { IN_THE_WAY } from '../faults/surroundings/in-the-way.ts';
import { NOBODY, type Surroundings } from '../faults/surroundings/surroundings.ts';
import { calledBy } from '../support/called-by.ts';
import { aLockedSite } from '../support/locked.ts';
import { aCdn, aFailover, aSite } from '../support/site.ts';

/** A kind of resource with the steps that make it and those that take it away again, by the names of their states. */
export interface Unit {
  name: string;
  /** What others have at its place; nothing as a rule. */
  surroundings: Surroundings;
  document?: Partial<Site>;
  /** What the document becomes for the steps forward; those backward are of the one before again. Without it they undo the site. */
  becomes?: Partial<Site>;
  /** The steps that come before: they are walked without faults. */
  after: readonly string[];
  forward: readonly string[];
  backward: readonly string[];
  /** Those of them that are another kind's: they are not struck. */
  beside?: readonly string[];
}

/** A site behind a load balancer with a page for when that is down. */
const WITH_FAILOVER: Partial<Site> = { failover: { page: DEFAULT_PAGE } };

/** One that a health check decides on. */
const WITH_CHECK: Partial<Site> = { failover: aFailover('shops.test') };

/** The same, with operators who see the site meanwhile. */
const WITH_BYPASS: Partial<Site> = {
  failover: { ...aFailover('shops.test'), bypass: { addresses: ['203.0.113.7/32'] } },
};

/** Where the steps of a kind are not enough: what it needs besides, or is made and taken away with. */
const MORE: { [Each in Kind]?: Partial<Unit> } = {
  delegation: { document: { delegate: true } },
  'elastic-ip': { document: { edge: 'direct' } },
  instance: {
    document: {
      edge: 'direct',
      origin: { newInstance: { type: 't4g.micro', image: 'al2023', diskGiB: 8, port: 80, healthPath: '/' } },
    },
  },
  page: { document: WITH_FAILOVER },
  bypass: { document: WITH_BYPASS },
  'viewer-certificate': { document: { edge: 'cdn' } },
  'health-check': { document: WITH_CHECK },
  alarm: { document: WITH_CHECK },
  'domain-validation': {
    document: {
      edge: 'direct',
      origin: { server: { address: '198.51.100.9', port: 443, healthPath: '/' } },
      certificate: 'acme',
    },
  },
  'validation-record': {
    after: ['FindZone'],
    forward: ['RequestCertificate', 'WriteValidationRecords'],
    // They stay for as long as a certificate needs them.
    backward: ['RemoveCertificates', 'RemoveValidationRecords'],
    beside: ['RequestCertificate', 'RemoveCertificates'],
  },
  // Both listeners are released by one step.
  listener: { forward: ['CreateHttpListener', 'AttachCertificate'] },
  record: { forward: ['PointRecords'] },
  // Its names come with the viewers' certificate.
  distribution: {
    document: {
      edge: 'cdn',
      cdn: {
        originName: 'origin.shops.test',
        host: 'viewer',
        caching: 'CachingDisabled',
        minimumTls: 'TLSv1.2_2021',
        lock: true,
      },
    },
    after: ['FindZone', 'RequestViewerCertificate', 'WriteViewerValidationRecords', 'AwaitViewerCertificate'],
    forward: ['CreateDistribution', 'ServeAliases'],
  },
};

/** Sites that need what others do not: CloudFront's, and one that joins a load balancer that exists. */
const OTHERS: readonly Site[] = [
  aSite({ edge: 'cdn' }),
  aSite(WITH_BYPASS),
  aSite({
    origin: {
      loadBalancer: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/theirs/0123456789abcdef',
      healthPath: '/',
    },
  }),
];

/** Every kind that has steps of its own to make it and to take it away, each in the world that those which it needs have made. */
const UNITS_OF_KINDS: readonly Omit<Unit, 'surroundings'>[] = KINDS.flatMap((kind) => {
  const { prepare, release } = listed(kind);
  if (!prepare || !release) return [];
  const name = kind.replaceAll('-', ' ');
  const more = MORE[kind];
  return [{ name, after: stepsBefore(kind, more?.document), forward: [prepare], backward: [release], ...more }];
});

/** The steps of all that a kind needs, in the order of the workflow. */
function stepsBefore(kind: Kind, document: Partial<Site> = {}): string[] {
  const needed = needsOf(kind);
  return KINDS.filter((each) => needed.has(each) && !isOfAnotherEdge(each, document)).flatMap((each) => {
    const { prepare } = listed(each);
    const waits = each === 'validation-record' ? ['AwaitCertificate'] : [];
    return prepare ? [prepare, ...waits] : [];
  });
}

/** What only those need, and the site of the document does not. */
function isOfAnotherEdge(kind: Kind, document: Partial<Site>): boolean {
  const { type } = listed(kind).resource;
  return OTHERS.some((site) => needsResource(site, type)) && !needsResource(aSite(document), type);
}

/** All that it is read or decided by; a certificate is issued by its validation records. */
function needsOf(kind: Kind): Set<string> {
  const { after } = listed(kind);
  const further = after.includes('certificate') && kind !== 'validation-record' ? ['validation-record'] : [];
  return new Set([...after, ...further].flatMap((each) => [each, ...needsOf(each as Kind)]));
}

/** What others have that a kind is made on. */
const NEEDED: Record<string, Surroundings> = {
  delegation: ZONE_ABOVE,
  'listener certificate': BALANCER_OF_THEIRS,
  'host rule': GROUP_OF_THEIRS,
  alias: DISTRIBUTION_OF_THEIRS,
};

/** What may be adopted from others, and is given back as it was: what they have at its place. */
const ADOPTED: Record<string, Surroundings> = {
  'security group': IN_THE_WAY,
  'load balancer': IN_THE_WAY,
  'target group': IN_THE_WAY,
  listener: IN_THE_WAY,
  delegation: DELEGATION_OF_THEIRS,
  record: IN_THE_WAY,
  'validation record': AT_THE_VALIDATION_RECORD,
};

/** A load balancer that answers CloudFront alone, and one that answers everyone. */
const LOCKED = cdnWith({ lock: true });
const OPEN = cdnWith({ lock: false });

/** The steps that come before the listener, in the order of the workflow. */
const BEFORE_A_LOCK = [
  'FindZone',
  'RequestCertificate',
  'WriteValidationRecords',
  'AwaitCertificate',
  'OpenSecurityGroups',
  'CreateLoadBalancer',
  'CreateTargetGroup',
  'CreateDistribution',
];

/** The lock of the origin: made with what it locks, and put on what serves or taken off, and the way back. */
const LOCKS: readonly Omit<Unit, 'surroundings'>[] = [
  {
    name: 'locked security group',
    document: LOCKED,
    after: [],
    forward: ['OpenSecurityGroups'],
    backward: ['RemoveSecurityGroups'],
  },
  {
    name: 'security group that is locked',
    document: OPEN,
    becomes: LOCKED,
    after: ['OpenSecurityGroups'],
    forward: ['OpenSecurityGroups', 'RemoveSecurityGroups'],
    backward: ['OpenSecurityGroups', 'RemoveSecurityGroups'],
  },
  {
    name: 'locked listener',
    document: LOCKED,
    after: BEFORE_A_LOCK,
    forward: ['AttachCertificate'],
    backward: ['RemoveListeners'],
  },
];

/** A distribution that shows the page, and nothing else. */
const PAGE_DISTRIBUTION: Omit<Unit, 'surroundings'> = {
  name: 'distribution of a page',
  document: WITH_FAILOVER,
  after: [
    'FindZone',
    'RequestCertificate',
    'RequestViewerCertificate',
    'WriteViewerValidationRecords',
    'AwaitViewerCertificate',
    'WritePage',
  ],
  forward: ['CreateDistribution', 'ServeAliases'],
  backward: ['RemoveDistribution'],
};

/** The same with a function that leads operators past it. */
const BYPASS_DISTRIBUTION: Omit<Unit, 'surroundings'> = {
  ...PAGE_DISTRIBUTION,
  name: 'distribution of a page with a bypass',
  document: WITH_BYPASS,
  after: [...PAGE_DISTRIBUTION.after, 'CreateBypass'],
};

function cdnWith(changes: Pick<Cdn, 'lock'>): Partial<Site> {
  const { cdn } = aLockedSite();
  return cdn ? { edge: 'cdn', cdn: { ...cdn, originName: 'origin.shops.test', ...changes } } : {};
}

/** The records of a CDN, that of its origin name first, with all that a record needs made before. */
const BEHIND_A_CDN: Partial<Site> = { edge: 'cdn', cdn: { ...aCdn('shops.test'), lock: false } };
const CDN_RECORDS: Omit<Unit, 'surroundings'> = {
  name: 'record behind a CDN',
  document: BEHIND_A_CDN,
  after: stepsBefore('record', BEHIND_A_CDN),
  forward: ['PointOrigin', 'PointRecords'],
  backward: ['RemoveRecords', 'RemoveOriginRecord'],
};

/** Records that lead to the site or its page, by a health check that asks the origin name; that of this name first. */
const FAILOVER_RECORDS: Omit<Unit, 'surroundings'> = {
  name: 'record of a failover',
  document: WITH_CHECK,
  after: stepsBefore('record', WITH_CHECK),
  forward: ['PointOrigin', 'PointRecords'],
  backward: ['RemoveRecords', 'RemoveOriginRecord'],
};

/** A rule besides the certificate, on a load balancer that exists. */
const HOST_RULE: Omit<Unit, 'surroundings'> = {
  name: 'host rule',
  after: stepsBefore('listener-certificate'),
  forward: ['AddListenerCertificate'],
  backward: ['RemoveListenerCertificates'],
};

/** A name that another distribution has: nothing is prepared of it. */
const ALIAS: Omit<Unit, 'surroundings'> = {
  name: 'alias',
  document: BEHIND_A_CDN,
  after: [
    'FindZone',
    'RequestViewerCertificate',
    'WriteViewerValidationRecords',
    'AwaitViewerCertificate',
    'CreateDistribution',
    'ServeAliases',
  ],
  forward: ['MoveAliases'],
  backward: ['RestoreAliases'],
};

export const UNITS: readonly Unit[] = [
  ...[
    ...UNITS_OF_KINDS,
    ...LOCKS,
    PAGE_DISTRIBUTION,
    BYPASS_DISTRIBUTION,
    CDN_RECORDS,
    FAILOVER_RECORDS,
    HOST_RULE,
    ALIAS,
  ].map((kind) => ({ ...kind, surroundings: NEEDED[kind.name] ?? NOBODY })),
  ...Object.entries(ADOPTED).map(([name, surroundings]) => {
    const kind = UNITS_OF_KINDS.find((each) => each.name === name);
    if (!kind) throw new Error(`No kind of resource is called "${name}"`);
    return { ...kind, name: `adopted ${name}`, document: { ...kind.document, adopt: true }, surroundings };
  }),
];

/** Scenarios of whole operations whose resources are made and taken away in another way than here: changed, in another account, by hand. */
const NOT_WALKED = ['changed', 'another health path', 'by a role', 'entered by hand', 'switched'];

export const isWalked = (scenario: string): boolean => !NOT_WALKED.includes(scenario);

const CALLERS = new Set(
  UNITS_OF_KINDS.flatMap(({ forward, backward }) => [...forward, ...backward]).map((state) => calledBy(state).name),
);

/** Whether the step of a resource calls. */
export const isOfResource = ({ caller }: Pick<CallSite, 'caller'>): boolean => CALLERS.has(caller);
