import { adopted } from '../../domain/changes/adopted.ts';
import { type Change, inPhase, kept, type ResourceRef, type Unphased } from '../../domain/changes/change.ts';
import { allTo, type Forward } from '../../domain/load-balancers/forwards.ts';
import {
  isLeftAsItIs,
  type Listener,
  secureListenerProblem,
  servesAsWanted,
} from '../../domain/load-balancers/listeners.ts';
import { preparation, type SecureListener } from '../../domain/load-balancers/secure-listener-moves.ts';
import { targetGroupName } from '../../domain/load-balancers/target-group.ts';
import { tlsPolicyFor } from '../../domain/load-balancers/tls-policy.ts';
import { isOwnedBy } from '../../domain/ownership.ts';
import type { Scope } from '../resource.ts';
import { listenerCertificate, secureListenerName, TYPE } from './names.ts';

/** The listener on port 443. Tags and certificates are not read of one that is not to be moved. */
export type SeenSecure = SecureListener & { tags: Record<string, string> };

/** What is prepared beside what serves (prepare), and the move to the new (shift). */
export function secureChanges(existing: SeenSecure | undefined, scope: Scope): Change[] {
  const { owner, site } = scope;
  const resource: ResourceRef = {
    type: TYPE,
    name: secureListenerName(owner.domain),
    ...(existing && { id: existing.arn }),
  };
  const tlsPolicy = tlsPolicyFor(existing?.tlsPolicy);
  const { certificateArn, targetGroupArn } = servedBy(scope);
  const forwards = allTo(targetGroupArn);
  if (!existing) {
    const message = 'Create the listener that serves the certificate on port 443';
    return inPhase('prepare', [
      {
        verb: 'create',
        resource,
        after: { certificate: certificateArn, targetGroup: site && targetGroupName(site), tlsPolicy },
        message,
      },
    ]);
  }
  const { tags, further } = existing;
  const state = stateOf(existing);
  const wanted = { certificateArn, forwards };
  if (isLeftAsItIs(existing, { owner, ...wanted })) {
    return inPhase('prepare', [kept(resource, state, 'Keep serving the certificate on port 443')]);
  }
  const problem = secureListenerProblem(existing, { owner, adopt: site?.adopt });
  if (problem) {
    return inPhase('prepare', [{ verb: 'conflict', resource, before: { ...state, tags }, message: problem }]);
  }
  const prepared = preparation(existing, { certificateArn, targetGroupArn });
  const checked = { ...state, ...(prepared.forwards && { forwards: prepared.forwards }) };
  const before = { ...state, certificates: further, tags };
  const message = servesAsWanted(existing, wanted)
    ? `Set the TLS policy of port 443 to "${tlsPolicy}" instead of "${existing.tlsPolicy}"`
    : 'Serve the certificate on port 443 by default and send all requests to the target group, once its target is healthy';
  return [
    ...inPhase('prepare', [
      ...(isOwnedBy(owner, tags)
        ? []
        : [adopted(resource, before, { owner, message: 'have it serve as before, and the certificate too' })]),
      ...prepared.certificates.map((arn) => certificateAdded(resource, arn)),
      ...(prepared.forwards ? [forwardsAdded(resource, { before: state, after: checked })] : []),
    ]),
    ...inPhase('shift', [
      {
        verb: 'update',
        resource,
        before: checked,
        after: { certificate: certificateArn, forwards, tlsPolicy },
        message,
      },
    ]),
  ];
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
