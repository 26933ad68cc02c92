import type { ElasticIp } from './elastic-ips/elastic-ip.ts';
import type { InternetGateway } from './gateways/internet-gateway.ts';
import type { VpnGateway } from './gateways/vpn-gateway.ts';
import type { SecurityGroup } from './groups/security-group.ts';
import type { Instance } from './instances/instance.ts';
import type { NetworkInterface } from './interfaces/network-interface.ts';
import type { KeyPair } from './key-pairs/key-pair.ts';
import type { NetworkAcl } from './network-acls/network-acl.ts';
import type { RouteTable } from './routes/route-table.ts';
import type { Subnet } from './subnets/subnet.ts';
import { Tags } from './tags/tag-set.ts';
import type { Volume } from './volumes/volume.ts';
import type { Vpc } from './vpcs/vpc.ts';
import { type Zone, zonesOf } from './zones.ts';

/** What an account has in one region, each kind by id. */
export class Region {
  readonly name: string;
  readonly zones: Zone[];
  readonly vpcs = new Map<string, Vpc>();
  readonly subnets = new Map<string, Subnet>();
  readonly gateways = new Map<string, InternetGateway>();
  readonly vpnGateways = new Map<string, VpnGateway>();
  readonly networkAcls = new Map<string, NetworkAcl>();
  readonly routeTables = new Map<string, RouteTable>();
  readonly groups = new Map<string, SecurityGroup>();
  readonly interfaces = new Map<string, NetworkInterface>();
  readonly instances = new Map<string, Instance>();
  readonly volumes = new Map<string, Volume>();
  readonly keyPairs = new Map<string, KeyPair>();
  readonly elasticIps = new Map<string, ElasticIp>();
  readonly tags = new Tags();
  /** What RunInstances answered to a ClientToken, and for which request. */
  readonly launches = new Map<string, { request: string; reservationId: string }>();

  constructor(name: string) {
    this.name = name;
    this.zones = zonesOf(name);
  }
}
