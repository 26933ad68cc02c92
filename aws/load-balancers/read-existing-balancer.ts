import {
  DescribeLoadBalancersCommand,
  type ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { ExistingBalancer } from '../../domain/load-balancers/existing-balancer.ts';
import { isCode } from '../error-code.ts';
import { loadBalancer } from './describe-load-balancer.ts';
import { listFurtherCertificates } from './listener-certificates.ts';
import { listListeners } from './listeners.ts';
import { readResourceTags } from './resource-tags.ts';

/** A load balancer of any type with its listeners and what they serve; undefined where there is none. */
export async function readExistingBalancer(
  elb: ElasticLoadBalancingV2Client,
  arn: string,
): Promise<ExistingBalancer | undefined> {
  try {
    const { LoadBalancers: [found] = [] } = await elb.send(
      new DescribeLoadBalancersCommand({ LoadBalancerArns: [arn] }),
    );
    if (!found) return undefined;
    const [tags, listeners] = await Promise.all([readResourceTags(elb, arn), listListeners(elb, arn)]);
    const served = listeners.map(async (listener) => ({
      ...listener,
      further: listener.protocol === 'HTTPS' ? await listFurtherCertificates(elb, listener.arn) : [],
    }));
    const { createdAt: _, ...described } = loadBalancer(found);
    const { Type: type = '', IpAddressType: ipAddressType = '' } = found;
    return { ...described, type, ipAddressType, tags, listeners: await Promise.all(served) };
  } catch (error) {
    if (isCode(error, 'LoadBalancerNotFound')) return undefined;
    throw error;
  }
}
