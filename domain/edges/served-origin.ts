import { originOf } from '../origins/origin.ts';
import type { Site } from '../sites/site.ts';

/** Whether the CDN comes to a load balancer, which serves a certificate of the site; a server has its own. */
export function isBehindBalancer({ origin }: Partial<Pick<Site, 'origin'>>): boolean {
  if (origin === undefined) return true;
  const { target, loadBalancerArn } = originOf({ origin });
  return target !== undefined || loadBalancerArn !== undefined;
}
