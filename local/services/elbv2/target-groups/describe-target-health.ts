import type { DescribeTargetHealthInput, DescribeTargetHealthOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../wire/service.ts';
import type { Elb } from '../elb.ts';
import { refuse } from '../errors.ts';
import { findTargetGroup } from '../find.ts';
import { healthOf } from './health.ts';
import { type Target, type TargetGroup, targetKey } from './target-group.ts';

/** Describes how the targets of a group fare: all, or those asked for. What a role reads may lag behind a registration. */
export function describeTargetHealth(elb: Elb): Operation<DescribeTargetHealthInput, DescribeTargetHealthOutput> {
  return {
    run(input, call) {
      refuse(input, ['Include']);
      const group = findTargetGroup(elb.region(call.region), input.TargetGroupArn);
      const now = elb.host.clock.now();
      const isListed = ({ listedAt }: Target) => call.principal.roleArn === undefined || listedAt <= now;
      const asked = input.Targets?.length
        ? input.Targets.map(({ Id: id = '', Port }) => ({ id, port: Port ?? group.port }))
        : [...group.targets.values()].filter(isListed);
      return {
        TargetHealthDescriptions: asked.map(({ id, port }) => ({
          Target: { Id: id, Port: port, ...zoneOf(group, { id, port }) },
          HealthCheckPort: healthCheckPort(group, port),
          TargetHealth: healthOf(elb, group, group.targets.get(targetKey(id, port))),
        })),
      };
    },
  };
}

function zoneOf(group: TargetGroup, { id, port }: { id: string; port: number }): { AvailabilityZone?: string } {
  return group.targets.get(targetKey(id, port))?.everyZone ? { AvailabilityZone: 'all' } : {};
}

const healthCheckPort = ({ healthCheck }: TargetGroup, port: number): string =>
  healthCheck.port === 'traffic-port' ? String(port) : healthCheck.port;
