import { allTo, type Forward } from '../load-balancers/forwards.ts';
import { isLeftAsItIs, type Listener, secureListenerProblem, servesAsWanted } from '../load-balancers/listeners.ts';
import { preparation } from '../load-balancers/secure-listener-moves.ts';
import { targetGroupName } from '../load-balancers/target-group.ts';
import { tlsPolicyFor } from '../load-balancers/tls-policy.ts';
import { isOwnedBy, type Owner, resourceName } from '../ownership.ts';
import type { Site } from '../sites/site.ts';
import { adopted } from './adopted.ts';
import { type Change, inPhase, kept, type ResourceRef, type Unphased } from './change.ts';
import type { SeenEdge } from './world.ts';

/** The name in a plan of a certificate that is not requested yet. */
const NEW = '(new certificate)';

/** What the steps "AttachCertificate" (prepare) and "MoveListener" (shift) do. */
export function secureListenerChanges(edge: SeenEdge, { owner, site }: { owner: Owner; site: Site }): Change[] {
  const { listeners, secureListenerTags: tags, certificate, targetGroup } = edge;
  const existing = listeners.find(({ port }) => port === 443);
  const resource: ResourceRef = {
    type: 'listener',
    name: secureListenerName(owner.domain),
    ...(existing && { id: existing.arn }),
  };
  const tlsPolicy = tlsPolicyFor(existing?.tlsPolicy);
  const certificateArn = certificate?.arn ?? NEW;
  const targetGroupArn = targetGroup?.arn ?? targetGroupName(site);
  if (!existing) {
    const message = 'Create the listener that serves the certificate on port 443';
    const after = { certificate: certificateArn, targetGroup: targetGroupName(site), tlsPolicy };
    return inPhase('prepare', [{ verb: 'create', resource, after, message }]);
  }
  const state = stateOf(existing);
  const wanted = { certificateArn: certificate?.arn, forwards: targetGroup && allTo(targetGroup.arn) };
  if (isLeftAsItIs({ ...existing, tags }, { owner, ...wanted })) {
    return inPhase('prepare', [kept(resource, state, 'Keep serving the certificate on port 443')]);
  }
  const problem = secureListenerProblem({ arn: existing.arn, tags }, { owner, adopt: site.adopt });
  if (problem)
    return inPhase('prepare', [{ verb: 'conflict', resource, before: { ...state, tags }, message: problem }]);
  const further = edge.secureListenerCertificates ?? [];
  const { certificates, forwards } = preparation({ ...existing, further }, { certificateArn, targetGroupArn });
  const before = { ...state, certificates: further, tags };
  const checked = { ...state, ...(forwards && { forwards }) };
  const after = { certificate: certificateArn, forwards: allTo(targetGroupArn), tlsPolicy };
  const message = servesAsWanted(existing, wanted)
    ? `Set the TLS policy of port 443 to "${tlsPolicy}" instead of "${existing.tlsPolicy}"`
    : 'Serve the certificate on port 443 by default and send all requests to the target group, once its target is healthy';
  return [
    ...inPhase('prepare', [
      ...(isOwnedBy(owner, tags)
        ? []
        : [adopted(resource, before, { owner, message: 'have it serve as before, and the certificate too' })]),
      ...certificates.map((arn) => certificateAdded(resource, arn)),
      ...(forwards ? [forwardsAdded(resource, { before: state, after: checked })] : []),
    ]),
    ...inPhase('shift', [{ verb: 'update', resource, before: checked, after, message }]),
  ];
}

/** The listener on port 443 as plans call it. */
export function secureListenerName(domain: string): string {
  return `${resourceName(domain)} HTTPS 443`;
}

/** A certificate in the list that the listener serves by SNI, as plans call it. */
export function listenerCertificate(listener: ResourceRef, certificate: string): ResourceRef {
  return {
    type: 'listener certificate',
    name: `${listener.name} ${certificate}`,
    ...(listener.id && { id: listener.id }),
  };
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
