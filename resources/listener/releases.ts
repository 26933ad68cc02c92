import type { ListenerRule } from '../../aws/load-balancers/rules.ts';
import { restored } from '../../domain/changes/adopted.ts';
import type { ResourceRef, Unphased } from '../../domain/changes/change.ts';
import type { ThingBefore } from '../../domain/ledger/before.ts';
import type { MadeType } from '../../domain/ledger/made.ts';
import { beforeOf, foundOf } from '../../domain/ledger/made-of.ts';
import type { Listener } from '../../domain/load-balancers/listeners.ts';
import { hasMadeLockRule, lockRuleIn } from '../../domain/load-balancers/origin-lock.ts';
import { isOwnedBy, whoseItIs } from '../../domain/ownership.ts';
import { THEN_AGAIN } from '../../domain/removal/obstacle.ts';
import type { Scope } from '../resource.ts';
import { lockReleases } from './lock-changes.ts';
import { listenerCertificate, listenerName, secureListenerName, TYPE } from './names.ts';

/** A load balancer of the site, or one that it has adopted, with its listeners. */
export interface OwnBalancer {
  arn: string;
  listeners: readonly OwnListener[];
}

export interface OwnListener extends Listener {
  /** Undefined of one that the document uses, and of one that is listed and not found any more. */
  tags?: Record<string, string>;
  /** What it serves by SNI; of an HTTPS one that stays or is to be deleted. */
  further?: readonly string[];
  /** Of one that is to be deleted, or that the document locks or an earlier one has locked. */
  rules?: readonly ListenerRule[] | undefined;
}

interface Wanted {
  ports: readonly number[];
}

/**
 * The listeners of ours that the document does not use, and the certificates of earlier documents on one that it uses. ELB
 * deletes a listener with its rules: one with rules of others is retained, and so is its load balancer. Another
 * owner's listener retains a load balancer that is to be deleted; on one that stays it does not concern us.
 */
export function listenerReleases(
  desired: readonly Wanted[],
  { own, secret }: { own: readonly OwnBalancer[]; secret?: string | undefined },
  scope: Scope,
): Unphased[] {
  const refOf = (id: string): ResourceRef => ({ type: TYPE, name: secureListenerName(scope.owner.domain), id });
  return [
    ...unwantedListeners(desired, own, scope).map(({ listener, on }) => released(listener, on, scope)),
    ...usedListeners(desired, own, scope).flatMap((listener) => [
      ...lockReleases(listener, refOf(listener.arn), { secret, scope }),
      ...certificatesReleased(listener, scope),
    ]),
  ];
}

const isUsedBalancer = ([desired]: readonly Wanted[], { arn }: OwnBalancer, { known }: Scope): boolean =>
  desired !== undefined && arn === known.CreateLoadBalancer?.loadBalancerArn;

/** Those that the document uses. */
export function usedListeners([desired]: readonly Wanted[], own: readonly OwnBalancer[], scope: Scope): OwnListener[] {
  if (!desired) return [];
  return own
    .filter((balancer) => isUsedBalancer([desired], balancer, scope))
    .flatMap(({ listeners }) => listeners.filter(({ port }) => desired.ports.includes(port)));
}

/** Those that are deleted, restored or retained. */
export function unwantedListeners(
  desired: readonly Wanted[],
  own: readonly OwnBalancer[],
  scope: Scope,
): { listener: OwnListener; on: string }[] {
  const used = usedListeners(desired, own, scope);
  return own.flatMap((balancer) => {
    const { arn: on, listeners } = balancer;
    const stays = isUsedBalancer(desired, balancer, scope) || before(scope, 'load balancer', on) !== undefined;
    return listeners
      .filter((listener) => !used.includes(listener) && listener.tags)
      .filter(({ tags = {} }) => isOwnedBy(scope.owner, tags) || !stays)
      .map((listener) => ({ listener, on }));
  });
}

function released(listener: OwnListener, on: string, scope: Scope): Unphased {
  const { arn: id, port, tags = {} } = listener;
  const resource: ResourceRef = { type: TYPE, name: listenerName(scope.owner.domain, listener), id };
  if (!isOwnedBy(scope.owner, tags)) {
    const message = `${whoseItIs(tags)}, and needs the load balancer ${on}. Delete it, ${THEN_AGAIN}`;
    return { verb: 'retain', resource, message };
  }
  const adopted = before(scope, TYPE, id);
  if (adopted) return restored(resource, { port }, adopted);
  const message = whyUsed(listener, on, scope);
  if (message !== undefined) return { verb: 'retain', resource, message };
  return { verb: 'delete', resource, before: { port }, message: `Stop listening on port ${port}` };
}

/** What others use a listener of ours for: records, rules and certificates by SNI, which ELB deletes with it. */
function whyUsed(
  { arn, rules = [], further = [] }: OwnListener,
  on: string,
  { retained, record }: Scope,
): string | undefined {
  const serves = retained.some((obstacle) => obstacle.id === on && obstacle.serves);
  const own = record ? foundOf(record, 'certificate').map(({ id }) => id) : [];
  const ours = hasMadeLockRule(record, arn) ? lockRuleIn(rules)?.arn : undefined;
  const added = rules.filter((rule) => !rule.isDefault && rule.arn !== ours);
  const list = added.map(({ arn, condition }) => `${arn}${condition && ` (${condition})`}`).join(', ');
  const foreign = further.filter((certificate) => !own.includes(certificate));
  const whys = [
    ...(serves
      ? [`it serves the records of others that lead to the load balancer ${on}. Have them lead elsewhere`]
      : []),
    ...(added.length === 0
      ? []
      : [
          `others added rules to it, which would be deleted with it: ${list}. Delete them or move them to another listener`,
        ]),
    ...(foreign.length === 0
      ? []
      : [
          `others added certificates to it, by which it serves their names: ${foreign.join(', ')}. Remove them or move them to another listener`,
        ]),
  ];
  return whys.length === 0 ? undefined : `${whys.join('; ')}, ${THEN_AGAIN}`;
}

/** What it serves by SNI, or will once it is moved, of other documents of the site: not what it served before it was adopted. */
function certificatesReleased(listener: OwnListener, scope: Scope): Unphased[] {
  const { arn: id, protocol, certificateArn: byDefault, further = [] } = listener;
  if (protocol !== 'HTTPS' || !scope.record) return [];
  const stays = [scope.known.AwaitCertificate?.certificateArn, ...(before(scope, TYPE, id)?.certificates ?? [])];
  const served = new Set([...further, ...(byDefault === undefined ? [] : [byDefault])]);
  const resource: ResourceRef = { type: TYPE, name: secureListenerName(scope.owner.domain), id };
  return foundOf(scope.record, 'certificate')
    .map((made) => made.id)
    .filter((certificate) => served.has(certificate) && !stays.includes(certificate))
    .map((certificate) => ({
      verb: 'delete',
      resource: listenerCertificate(resource, certificate),
      before: { certificate },
      message: `No longer serve ${certificate} on port 443`,
    }));
}

function before({ record }: Scope, type: MadeType, id: string): ThingBefore | undefined {
  return record && beforeOf(record, type, id);
}
