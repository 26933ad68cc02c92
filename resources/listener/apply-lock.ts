import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { changeHeaderRule, createHeaderRule } from '../../aws/load-balancers/header-rules.ts';
import type { Change } from '../../domain/changes/change.ts';
import { ORIGIN_HEADER } from '../../domain/distributions/origin-header.ts';
import { Failure } from '../../domain/errors.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { allTo } from '../../domain/load-balancers/forwards.ts';
import { freePriority, lockRuleId, lockRuleIn } from '../../domain/load-balancers/origin-lock.ts';
import { ownerTags } from '../../domain/ownership.ts';
import { isLocked } from '../../domain/sites/cdn.ts';
import { newSecret } from '../distribution/secret.ts';
import type { Applied, Doing, Scope } from '../resource.ts';
import type { SeenListeners } from './changes.ts';
import { nextSecretIn, preparedRule, RULE, type RuleState } from './lock-changes.ts';
import { servedBy } from './secure-changes.ts';

/** Creates the rule of the lock, or adds to it. The ledger has it before: what compares our header and is not in there is foreign. */
export async function prepareRule(
  change: Change,
  actual: SeenListeners,
  { scope, keep }: Doing,
): Promise<Applied<SeenListeners>> {
  const { targetGroupArn } = servedBy(scope);
  const { listener, rules = [] } = actual.secure ?? {};
  const secret = secretOf(actual, scope);
  const rule = lockRuleIn(rules);
  if (rule) {
    const next = scope.site && nextSecretIn(rule, { secret, site: scope.site }, newSecret);
    const lock = secret === undefined ? {} : { secret, next };
    return changed(change, actual, preparedRule(rule, { ...lock, targetGroupArn }));
  }
  if (!listener || secret === undefined)
    throw new Error(`Cannot create the rule "${change.resource.name}": it was not read`);
  await keep(ruleMade(listener.arn));
  const next = scope.site && nextSecretIn({ secrets: [] }, { secret, site: scope.site }, newSecret);
  const header = { name: ORIGIN_HEADER, values: next === undefined ? [secret] : [secret, next] };
  const arn = await createHeaderRule(client(ElasticLoadBalancingV2Client), {
    listenerArn: listener.arn,
    header,
    forwards: allTo(targetGroupArn),
    priority: freePriority(rules.flatMap(({ priority }) => priority ?? [])),
    tags: ownerTags(scope.owner),
  });
  const created = {
    arn,
    header,
    forwards: allTo(targetGroupArn),
    isDefault: false,
    condition: '',
    targetGroupArns: [],
  };
  const message = `Port 443 forwards the requests of CloudFront to the target group (${arn})`;
  return { actual: withRules(actual, [...rules, created]), message };
}

/** Sends all requests of CloudFront to the target group. */
export function moveRule(change: Change, actual: SeenListeners, { scope }: Doing): Promise<Applied<SeenListeners>> {
  const rule = lockRuleIn(actual.secure?.rules ?? []);
  if (!rule) throw new Error(`Cannot move the rule "${change.resource.name}": it was not read`);
  return changed(change, actual, { ...rule, forwards: allTo(servedBy(scope).targetGroupArn) });
}

/**
 * Waits until CloudFront returns the header that CreateDistribution has set.
 *
 * @throws {Failure} "NotReady" until then
 */
export function awaitSecret({ secret }: SeenListeners, { site, known }: Scope): void {
  if (!site || !isLocked(site) || secret !== undefined) return;
  const id = known.CreateDistribution?.distributionId;
  throw new Failure('NotReady', `Waiting until CloudFront returns the secret header of the distribution ${id}`);
}

export function ruleMade(listenerArn: string): Made {
  return { type: RULE, id: lockRuleId(listenerArn), ours: true };
}

function secretOf({ secret }: SeenListeners, { site }: Scope): string | undefined {
  return site && isLocked(site) ? secret : undefined;
}

async function changed(
  { resource, message }: Change,
  actual: SeenListeners,
  { secrets, forwards }: RuleState,
): Promise<Applied<SeenListeners>> {
  const { id: arn = '' } = resource;
  const header = { name: ORIGIN_HEADER, values: secrets };
  await changeHeaderRule(client(ElasticLoadBalancingV2Client), { arn, header, forwards });
  const rules = (actual.secure?.rules ?? []).map((each) => (each.arn === arn ? { ...each, header, forwards } : each));
  return { actual: withRules(actual, rules), message };
}

function withRules(actual: SeenListeners, rules: NonNullable<SeenListeners['secure']>['rules']): SeenListeners {
  return { ...actual, secure: { ...actual.secure, rules, isRuleOurs: true } };
}
