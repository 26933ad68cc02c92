import { originOf } from '../origins/origin.ts';
import type { Site } from '../sites/site.ts';
import type { Instance, Subnet } from './instance.ts';
import { subnetsWith } from './subnet-with.ts';

/** Where the target of a load balancer is: an instance, or a private address. */
export interface TargetPlace {
  /** In sentences: 'the instance "i-0123456789abcdef0"', "the server 10.0.1.7". */
  label: string;
  /** "instance", "server" */
  kind: string;
  /** Where the document declares it. */
  pointer: string;
  /** The VPC of the load balancer. */
  vpcId: string;
  privateAddress: string;
  /** Undefined of an address outside the subnets of the VPC. */
  subnetId?: string | undefined;
  zone?: string | undefined;
}

export function placeOfInstance(site: Pick<Site, 'origin'>, instance: Instance): TargetPlace {
  const { label, kind } = originOf(site);
  const { vpcId, privateAddress, subnetId, zone } = instance;
  return { label, kind, pointer: '#/origin/instance/id', vpcId, privateAddress, subnetId, zone };
}

/** `subnets`: those of the VPC are among them. */
export function placeOfServer(
  site: Pick<Site, 'origin'>,
  { vpcId, subnets }: { vpcId: string; subnets: readonly Pick<Subnet, 'id' | 'vpcId' | 'zone' | 'cidr'>[] },
): TargetPlace {
  const { label, kind, id: privateAddress } = originOf(site);
  const own = subnets.filter((subnet) => subnet.vpcId === vpcId);
  const [{ id: subnetId, zone } = {} as Partial<Subnet>] = subnetsWith(privateAddress, own);
  return { label, kind, pointer: '#/origin/server/address', vpcId, privateAddress, subnetId, zone };
}
