import { adopted } from '../../domain/changes/adopted.ts';
import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { allTo, type Forward } from '../../domain/load-balancers/forwards.ts';
import {
  isLeftAsItIs,
  type Listener,
  secureListenerProblem,
  servesAsWanted,
} from '../../domain/load-balancers/listeners.ts';
import { lockRuleIn } from '../../domain/load-balancers/origin-lock.ts';
import {
  isToBeMoved,
  preparation,
  type SecureListener,
  type Serving,
} from '../../domain/load-balancers/secure-listener-moves.ts';
import { targetGroupName } from '../../domain/load-balancers/target-group.ts';
import { tlsPolicyFor } from '../../domain/load-balancers/tls-policy.ts';
import { isOwnedBy } from '../../domain/ownership.ts';
import { isLocked } from '../../domain/sites/cdn.ts';
import type { Scope } from '../resource.ts';
import type { SeenListeners } from './changes.ts';
import { lockChanges } from './lock-changes.ts';
import { listenerCertificate, secureListenerName, TYPE } from './names.ts';

/** The listener on port 443. Tags and certificates are not read of one that is not to be moved. */
export type SeenSecure = SecureListener & { tags: Record<string, string> };

/** What is prepared beside what serves (prepare), and the move to the new (shift). */
export function secureChanges(existing: SeenSecure | undefined, seen: SeenListeners, scope: Scope): Change[] {
  const { owner, site } = scope;
  const resource: ResourceRef = {
    type: TYPE,
    name: secureListenerName(owner.domain),
    ...(existing && { id: existing.arn }),
  };
  const tlsPolicy = tlsPolicyFor(existing?.tlsPolicy);
  const { certificateArn, targetGroupArn } = servedBy(scope);
  const locked = lockChanges(seen, resource, { site, targetGroupArn });
  if (!existing) return [...inPhase('prepare', [created(resource, { certificateArn, tlsPolicy, site })]), ...locked];
  const wanted = wantedOf(existing, scope);
  const { tags, further } = existing;
  const state = stateOf(existing);
  if (isLeftAsItIs(existing, { owner, ...wanted }) && (locked.length === 0 || isOwnedBy(owner, tags))) {
    return [...inPhase('prepare', [kept(resource, state, 'Keep serving the certificate on port 443')]), ...locked];
  }
  const problem = secureListenerProblem(existing, { owner, adopt: site?.adopt });
  if (problem) {
    return inPhase('prepare', [{ verb: 'conflict', resource, before: { ...state, tags }, message: problem }]);
  }
  // One that the lock has closed opens with the shift. Where there is a rule of the lock, ELB checks the targets by it.
  const isChecked = isClosedBy(site) || (existing.refuses && lockRuleIn(seen.secure?.rules ?? []) !== undefined);
  const prepared = preparation(existing, { certificateArn, targetGroupArn: isChecked ? undefined : targetGroupArn });
  const checked = { ...state, ...(prepared.forwards && { forwards: prepared.forwards }) };
  const before = { ...state, certificates: further, tags };
  const message = servesAsWanted(existing, wanted)
    ? `Set the TLS policy of port 443 to "${tlsPolicy}" instead of "${existing.tlsPolicy}"`
    : isClosedBy(site)
      ? 'Serve the certificate on port 443 by default'
      : 'Serve the certificate on port 443 by default and send all requests to the target group, once its target is healthy';
  return [
    ...inPhase('prepare', [
      ...(isOwnedBy(owner, tags)
        ? []
        : [adopted(resource, before, { owner, message: 'have it serve as before, and the certificate too' })]),
      ...prepared.certificates.map((arn) => certificateAdded(resource, arn)),
      ...(prepared.forwards ? [forwardsAdded(resource, { before: state, after: checked })] : []),
    ]),
    ...locked,
    ...(isToBeMoved(existing, wanted)
      ? inPhase('shift', [
          {
            verb: 'update',
            resource,
            before: checked,
            after: { certificate: certificateArn, forwards: wanted.forwards, tlsPolicy },
            message,
          },
        ])
      : []),
  ];
}

function created(
  resource: ResourceRef,
  { certificateArn, tlsPolicy, site }: { certificateArn: string; tlsPolicy: string; site: Scope['site'] },
): Unphased {
  const isClosed = isClosedBy(site);
  const serves = 'Create the listener that serves the certificate on port 443';
  return {
    verb: 'create',
    resource,
    after: {
      certificate: certificateArn,
      ...(isClosed ? { otherwise: 403 } : { targetGroup: site && targetGroupName(site) }),
      tlsPolicy,
    },
    message: isClosed ? `${serves}, and answers 403 to requests that do not come through CloudFront` : serves,
  };
}

/**
 * What the listener is to serve by default: with the lock, its default action stays what it is until the release, and its rule
 * forwards the requests of CloudFront.
 */
export function wantedOf(
  { forwards }: Pick<Listener, 'forwards'>,
  scope: Pick<Scope, 'known' | 'owner' | 'site'>,
): Serving {
  const { certificateArn, targetGroupArn } = servedBy(scope);
  return { certificateArn, forwards: isClosedBy(scope.site) ? forwards : allTo(targetGroupArn) };
}

/** Whether the document has the load balancer answer CloudFront alone. */
export function isClosedBy(site: Scope['site']): boolean {
  return site !== undefined && isLocked(site);
}

/**
 * The certificate and the target group that the listener is to serve with.
 *
 * @throws {Error} when they are not known: they are prepared first
 */
export function servedBy({ known, owner }: Pick<Scope, 'known' | 'owner'>): {
  certificateArn: string;
  targetGroupArn: string;
} {
  const certificateArn = known.RequestCertificate?.certificateArn;
  const targetGroupArn = known.CreateTargetGroup?.targetGroupArn;
  if (certificateArn === undefined || targetGroupArn === undefined) {
    throw new Error(
      `Cannot tell what the listener of "${owner.domain}" serves: its certificate or target group is not read`,
    );
  }
  return { certificateArn, targetGroupArn };
}

/** @throws {Error} when the load balancer is not known: it is prepared first */
export function loadBalancerOf({ known, owner }: Pick<Scope, 'known' | 'owner'>): string {
  const arn = known.CreateLoadBalancer?.loadBalancerArn;
  if (arn === undefined)
    throw new Error(`Cannot read the listeners of "${owner.domain}": its load balancer is not read`);
  return arn;
}

function stateOf({ certificateArn, forwards, tlsPolicy }: Listener) {
  return { certificate: certificateArn, forwards, tlsPolicy };
}

function certificateAdded(listener: ResourceRef, certificate: string): Unphased {
  const message = `Serve ${certificate} on port 443 by SNI too`;
  return { verb: 'create', resource: listenerCertificate(listener, certificate), after: { certificate }, message };
}

function forwardsAdded(
  resource: ResourceRef,
  { before, after }: { before: object; after: { forwards: readonly Forward[] } },
): Unphased {
  const weightless = after.forwards.some(({ weight }) => weight === 0);
  const message = weightless
    ? 'Have port 443 check the targets of the target group, without requests yet'
    : 'Have port 443 forward to the target group: it forwards nowhere today';
  return { verb: 'update', resource, before, after, message };
}
