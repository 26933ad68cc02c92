import type { Change } from '../../domain/changes/change.ts';
import { isCertified } from '../../domain/edges/edge.ts';
import { newInstanceOf } from '../../domain/origins/new-instance.ts';
import { originOf } from '../../domain/origins/origin.ts';
import { type Cost, cost } from '../../domain/preflight/cost.ts';
import { RESOURCE_TYPES } from '../../domain/resources/resource-type.ts';
import type { Site } from '../../domain/sites/site.ts';
import type { SiteView } from '../../domain/sites/view.ts';

/** A load balancer of ours has one public address in each zone, and two zones where the document names no subnets. */
const ZONES = 2;

/** What the resources that were made for a site cost, by the prices that its plan is made with. */
export function siteCost({ site, steps }: Pick<SiteView, 'site' | 'steps'>): Cost {
  const ours = steps.flatMap((step) => step.made.filter((made) => made.ours));
  const changes = ours.flatMap(({ type, id }): Change[] => {
    const resource = RESOURCE_TYPES.find((each) => each === type);
    return resource
      ? [{ verb: 'create', phase: 'prepare', resource: { type: resource, name: id }, after: after(type), message: '' }]
      : [];
  });
  return cost(changes, { subnets: site.subnets?.length ?? ZONES });

  /** What the price of a resource depends on, as declared. */
  function after(type: string): object {
    const declared = site as Site;
    if (type === 'instance') return newInstanceOf(declared) ?? {};
    if (type !== 'health check') return {};
    const { values, name } = originOf(declared).address ?? {};
    return {
      Type: isCertified(declared) ? 'HTTPS' : 'HTTP',
      RequestInterval: site.failover?.check?.intervalSeconds,
      ...((values ?? name) && { elsewhere: true }),
    };
  }
}
