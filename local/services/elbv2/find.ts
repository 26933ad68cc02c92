import { AwsError } from '../../wire/service.ts';
import { invalid } from './errors.ts';
import type { Listener } from './listeners/listener.ts';
import type { LoadBalancer } from './load-balancers/load-balancer.ts';
import type { Region } from './region.ts';
import type { Rule } from './rules/rule.ts';
import type { TargetGroup } from './target-groups/target-group.ts';

/** The load balancer of that ARN. Throws `LoadBalancerNotFound`. */
export function findLoadBalancer({ loadBalancers }: Region, arn = ''): LoadBalancer {
  checkArn(arn, 'loadbalancer');
  const found = loadBalancers.get(arn);
  if (!found) throw new AwsError('LoadBalancerNotFound', `Load balancer '${arn}' not found`);
  return found;
}

/** The target group of that ARN. Throws `TargetGroupNotFound`. */
export function findTargetGroup({ targetGroups }: Region, arn = ''): TargetGroup {
  checkArn(arn, 'targetgroup');
  const found = targetGroups.get(arn);
  if (!found) throw new AwsError('TargetGroupNotFound', `Target group '${arn}' not found`);
  return found;
}

/** The listener of that ARN. Throws `ListenerNotFound`. */
export function findListener({ listeners }: Region, arn = ''): Listener {
  checkArn(arn, 'listener');
  const found = listeners.get(arn);
  if (!found) throw new AwsError('ListenerNotFound', `Listener '${arn}' not found`);
  return found;
}

/** The rule of that ARN and its listener. Throws `RuleNotFound`. */
export function findRule(region: Region, arn = ''): { rule: Rule; listener: Listener } {
  checkArn(arn, 'listener-rule');
  const found = region.rule(arn);
  if (!found) throw new AwsError('RuleNotFound', `Rule '${arn}' not found`);
  return found;
}

/** Of listeners and rules it is the resource type that is asked for, of all the form. */
export function checkArn(arn: string, type: string): void {
  if (!new RegExp(`^arn:aws[\\w-]*:elasticloadbalancing:[\\w-]+:\\d{12}:${type}/`).test(arn)) {
    throw invalid(`'${arn}' is not a valid ${type.replace('-', ' ')} ARN`);
  }
}
