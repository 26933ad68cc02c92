import {
  DuplicateListenerException,
  ElasticLoadBalancingV2Client,
  LoadBalancerNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { createRedirectListener, listListeners } from '../../aws/load-balancers/listeners.ts';
import { Failure } from '../../domain/errors.ts';
import { httpListenerProblem } from '../../domain/load-balancers/listeners.ts';
import { ownerTags } from '../../domain/ownership.ts';
import { outputOf } from '../outputs.ts';
import { step } from '../step.ts';

/** Makes the listener on port 80 that sends viewers to https, or sees to it that there is none. */
export const handler = step('CreateHttpListener', async ({ site, record, environment }) => {
  const elb = client(ElasticLoadBalancingV2Client);
  const { loadBalancerArn } = outputOf(record, 'CreateLoadBalancer');
  try {
    const standing = (await listListeners(elb, loadBalancerArn)).find(({ port }) => port === 80);
    const problem = httpListenerProblem(standing, site.http);
    if (problem) throw new Failure('Conflict', problem);
    if (site.http === 'reject') return { output: {}, message: 'Nothing listens on port 80, as declared' };
    const tags = ownerTags({ domain: site.domain, stack: environment.stackName });
    const arn = standing?.arn ?? (await createRedirectListener(elb, { loadBalancerArn, tags }));
    return {
      made: [{ type: 'listener', id: arn, ours: true, detail: 'HTTP 80, 301 to https' }],
      output: {},
      message: 'Port 80 sends viewers to https for good (301)',
    };
  } catch (error) {
    // Known, or shown, a moment after it was made: the next run looks again (failures L4, L10).
    if (error instanceof LoadBalancerNotFoundException || error instanceof DuplicateListenerException) {
      throw new Failure('NotReady', 'Waiting until the load balancer shows', { cause: error });
    }
    throw error;
  }
});
