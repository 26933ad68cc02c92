import { standIn } from '../changes/stand-in.ts';
import type { Instance, Subnet } from './instance.ts';

/** An instance as it will be, for a plan to be decided from: words stand for what AWS will choose. */
export function foreseenInstance(
  id: string,
  { type, subnet }: { type: string; subnet: Pick<Subnet, 'id' | 'vpcId' | 'zone' | 'cidr'> },
): Instance {
  return {
    id,
    state: 'pending',
    type,
    volumeIds: [],
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    zone: subnet.zone,
    privateAddress: firstAddress(subnet.cidr),
    networkInterfaceId: standIn('network interface'),
    tags: {},
    securityGroupIds: [standIn('security group of the instance')],
  };
}

/** The first one that AWS does not keep for itself. Source: VPC User Guide, "Subnet sizing"; checked 2026-11-22. */
const FIRST_FREE = 4;

function firstAddress(cidr: string): string {
  const [base = ''] = cidr.split('/');
  const octets = base.split('.').map(Number);
  return [...octets.slice(0, -1), (octets.at(-1) ?? 0) + FIRST_FREE].join('.');
}
