import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { readOriginSecret } from '../../aws/distributions/read-origin-secret.ts';
import { type ListenerRule, listRules } from '../../aws/load-balancers/rules.ts';
import { isStandIn } from '../../domain/changes/stand-in.ts';
import { hasMadeLockRule } from '../../domain/load-balancers/origin-lock.ts';
import { isLocked } from '../../domain/sites/cdn.ts';
import type { Look, Scope } from '../resource.ts';

/** The secret that the distribution sends; undefined where the document has no lock, or the distribution none yet. */
export async function readSecret(
  { clients }: Pick<Look, 'clients'>,
  { site, known }: Scope,
): Promise<string | undefined> {
  const { distributionId } = known.CreateDistribution ?? {};
  if (!site || !isLocked(site) || distributionId === undefined || isStandIn(distributionId)) return undefined;
  return readOriginSecret(clients(CloudFrontClient), distributionId);
}

/** The rules of a listener, where the document has the lock or an earlier one had it: others are asked for none. */
export async function readLockRules(
  elb: ElasticLoadBalancingV2Client,
  { arn }: { arn: string },
  { site, record }: Pick<Scope, 'site' | 'record'>,
): Promise<ListenerRule[] | undefined> {
  const isAsked = (site && isLocked(site)) || hasMadeLockRule(record, arn);
  return isAsked ? listRules(elb, arn) : undefined;
}
