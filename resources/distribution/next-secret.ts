import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { listRules } from '../../aws/load-balancers/rules.ts';
import { generationOf } from '../../domain/distributions/origin-header.ts';
import { Failure } from '../../domain/errors.ts';
import { stepOf } from '../../domain/ledger/outputs.ts';
import { acceptedOf, hasMadeLockRule, lockRuleIn } from '../../domain/load-balancers/origin-lock.ts';
import { secretGenerationOf } from '../../domain/sites/cdn.ts';
import type { Scope } from '../resource.ts';
import type { OwnDistribution } from './changes.ts';
import { isSecretFormer } from './config.ts';
import type { DesiredDistribution } from './desired.ts';
import { newSecret } from './secret.ts';

/**
 * The secret that the distribution sends next: the one that the load balancer accepts beside the present one by then. Undefined where
 * it sends what the document asks for.
 *
 * @throws {Failure} "NotReady" while the rule that accepts it is not returned
 */
export async function nextSecretOf(
  { config }: Pick<OwnDistribution, 'config'>,
  desired: DesiredDistribution,
  { known }: Pick<Scope, 'known'>,
): Promise<string | undefined> {
  if (!desired.origin || !isSecretFormer(config, desired)) return undefined;
  const generation = secretGenerationOf(desired.origin);
  const { listenerArn } = known.AttachCertificate ?? {};
  // Nothing is served by it yet: the load balancer is told afterwards.
  if (listenerArn === undefined) return newSecret(generation);
  const rule = lockRuleIn(await listRules(client(ElasticLoadBalancingV2Client), listenerArn));
  const next = rule?.secrets.find((each) => generationOf(each) === generation);
  if (next !== undefined) return next;
  throw new Failure(
    'NotReady',
    `Waiting until DescribeRules returns the secret header that ${listenerArn} accepts next`,
  );
}

/**
 * The secret of a distribution that sends none: the one that the load balancer accepts already, where a person has removed the header, or a
 * new one.
 */
export async function firstSecretOf(desired: DesiredDistribution, { record }: Pick<Scope, 'record'>): Promise<string> {
  const { listenerArn } = (record && stepOf(record, 'AttachCertificate')?.output) ?? {};
  const { origin } = desired;
  if (!origin) return '';
  const generation = secretGenerationOf(origin);
  if (!origin.lock || listenerArn === undefined || !hasMadeLockRule(record, listenerArn)) return newSecret(generation);
  const rule = lockRuleIn(await listRules(client(ElasticLoadBalancingV2Client), listenerArn));
  return (rule && acceptedOf(rule, generation)) ?? newSecret(generation);
}
