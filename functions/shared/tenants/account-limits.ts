import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { classify } from '../../../aws/classify.ts';
import type { Clients } from '../../../aws/one-look.ts';
import { readAddressLimit } from '../../../aws/quotas/address-limit.ts';
import { readLoadBalancerLimits } from '../../../aws/quotas/load-balancer-limits.ts';
import { readHealthChecksLimit, readZonesLimit } from '../../../aws/quotas/zone-limits.ts';
import type { Limits } from '../../../domain/preflight/limits.ts';
import type { SharedQuota } from '../../../domain/tenants/share.ts';

type Told = Limits['account'];

/** What AWS lets the account have of these quotas; left out where AWS does not say, or denies to. */
export async function accountLimits(clients: Clients, quotas: readonly SharedQuota[]): Promise<Told> {
  const asks: (() => Promise<Told>)[] = [
    ...(quotas.includes('loadBalancers') ? [() => readLoadBalancerLimits(clients(ElasticLoadBalancingV2Client))] : []),
    ...(quotas.includes('elasticAddresses')
      ? [async () => known('elasticAddresses', await readAddressLimit(clients(EC2Client)))]
      : []),
    ...(quotas.includes('healthChecks')
      ? [async () => known('healthChecks', await readHealthChecksLimit(clients(Route53Client)))]
      : []),
    ...(quotas.includes('zones') ? [async () => known('zones', await readZonesLimit(clients(Route53Client)))] : []),
  ];
  return Object.assign({}, ...(await Promise.all(asks.map(unlessDenied))));
}

const known = (name: keyof Told, value: number | undefined): Told => (value === undefined ? {} : { [name]: value });

async function unlessDenied(ask: () => Promise<Told>): Promise<Told> {
  try {
    return await ask();
  } catch (error) {
    if (classify(error)?.name !== 'Refused') throw error;
    return {};
  }
}
