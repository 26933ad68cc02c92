import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { listFurtherCertificates } from '../../aws/load-balancers/listener-certificates.ts';
import { listListeners } from '../../aws/load-balancers/listeners.ts';
import { isStandIn } from '../../domain/changes/stand-in.ts';
import { listenersOf, needsResource } from '../../domain/edges/edge.ts';
import { Failure } from '../../domain/errors.ts';
import type { StepOutputs } from '../../domain/ledger/outputs.ts';
import { hasMadeLockRule } from '../../domain/load-balancers/origin-lock.ts';
import { isToBeMoved } from '../../domain/load-balancers/secure-listener-moves.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import { type DesiredListeners, listenerChanges, listenerHandles, type SeenListeners } from './changes.ts';
import { RULE } from './lock-changes.ts';
import { TYPE } from './names.ts';
import { readListenerTags } from './read-listener-tags.ts';
import { readLockRules, readSecret } from './read-lock.ts';
import { readOwnListeners } from './read-own.ts';
import { loadBalancerOf, wantedOf } from './secure-changes.ts';

/**
 * The listener on port 443 with its certificates, and the release of all listeners that the document does not ask for. It is
 * prepared beside what it serves, and moved in a phase of its own, once the target is healthy.
 */
export const listener: Resource<DesiredListeners, SeenListeners, StepOutputs['AttachCertificate']> = {
  type: TYPE,
  parts: [RULE],
  desired: ({ site }) =>
    site && needsResource(site, 'load balancer') ? [{ ports: listenersOf(site).map(({ port }) => port) }] : [],
  read: readListeners,
  changes: listenerChanges,
  handles: listenerHandles,
};

async function readListeners(look: Look, scope: Scope): Promise<SeenListeners> {
  const desired = listener.desired(scope);
  const [secure, secret, own] = await Promise.all([
    desired.length > 0 && look.phase !== 'release' ? readSecure(look, scope) : undefined,
    readSecret(look, scope),
    // A new site has nothing to release.
    scope.record && look.phase === 'release' ? readOwnListeners(look, desired, scope) : undefined,
  ]);
  return { ...(secure && { secure }), secret, ...(own && { own }) };
}

/** @throws {Failure} "NotReady" where the listener that is to be moved is not returned */
async function readSecure({ clients, phase }: Look, scope: Scope): Promise<NonNullable<SeenListeners['secure']>> {
  const on = loadBalancerOf(scope);
  if (isStandIn(on)) return {};
  const elb = clients(ElasticLoadBalancingV2Client);
  const prepared = phase === 'shift' ? scope.known.AttachCertificate?.listenerArn : undefined;
  const all = await listListeners(elb, on);
  const existing = all.find(({ arn, port }) => (prepared === undefined ? port === 443 : arn === prepared));
  if (!existing && phase === 'shift') {
    throw new Failure('NotReady', `Waiting until DescribeListeners returns the listener ${prepared}`);
  }
  if (!existing) return {};
  const rules = await readLockRules(elb, existing, scope);
  if (!rules && !isToBeMoved(existing, wantedOf(existing, scope))) {
    return { listener: { ...existing, tags: {}, further: [] } };
  }
  const [tags, further] = await Promise.all([
    readListenerTags(elb, existing, all),
    existing.protocol === 'HTTPS' && phase !== 'shift' ? listFurtherCertificates(elb, existing.arn) : [],
  ]);
  const isRuleOurs = hasMadeLockRule(scope.record, existing.arn);
  return { listener: { ...existing, tags, further }, rules, isRuleOurs };
}
