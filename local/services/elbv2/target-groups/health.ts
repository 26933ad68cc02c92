import type { TargetHealth } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Elb } from '../elb.ts';
import type { LoadBalancer, Node } from '../load-balancers/load-balancer.ts';
import { type Target, type TargetGroup, usersOf } from './target-group.ts';

// The words of reason codes. Source: ELB API reference, TargetHealth; User Guide, "Health checks"; checked 2026-11-22.
export const INITIAL = {
  registering: {
    State: 'initial',
    Reason: 'Elb.RegistrationInProgress',
    Description: 'Target registration is in progress',
  },
  checking: {
    State: 'initial',
    Reason: 'Elb.InitialHealthChecking',
    Description: 'Initial health checks in progress',
  },
} as const satisfies Record<string, TargetHealth>;

const unused = (Reason: NonNullable<TargetHealth['Reason']>, Description: string): TargetHealth => ({
  State: 'unused',
  Reason,
  Description,
});

/** How the target fares: what its checks say, unless something keeps it from being used at all. */
export function healthOf(elb: Elb, group: TargetGroup, target: Target | undefined): TargetHealth {
  if (!target) return unused('Target.NotRegistered', 'Target is not registered to the target group');
  if (target.draining) {
    return {
      State: 'draining',
      Reason: 'Target.DeregistrationInProgress',
      Description: 'Target deregistration is in progress',
    };
  }
  const state = group.targetType === 'instance' ? instanceOf(elb, group, target)?.state : 'running';
  const [user] = usersOf(group);
  if (!user) {
    return unused('Target.NotInUse', 'Target group is not configured to receive traffic from the load balancer');
  }
  if (state !== 'running') return unused('Target.InvalidState', `Target is in the ${state ?? 'terminated'} state`);
  if (!zoneEnabled(elb, group, { target, user })) {
    return unused('Target.NotInUse', 'Target is in an Availability Zone that is not enabled for the load balancer');
  }
  return target.checked;
}

/** The address that requests to the target go to; undefined when there is none any more. */
export const addressOf = (elb: Elb, group: TargetGroup, target: Target): string | undefined =>
  group.targetType === 'ip' ? target.id : instanceOf(elb, group, target)?.privateAddress;

/** What EC2 knows of the target's instance; undefined for an address. */
export const instanceOf = (elb: Elb, { region }: TargetGroup, { id }: Target) => elb.network.instance(region.name, id);

/** The zone that the target is in; undefined of an address outside the VPC. */
export function zoneOf(elb: Elb, group: TargetGroup, target: Target): string | undefined {
  const { region, vpcId, targetType } = group;
  if (targetType === 'instance') return instanceOf(elb, group, target)?.zone;
  return elb.network.subnetOf(region.name, { vpcId, address: target.id })?.zone.name;
}

/** Whether packets of a node come to the target: to an address outside the VPC by its routes only. */
export function isRouted(elb: Elb, group: TargetGroup, { target, node }: { target: Target; node: Node }): boolean {
  if (group.targetType === 'instance' || zoneOf(elb, group, target) !== undefined) return true;
  return elb.network.carries(group.region.name, { subnetId: node.subnetId, address: target.id });
}

function zoneEnabled(elb: Elb, group: TargetGroup, { target, user }: { target: Target; user: LoadBalancer }): boolean {
  const zone = zoneOf(elb, group, target);
  return zone === undefined || user.nodes.some((node) => node.zone.name === zone);
}
