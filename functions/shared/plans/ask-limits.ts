import { EC2Client } from '@aws-sdk/client-ec2';
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { classify } from '../../../aws/classify.ts';
import type { Environment } from '../../../aws/environment.ts';
import { readAddressLimit } from '../../../aws/quotas/address-limit.ts';
import { readLoadBalancerLimits } from '../../../aws/quotas/load-balancer-limits.ts';
import { readHealthChecksLimit, readRecordsLimit, readZonesLimit } from '../../../aws/quotas/zone-limits.ts';
import { route53Of } from '../../../aws/zones/route53-of.ts';
import { type Change, isCreated } from '../../../domain/changes/change.ts';
import type { Limits } from '../../../domain/preflight/limits.ts';
import type { ResourceType } from '../../../domain/resources/resource-type.ts';
import type { SeenZone } from '../../../domain/zones/seen-zone.ts';
import type { Survey } from './check-world.ts';

type Told = Partial<Pick<Limits, 'account' | 'recordsIn'>>;

/**
 * What AWS lets the account have of what the changes make more of, where AWS lets one ask. Whoever may not ask gets the
 * answer that names the permission; nothing else is forgiven.
 */
export async function askLimits(
  { site, clients }: Pick<Survey, 'site' | 'clients'>,
  { changes, zones, environment }: { changes: readonly Change[]; zones: readonly SeenZone[]; environment: Environment },
): Promise<Limits> {
  const makes = (...types: ResourceType[]) => changes.some((change) => isCreated(change, ...types));
  const route53 = route53Of(site, environment, clients);
  const standing = zones.filter((zone) => zone.kind === 'existing');
  const asks: (false | (() => Promise<Told>))[] = [
    makes('load balancer', 'listener', 'target group') &&
      (async () => ({ account: await readLoadBalancerLimits(clients(ElasticLoadBalancingV2Client)) })),
    makes('elastic address') &&
      (async () => ({ account: known('elasticAddresses', await readAddressLimit(clients(EC2Client))) })),
    makes('health check') &&
      (async () => ({
        account: known('healthChecks', await readHealthChecksLimit(clients(Route53Client))),
      })),
    makes('hosted zone') && (async () => ({ account: known('zones', await readZonesLimit(route53)) })),
    ...standing.map(
      ({ id }) =>
        makes('record', 'validation record') &&
        (async () => ({ recordsIn: known(id, await readRecordsLimit(route53, id)) })),
    ),
  ];
  const answers = await Promise.all(asks.filter((ask) => ask !== false).map(unlessDenied));
  return {
    account: Object.assign({}, ...answers.map((answer) => ('account' in answer ? answer.account : {}))),
    recordsIn: Object.assign({}, ...answers.map((answer) => ('recordsIn' in answer ? answer.recordsIn : {}))),
    denied: answers.flatMap((answer) => ('denied' in answer ? [answer.denied] : [])),
  };
}

const known = (name: string, value: number | undefined): Record<string, number> =>
  value === undefined ? {} : { [name]: value };

async function unlessDenied(ask: () => Promise<Told>): Promise<Told | { denied: string }> {
  try {
    return await ask();
  } catch (error) {
    if (classify(error)?.name !== 'Refused') throw error;
    return { denied: (error as Error).message.trim().replace(/\.+$/, '') };
  }
}
