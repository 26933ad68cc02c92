import { isInBlock } from '../addresses.ts';
import type { Subnet } from './instance.ts';

/** The subnets that an address is in: of one VPC one at most, of several VPCs each may have one. */
export function subnetsWith<Each extends Pick<Subnet, 'cidr'>>(address: string, subnets: readonly Each[]): Each[] {
  return subnets.filter(({ cidr }) => cidr !== '' && isInBlock(address, cidr));
}
