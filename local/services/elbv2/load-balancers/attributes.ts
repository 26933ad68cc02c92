import type {
  DescribeLoadBalancerAttributesInput,
  DescribeLoadBalancerAttributesOutput,
  ModifyLoadBalancerAttributesInput,
  ModifyLoadBalancerAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../wire/service.ts';
import { type AttributeTable, changed, defaultsOf, shownAttributes } from '../attributes.ts';
import type { Elb } from '../elb.ts';
import { findLoadBalancer } from '../find.ts';
import { onOne } from '../permissions.ts';

const SWITCH = /^(true|false)$/;

// Source: ELB API reference, LoadBalancerAttribute; checked 2026-11-22. `fixed`: this local AWS knows the default only.
const ATTRIBUTES: AttributeTable = {
  'deletion_protection.enabled': { initial: 'false', pattern: SWITCH },
  'idle_timeout.timeout_seconds': { initial: '60', range: [1, 4000] },
  'client_keep_alive.seconds': { initial: '3600', range: [60, 604_800], fixed: true },
  'routing.http2.enabled': { initial: 'true', pattern: SWITCH },
  'routing.http.desync_mitigation_mode': {
    initial: 'defensive',
    pattern: /^(monitor|defensive|strictest)$/,
    fixed: true,
  },
  'routing.http.drop_invalid_header_fields.enabled': { initial: 'false', pattern: SWITCH, fixed: true },
  'routing.http.preserve_host_header.enabled': { initial: 'false', pattern: SWITCH },
  'routing.http.x_amzn_tls_version_and_cipher_suite.enabled': { initial: 'false', pattern: SWITCH },
  'routing.http.xff_client_port.enabled': { initial: 'false', pattern: SWITCH },
  'routing.http.xff_header_processing.mode': { initial: 'append', pattern: /^(append|preserve|remove)$/ },
  'waf.fail_open.enabled': { initial: 'false', pattern: SWITCH, fixed: true },
  'access_logs.s3.enabled': { initial: 'false', pattern: SWITCH, fixed: true },
  'access_logs.s3.bucket': { initial: '', fixed: true },
  'access_logs.s3.prefix': { initial: '', fixed: true },
  'connection_logs.s3.enabled': { initial: 'false', pattern: SWITCH, fixed: true },
  'connection_logs.s3.bucket': { initial: '', fixed: true },
  'connection_logs.s3.prefix': { initial: '', fixed: true },
  'health_check_logs.s3.enabled': { initial: 'false', pattern: SWITCH, fixed: true },
  'health_check_logs.s3.bucket': { initial: '', fixed: true },
  'health_check_logs.s3.prefix': { initial: '', fixed: true },
  'load_balancing.cross_zone.enabled': { initial: 'true', pattern: SWITCH, fixed: true },
  'ipv6.deny_all_igw_traffic': { initial: 'false', pattern: SWITCH, fixed: true },
  'zonal_shift.config.enabled': { initial: 'false', pattern: SWITCH, fixed: true },
};

/** The attributes of a new load balancer. */
export const defaultAttributes = (): Map<string, string> => defaultsOf(ATTRIBUTES);

/** Changes how a load balancer behaves. */
export function modifyLoadBalancerAttributes(
  elb: Elb,
): Operation<ModifyLoadBalancerAttributesInput, ModifyLoadBalancerAttributesOutput> {
  return {
    ...onOne(elb, ({ LoadBalancerArn }) => LoadBalancerArn),
    run({ LoadBalancerArn, Attributes }, call) {
      const loadBalancer = findLoadBalancer(elb.region(call.region), LoadBalancerArn);
      loadBalancer.attributes = changed(loadBalancer.attributes, Attributes, {
        table: ATTRIBUTES,
        of: 'Load balancer',
      });
      return { Attributes: shownAttributes(loadBalancer.attributes) };
    },
  };
}

/** Describes how a load balancer behaves. */
export function describeLoadBalancerAttributes(
  elb: Elb,
): Operation<DescribeLoadBalancerAttributesInput, DescribeLoadBalancerAttributesOutput> {
  return {
    run({ LoadBalancerArn }, call) {
      const { attributes } = findLoadBalancer(elb.region(call.region), LoadBalancerArn);
      return { Attributes: shownAttributes(attributes) };
    },
  };
}
