/** The addresses of one interface of a load balancer. */
export interface NodeAddresses {
  interfaceId: string;
  privateAddress: string;
  publicAddress: string | undefined;
  ipv6Address: string | undefined;
}

/** What load balancers ask of the network: EC2's. */
export interface Network {
  subnet(
    region: string,
    subnetId: string,
  ):
    | {
        subnetId: string;
        vpcId: string;
        zone: { name: string; id: string };
        /** Whether it has an IPv6 block. */
        ipv6: boolean;
        freeAddresses: number;
      }
    | undefined;
  /** The subnet of the VPC that an address is in; undefined of one outside its subnets. */
  subnetOf(
    region: string,
    inVpc: { vpcId: string; address: string },
  ): { subnetId: string; zone: { name: string } } | undefined;
  /** Whether the routes of a subnet carry packets to a private address outside the VPC. */
  carries(region: string, from: { subnetId: string; address: string }): boolean;
  vpc(
    region: string,
    vpcId: string,
  ): { cidr: string; internetGateway: boolean; defaultGroupId: string | undefined } | undefined;
  group(region: string, groupId: string): { groupId: string; vpcId: string } | undefined;
  /** Makes an interface in a subnet, guarded by its groups. */
  attach(wanted: {
    region: string;
    subnetId: string;
    groupIds: string[];
    description: string;
    public: boolean;
    ipv6: boolean;
  }): NodeAddresses;
  detach(region: string, interfaceId: string): void;
  setGroups(region: string, interfaceId: string, groupIds: string[]): void;
  setIpv6(region: string, interfaceId: string, on: boolean): NodeAddresses;
  instance(
    region: string,
    instanceId: string,
  ):
    | {
        instanceId: string;
        state: string;
        vpcId: string;
        zone: string;
        privateAddress: string;
        /** Whether its web server gives the same answers until something changes. */
        steady: boolean;
      }
    | undefined;
  /** Calls `watcher` with the id of every instance whose state has changed. */
  watch(watcher: (instanceId: string) => void): void;
  /** Calls `watcher` whenever what answers where, or who may reach it, may have changed. */
  watchChanges(watcher: () => void): void;
}
