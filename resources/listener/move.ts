import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { changeSecureListener } from '../../aws/load-balancers/listeners.ts';
import { allTo } from '../../domain/load-balancers/forwards.ts';
import { tlsPolicyFor } from '../../domain/load-balancers/tls-policy.ts';
import type { Applying } from '../resource.ts';
import type { DesiredListeners, SeenListeners } from './changes.ts';
import { notYetReturned } from './not-yet-returned.ts';
import { servedBy } from './secure-changes.ts';

const MOVED = 'Port 443 serves the certificate by default and sends all requests to the instance';

/**
 * Moves the listener on port 443 to the document: its certificate by default, and all requests to its target group, whose
 * target is healthy by now. What was the default certificate so far goes on being served by SNI.
 */
export const moveListener: Applying<DesiredListeners, SeenListeners> = {
  // It was made by the step that prepares it.
  standing: () => [],

  async apply({ resource }, { secure }, { scope }) {
    const { listener } = secure ?? {};
    if (!listener) throw new Error(`Cannot move the listener "${resource.name}": it was not read`);
    const { certificateArn, targetGroupArn } = servedBy(scope);
    const forwards = allTo(targetGroupArn);
    const { arn: listenerArn, tlsPolicy } = listener;
    const elb = client(ElasticLoadBalancingV2Client);
    await changeSecureListener(elb, { listenerArn, certificateArn, forwards, tlsPolicy });
    const moved = { ...listener, protocol: 'HTTPS', certificateArn, forwards, tlsPolicy: tlsPolicyFor(tlsPolicy) };
    return { actual: { secure: { listener: moved } }, message: MOVED };
  },

  outcome: () => ({ message: MOVED }),
  explain: notYetReturned,
};
