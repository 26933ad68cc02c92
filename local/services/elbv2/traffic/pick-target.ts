import type { ForwardActionConfig } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Elb } from '../elb.ts';
import type { Node } from '../load-balancers/load-balancer.ts';
import type { Region } from '../region.ts';
import { addressOf, healthOf, isRouted } from '../target-groups/health.ts';
import type { TargetGroup } from '../target-groups/target-group.ts';

/** Where a request goes. */
export interface Destination {
  address: string;
  port: number;
  protocol: TargetGroup['protocol'];
  /** Whether the routes of the node lead there. */
  routed: boolean;
}

/** The next target of the group that the weights choose, as a node asks it; undefined when there is none at all. */
export function pickTarget(
  elb: Elb,
  { region, node }: { region: Region; node: Node },
  config: ForwardActionConfig | undefined,
): Destination | undefined {
  const group = pickGroup(elb, region, config);
  if (!group) return undefined;
  const usable = [...group.targets.values()].map((target) => ({ target, ...healthOf(elb, group, target) }));
  const healthy = usable.filter(({ State }) => State === 'healthy');
  // With no healthy target, a load balancer tries all of them rather than none.
  const open =
    healthy.length > 0 ? healthy : usable.filter(({ State }) => State === 'unhealthy' || State === 'initial');
  const next = open[group.turn++ % open.length]?.target;
  const address = next && addressOf(elb, group, next);
  if (!next || !address) return undefined;
  const routed = isRouted(elb, group, { target: next, node });
  return { address, port: next.port, protocol: group.protocol, routed };
}

function pickGroup(elb: Elb, region: Region, config: ForwardActionConfig | undefined): TargetGroup | undefined {
  const tuples = (config?.TargetGroups ?? []).filter(({ Weight = 1 }) => Weight > 0);
  const total = tuples.reduce((sum, { Weight = 1 }) => sum + Weight, 0);
  let point = tuples.length > 1 ? elb.host.draws.fraction('elasticloadbalancing:weight') * total : 0;
  for (const { TargetGroupArn = '', Weight = 1 } of tuples) {
    if (point < Weight) return region.targetGroups.get(TargetGroupArn);
    point -= Weight;
  }
  return undefined;
}
