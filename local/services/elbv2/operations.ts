import type { Operation } from '../../wire/service.ts';
import { describeAccountLimits } from './describe-account-limits.ts';
import type { Elb } from './elb.ts';
import { createListener } from './listeners/create-listener.ts';
import { describeListeners } from './listeners/describe-listeners.ts';
import {
  addListenerCertificates,
  describeListenerCertificates,
  removeListenerCertificates,
} from './listeners/listener-certificates.ts';
import { modifyListener } from './listeners/modify-listener.ts';
import { deleteListener } from './listeners/remove-listener.ts';
import { describeSslPolicies } from './listeners/tls-policies.ts';
import { describeLoadBalancerAttributes, modifyLoadBalancerAttributes } from './load-balancers/attributes.ts';
import { createLoadBalancer } from './load-balancers/create-load-balancer.ts';
import { deleteLoadBalancer } from './load-balancers/delete-load-balancer.ts';
import { describeLoadBalancers } from './load-balancers/describe-load-balancers.ts';
import { setIpAddressType, setSecurityGroups, setSubnets } from './load-balancers/set-network.ts';
import { deleteRule, modifyRule, setRulePriorities } from './rules/change-rules.ts';
import { createRule } from './rules/create-rule.ts';
import { describeRules } from './rules/describe-rules.ts';
import { addTags, describeTags, removeTags } from './tags/change-tags.ts';
import { describeTargetGroupAttributes, modifyTargetGroupAttributes } from './target-groups/attributes.ts';
import { createTargetGroup } from './target-groups/create-target-group.ts';
import { deleteTargetGroup } from './target-groups/delete-target-group.ts';
import { describeTargetGroups } from './target-groups/describe-target-groups.ts';
import { describeTargetHealth } from './target-groups/describe-target-health.ts';
import { modifyTargetGroup } from './target-groups/modify-target-group.ts';
import { deregisterTargets, registerTargets } from './target-groups/register-targets.ts';

/** Every operation of Elastic Load Balancing that is here, by its name. */
export const operationsOf = (elb: Elb): Record<string, Operation<never, unknown>> => ({
  AddListenerCertificates: addListenerCertificates(elb),
  AddTags: addTags(elb),
  CreateListener: createListener(elb),
  CreateLoadBalancer: createLoadBalancer(elb),
  CreateRule: createRule(elb),
  CreateTargetGroup: createTargetGroup(elb),
  DeleteListener: deleteListener(elb),
  DeleteLoadBalancer: deleteLoadBalancer(elb),
  DeleteRule: deleteRule(elb),
  DeleteTargetGroup: deleteTargetGroup(elb),
  DeregisterTargets: deregisterTargets(elb),
  DescribeAccountLimits: describeAccountLimits(),
  DescribeListenerCertificates: describeListenerCertificates(elb),
  DescribeListeners: describeListeners(elb),
  DescribeLoadBalancerAttributes: describeLoadBalancerAttributes(elb),
  DescribeLoadBalancers: describeLoadBalancers(elb),
  DescribeRules: describeRules(elb),
  DescribeSSLPolicies: describeSslPolicies(),
  DescribeTags: describeTags(elb),
  DescribeTargetGroupAttributes: describeTargetGroupAttributes(elb),
  DescribeTargetGroups: describeTargetGroups(elb),
  DescribeTargetHealth: describeTargetHealth(elb),
  ModifyListener: modifyListener(elb),
  ModifyLoadBalancerAttributes: modifyLoadBalancerAttributes(elb),
  ModifyRule: modifyRule(elb),
  ModifyTargetGroup: modifyTargetGroup(elb),
  ModifyTargetGroupAttributes: modifyTargetGroupAttributes(elb),
  RegisterTargets: registerTargets(elb),
  RemoveListenerCertificates: removeListenerCertificates(elb),
  RemoveTags: removeTags(elb),
  SetIpAddressType: setIpAddressType(elb),
  SetRulePriorities: setRulePriorities(elb),
  SetSecurityGroups: setSecurityGroups(elb),
  SetSubnets: setSubnets(elb),
});
