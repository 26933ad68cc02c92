import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { changeSecureListener, listListeners } from '../../aws/load-balancers/listeners.ts';
import { readResourceTags } from '../../aws/load-balancers/resource-tags.ts';
import { Failure } from '../../domain/errors.ts';
import { outputOf } from '../../domain/ledger/outputs.ts';
import { allTo } from '../../domain/load-balancers/forwards.ts';
import { isLeftAsItIs } from '../../domain/load-balancers/listeners.ts';
import { isToBeMoved } from '../../domain/load-balancers/secure-listener-moves.ts';
import { notYetReturned } from '../shared/load-balancers/not-yet-returned.ts';
import { step } from '../shared/steps/step.ts';

const MOVED = 'Port 443 serves the certificate by default and sends all requests to the instance';

/**
 * Moves the listener on port 443 to the document: its certificate by default, and all requests to its target group, whose
 * target is healthy by now. What was the default certificate so far goes on being served by SNI.
 */
export const handler = step('MoveListener', async ({ site, record, environment }) => {
  const elb = client(ElasticLoadBalancingV2Client);
  const owner = { domain: site.domain, stack: environment.stackName };
  const { loadBalancerArn } = outputOf(record, 'CreateLoadBalancer');
  const { certificateArn } = outputOf(record, 'RequestCertificate');
  const { targetGroupArn } = outputOf(record, 'CreateTargetGroup');
  const { listenerArn } = outputOf(record, 'AttachCertificate');
  const done = { output: {}, message: MOVED };
  try {
    const existing = (await listListeners(elb, loadBalancerArn)).find(({ arn }) => arn === listenerArn);
    if (!existing) throw new Failure('NotReady', `Waiting until DescribeListeners returns the listener ${listenerArn}`);
    if (!isToBeMoved(existing, { certificateArn, targetGroupArn })) return done;
    const wanted = { certificateArn, forwards: allTo(targetGroupArn) };
    const tags = await readResourceTags(elb, listenerArn);
    if (isLeftAsItIs({ ...existing, tags }, { owner, ...wanted })) return done;
    await changeSecureListener(elb, { listenerArn, ...wanted, tlsPolicy: existing.tlsPolicy });
    return done;
  } catch (error) {
    throw notYetReturned(error);
  }
});
