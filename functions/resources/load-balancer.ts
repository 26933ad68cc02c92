import { loadBalancer } from '../../resources/load-balancer/load-balancer.ts';
import { prepareLoadBalancer } from '../../resources/load-balancer/prepare.ts';
import { releaseLoadBalancer } from '../../resources/load-balancer/release.ts';
import { byPhase, preparing, releasing } from '../shared/steps/resource-step.ts';

/** Starts the load balancer of a site, and deletes or restores those that the document no longer needs. */
export const handler = byPhase({
  prepare: preparing('CreateLoadBalancer', loadBalancer, prepareLoadBalancer),
  release: releasing('RemoveLoadBalancer', {
    resource: loadBalancer,
    applying: releaseLoadBalancer,
    after: 'CreateLoadBalancer',
  }),
});
