import {
  DuplicateListenerException,
  ElasticLoadBalancingV2Client,
  LoadBalancerNotFoundException,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { client } from '../../aws/clients.ts';
import { createRedirectListener, type Listener, listListeners } from '../../aws/load-balancers/listeners.ts';
import { Failure } from '../../domain/errors.ts';
import { ownerTags } from '../../domain/ownership.ts';
import { outputOf } from '../outputs.ts';
import { step } from '../step.ts';

/** Makes the listener on port 80 that sends viewers to https, or sees to it that there is none. */
export const handler = step('CreateHttpListener', async ({ site, record, environment }) => {
  const elb = client(ElasticLoadBalancingV2Client);
  const { loadBalancerArn } = outputOf(record, 'CreateLoadBalancer');
  try {
    const standing = (await listListeners(elb, loadBalancerArn)).find(({ port }) => port === 80);
    if (site.http === 'reject') {
      if (standing) throw inTheWay(standing, 'nothing shall answer on port 80');
      return { output: {}, message: 'Nothing listens on port 80, as declared' };
    }
    if (standing && !standing.redirects) throw inTheWay(standing, 'port 80 shall send viewers to https');
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

function inTheWay({ arn, protocol }: Listener, wanted: string): Failure {
  return new Failure(
    'Conflict',
    `Cannot use the ${protocol} listener on port 80 (${arn}): ${wanted}. Delete it, then start again`,
  );
}
