import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { changeSecureListener } from '../../aws/load-balancers/listeners.ts';
import { tlsPolicyFor } from '../../domain/load-balancers/tls-policy.ts';
import type { Applying, Scope } from '../resource.ts';
import { moveRule } from './apply-lock.ts';
import type { DesiredListeners, SeenListeners } from './changes.ts';
import { RULE } from './lock-changes.ts';
import { notYetReturned } from './not-yet-returned.ts';
import { isClosedBy, wantedOf } from './secure-changes.ts';

const MOVED = 'Port 443 serves the certificate by default and sends all requests to the target';

const LOCKED = 'Port 443 serves the certificate by default and sends all requests of CloudFront to the target';

const messageOf = ({ site }: Scope): string => (isClosedBy(site) ? LOCKED : MOVED);

/**
 * Moves the listener on port 443 to the document: its certificate by default, and all requests to its target group, whose
 * target is healthy by now. What was the default certificate so far goes on being served by SNI.
 */
export const moveListener: Applying<DesiredListeners, SeenListeners> = {
  // It was made by the step that prepares it.
  standing: () => [],

  async apply(change, actual, doing) {
    const { resource } = change;
    const { scope } = doing;
    if (resource.type === RULE) return moveRule(change, actual, doing);
    const { listener } = actual.secure ?? {};
    if (!listener) throw new Error(`Cannot move the listener "${resource.name}": it was not read`);
    const { certificateArn, forwards } = wantedOf(listener, scope);
    const { arn: listenerArn, tlsPolicy, refuses, ...rest } = listener;
    const isClosed = isClosedBy(scope.site);
    const elb = client(ElasticLoadBalancingV2Client);
    await changeSecureListener(elb, { listenerArn, certificateArn, ...(!isClosed && { forwards }), tlsPolicy });
    const moved = { ...rest, arn: listenerArn, protocol: 'HTTPS', certificateArn, forwards };
    const kept = isClosed && refuses ? { refuses } : {};
    const secure = { ...actual.secure, listener: { ...moved, ...kept, tlsPolicy: tlsPolicyFor(tlsPolicy) } };
    return { actual: { ...actual, secure }, message: messageOf(scope) };
  },

  outcome: (_, { scope }) => ({ message: messageOf(scope) }),
  explain: notYetReturned,
};
