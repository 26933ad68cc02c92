import type { ValidationRecord } from '../certificates/validation-record.ts';
import type { AccessRule } from '../load-balancers/access-rules.ts';
import type { Listener } from '../load-balancers/listeners.ts';
import type { TargetHealth } from '../load-balancers/readiness.ts';
import type { Owner } from '../ownership.ts';
import type { RecordSet } from '../records/record-set.ts';
import type { ZoneView } from '../records/zone-view.ts';
import type { AddressLoss } from '../servers/address-loss.ts';
import type { ElasticAddress } from '../servers/elastic-address.ts';
import type { Instance } from '../servers/instance.ts';
import type { Delegating } from '../zones/carry-over.ts';
import type { EmptyZone } from '../zones/empty-zones.ts';

type Tags = Record<string, string>;

/** What was read of the world before anything is made for a site: all that its changes are decided from. */
export interface World {
  owner: Owner;
  /** The zones of the site's names, the domain's first. */
  zones: SeenZone[];
  /** Zones that the names would lie in by their labels, and that no viewer is sent to. */
  passedOver?: EmptyZone[];
  instance: Instance;
  addresses: ElasticAddress[];
  /** What the instance loses when it is given one. */
  loss?: AddressLoss;
  /** Only for a site behind a load balancer. */
  edge?: SeenEdge;
}

/** A zone that names of the site lie in. */
export type SeenZone = StandingZone | NewZone | AmbiguousZone;

export interface StandingZone {
  kind: 'standing';
  id: string;
  name: string;
  names: string[];
  nameServers: string[];
  /** Whether it was made for this site, and whether its tags say so. */
  ours: boolean;
  tagged: boolean;
  /** Whether it is not the tenant's: the names in it are proven by the challenge alone. */
  anothers?: boolean;
  /** Record sets in it. */
  recordCount: number;
  view: ZoneView;
  delegating?: Delegating;
  /** What an operation before has copied into it. */
  copied?: RecordSet[];
  /** Whether this step has made it. */
  created?: true;
}

/** No zone of the account holds the names: one is made for the domain. */
export interface NewZone {
  kind: 'new';
  name: string;
  names: string[];
  delegating?: Delegating;
}

/** Several zones bear the name, and the parent doesn't say which one the world is sent to (failures R10). */
export interface AmbiguousZone {
  kind: 'ambiguous';
  name: string;
  names: string[];
  candidates: string[];
  message: string;
}

/** What stands for the load balancer and before it. */
export interface SeenEdge {
  /** Ours or to be adopted, for these names, issued or on its way. */
  certificate?: { arn: string; status?: string; tags: Tags; records?: ValidationRecord[] };
  /** `access` are its rules of ours, `open` all of its rules for blocks, ours or not. */
  group?: { id: string; tags: Tags; access: AccessRule[]; open?: AccessRule[] };
  /** The instance's group that lets the load balancer's group in, or that will. */
  wayIn: { groupId: string | undefined; open: boolean };
  subnets: string[];
  ipAddressType: 'ipv4' | 'dualstack';
  loadBalancer?: {
    arn: string;
    dnsName: string;
    zoneId: string;
    vpcId: string;
    scheme: string;
    state: string;
    securityGroups: string[];
    tags: Tags;
  };
  targetGroup?: {
    arn: string;
    vpcId: string;
    healthPath: string;
    targetType: string;
    protocol: string;
    tags: Tags;
    targets: TargetHealth[];
  };
  listeners: Listener[];
  /** Of the listeners on port 443 and on port 80, when there are any. */
  secureListenerTags: Tags;
  /** The certificates that the listener on port 443 serves by SNI. */
  secureListenerCertificates?: string[];
  httpListenerTags: Tags;
  /** Whether the listener on port 80 was adopted by the site that stands. */
  httpListenerAdopted?: boolean;
}
