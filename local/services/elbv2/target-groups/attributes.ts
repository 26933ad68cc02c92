import type {
  DescribeTargetGroupAttributesInput,
  DescribeTargetGroupAttributesOutput,
  ModifyTargetGroupAttributesInput,
  ModifyTargetGroupAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../wire/service.ts';
import { type AttributeTable, changed, defaultsOf, shownAttributes } from '../attributes.ts';
import type { Elb } from '../elb.ts';
import { findTargetGroup } from '../find.ts';
import { onOne } from '../permissions.ts';

const SWITCH = /^(true|false)$/;

// Source: ELB API reference, TargetGroupAttribute; checked 2026-11-22. `fixed`: this local AWS knows the default only.
const ATTRIBUTES: AttributeTable = {
  'deregistration_delay.timeout_seconds': { initial: '300', range: [0, 3600] },
  'stickiness.enabled': { initial: 'false', pattern: SWITCH, fixed: true },
  'stickiness.type': { initial: 'lb_cookie', pattern: /^(lb_cookie|app_cookie)$/ },
  'stickiness.lb_cookie.duration_seconds': { initial: '86400', range: [1, 604_800] },
  'stickiness.app_cookie.cookie_name': { initial: '' },
  'stickiness.app_cookie.duration_seconds': { initial: '86400', range: [1, 604_800] },
  'slow_start.duration_seconds': { initial: '0', range: [0, 900], fixed: true },
  'load_balancing.algorithm.type': {
    initial: 'round_robin',
    pattern: /^(round_robin|least_outstanding_requests|weighted_random)$/,
    fixed: true,
  },
  'load_balancing.algorithm.anomaly_mitigation': { initial: 'off', pattern: /^(on|off)$/, fixed: true },
  'load_balancing.cross_zone.enabled': {
    initial: 'use_load_balancer_configuration',
    pattern: /^(true|false|use_load_balancer_configuration)$/,
    fixed: true,
  },
  'target_group_health.dns_failover.minimum_healthy_targets.count': { initial: '1', fixed: true },
  'target_group_health.dns_failover.minimum_healthy_targets.percentage': { initial: 'off', fixed: true },
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count': { initial: '1', fixed: true },
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage': { initial: 'off', fixed: true },
};

/** The attributes of a new target group. */
export const defaultAttributes = (): Map<string, string> => defaultsOf(ATTRIBUTES);

/** Changes how a target group behaves. */
export function modifyTargetGroupAttributes(
  elb: Elb,
): Operation<ModifyTargetGroupAttributesInput, ModifyTargetGroupAttributesOutput> {
  return {
    ...onOne(elb, ({ TargetGroupArn }) => TargetGroupArn),
    run({ TargetGroupArn, Attributes }, call) {
      const group = findTargetGroup(elb.region(call.region), TargetGroupArn);
      group.attributes = changed(group.attributes, Attributes, { table: ATTRIBUTES, of: 'Target group' });
      return { Attributes: shownAttributes(group.attributes) };
    },
  };
}

/** Describes how a target group behaves. */
export function describeTargetGroupAttributes(
  elb: Elb,
): Operation<DescribeTargetGroupAttributesInput, DescribeTargetGroupAttributesOutput> {
  return {
    run({ TargetGroupArn }, call) {
      const { attributes } = findTargetGroup(elb.region(call.region), TargetGroupArn);
      return { Attributes: shownAttributes(attributes) };
    },
  };
}
