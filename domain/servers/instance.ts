/** An EC2 instance, as far as a site cares. */
export interface Instance {
  id: string;
  /** "running", "stopped" …, as EC2 says it. */
  state: string;
  /** "t4g.micro" */
  type: string;
  /** The name of the key pair that it was launched with. */
  key?: string;
  /** Its volumes, the root volume first. */
  volumeIds: string[];
  vpcId: string;
  subnetId: string;
  /** "us-east-1a" */
  zone: string;
  privateAddress: string;
  /** Where it is reached from outside, when it is. */
  publicAddress?: string;
  /** Whether that is an Elastic IP of an account, and not one that AWS assigned. */
  hasElasticAddress?: boolean;
  /** Its primary network interface: what an Elastic IP is associated with. */
  networkInterfaceId: string;
  securityGroupIds: string[];
  /** All its tags. */
  tags: Record<string, string>;
  /** The value of its tag `nameplate:tenant`: the tenant whose sites may use it. */
  tenant?: string;
}

/** A subnet and where its traffic to the world goes. */
export interface Subnet {
  id: string;
  vpcId: string;
  zone: string;
  /** Its IPv4 block. */
  cidr: string;
  freeAddresses: number;
  /** Whether its route table leads to an internet gateway. */
  public: boolean;
  /** Whether it has an IPv6 block and a way for it to the internet: without both in every subnet a load balancer speaks IPv4 only. */
  ipv6: boolean;
  /** Where its IPv4 traffic goes. */
  routes: Route[];
}

export interface Route {
  cidr: string;
  /** "local", "igw-…", "eni-…" */
  target: string;
  /** Whether what it leads to is gone. */
  blackhole: boolean;
}
