import type { FieldError } from '../problems/problem.ts';
import type { Subnet } from '../servers/instance.ts';

type Block = Pick<Subnet, 'id' | 'vpcId' | 'cidr'>;

/**
 * The VPC of a load balancer before a server: that of the subnets that the document names, or the only one with a subnet that has the
 * address. VPCs may have the same blocks, and addresses elsewhere are in none.
 */
export function vpcOfAddress(
  address: string,
  { named, having, found }: { named: readonly string[] | undefined; having: readonly Block[]; found: readonly Block[] },
): { vpcId: string; problem?: never } | { vpcId?: never; problem: FieldError } {
  // Subnets that do not exist are told one by one.
  if (named) return { vpcId: found.find(({ id }) => id === named[0])?.vpcId ?? '' };
  const vpcs = [...new Set(having.map(({ vpcId }) => vpcId))].sort();
  const [vpcId, ...others] = vpcs;
  if (vpcId !== undefined && others.length === 0) return { vpcId };
  const why =
    vpcId === undefined
      ? `no subnet of this account and region has the address`
      : `subnets in ${vpcs.join(', ')} have the address`;
  const detail = `Cannot tell in which VPC the load balancer for the server ${address} belongs: ${why}; name public subnets in two zones of the VPC that reaches it ("subnets")`;
  return { problem: { pointer: '#/subnets', detail } };
}
