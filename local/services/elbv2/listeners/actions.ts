import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsError } from '../../../wire/service.ts';
import { invalid, notHere } from '../errors.ts';
import { findTargetGroup } from '../find.ts';
import type { LoadBalancer } from '../load-balancers/load-balancer.ts';
import type { Region } from '../region.ts';
import { usersOf } from '../target-groups/target-group.ts';

// Source: ELB API reference, Action, RedirectActionConfig, FixedResponseActionConfig, ForwardActionConfig; Application
// Load Balancers User Guide, "Listener rules" and "Quotas"; checked 2026-11-22.
export const GROUPS_PER_ACTION = 5;
export const GROUPS_PER_LOAD_BALANCER = 100;
const HEAVIEST = 999;
const CONTENT_TYPES = ['text/plain', 'text/css', 'text/html', 'application/javascript', 'application/json'];

/** The actions of a rule, made complete: a forward always has a `ForwardConfig`, a redirect all its parts. */
export function readActions(
  region: Region,
  actions: Action[] | undefined,
  { loadBalancer, protocol }: { loadBalancer: LoadBalancer; protocol: 'HTTP' | 'HTTPS' },
): Action[] {
  if (actions?.length !== 1) {
    throw invalid('You must specify exactly one action of one of the types: forward, redirect, fixed-response');
  }
  return actions.map((action): Action => {
    const { Type } = action;
    if (Type?.startsWith('authenticate-') || Type === 'jwt-validation') throw notHere(`The action type '${Type}'`);
    const Order = 1;
    if (Type === 'forward') return { Type, Order, ...forward(region, action, loadBalancer) };
    if (Type === 'redirect') return { Type, Order, RedirectConfig: redirect(action, protocol) };
    return { Type, Order, FixedResponseConfig: fixedResponse(action) };
  });
}

/** As Describe operations show them. */
export const shownActions = (actions: Action[]): Action[] =>
  actions.map((action) => {
    const groups = action.ForwardConfig?.TargetGroups ?? [];
    return groups.length === 1 ? { ...action, TargetGroupArn: groups[0]?.TargetGroupArn } : action;
  });

function forward(region: Region, { TargetGroupArn, ForwardConfig }: Action, loadBalancer: LoadBalancer) {
  const tuples = ForwardConfig?.TargetGroups?.length ? ForwardConfig.TargetGroups : [{ TargetGroupArn }];
  if (ForwardConfig?.TargetGroupStickinessConfig?.Enabled) throw notHere('Stickiness of target groups');
  if (TargetGroupArn !== undefined && !tuples.some((tuple) => tuple.TargetGroupArn === TargetGroupArn)) {
    throw invalid(
      'You can specify both a top-level target group ARN and a target group in ForwardConfig only if they are the same',
    );
  }
  if (tuples.length > GROUPS_PER_ACTION)
    throw invalid(`A forward action can have at most ${GROUPS_PER_ACTION} target groups`);
  for (const { TargetGroupArn: arn, Weight = 1 } of tuples) {
    const group = findTargetGroup(region, arn);
    if (group.vpcId !== loadBalancer.vpcId) {
      throw new AwsError(
        'InvalidConfigurationRequest',
        'The load balancer and the target group must be in the same VPC',
      );
    }
    if (usersOf(group).some((user) => user !== loadBalancer)) {
      throw new AwsError(
        'TargetGroupAssociationLimit',
        `The following target groups cannot be associated with more than one load balancer: ${arn}`,
      );
    }
    if (Weight < 0 || Weight > HEAVIEST) throw invalid(`The weight '${Weight}' must be between 0 and ${HEAVIEST}`);
  }
  checkUnique(region, loadBalancer, tuples);
  return {
    ForwardConfig: {
      TargetGroups: tuples.map(({ TargetGroupArn: arn, Weight = 1 }) => ({ TargetGroupArn: arn, Weight })),
      TargetGroupStickinessConfig: { Enabled: false },
    },
  };
}

function checkUnique(
  region: Region,
  loadBalancer: LoadBalancer,
  tuples: { TargetGroupArn?: string | undefined }[],
): void {
  const used = [...region.targetGroups.values()].filter((group) => usersOf(group).includes(loadBalancer));
  const all = new Set([...used.map(({ arn }) => arn), ...tuples.map(({ TargetGroupArn }) => TargetGroupArn)]);
  if (all.size <= GROUPS_PER_LOAD_BALANCER) return;
  throw new AwsError(
    'TooManyUniqueTargetGroupsPerLoadBalancer',
    `The maximum number of unique target groups has been reached on load balancer '${loadBalancer.arn}'`,
  );
}

function redirect({ RedirectConfig: config }: Action, listening: 'HTTP' | 'HTTPS') {
  if (!config) throw invalid('A redirect action must have a RedirectConfig');
  const {
    Protocol = '#{protocol}',
    Port = '#{port}',
    Host = '#{host}',
    Path = '/#{path}',
    Query = '#{query}',
    StatusCode,
  } = config;
  if (Protocol === 'HTTP' && listening === 'HTTPS') {
    throw new AwsError('InvalidLoadBalancerAction', 'You cannot redirect HTTPS to HTTP');
  }
  if (Port !== '#{port}' && !(/^\d{1,5}$/.test(Port) && Number(Port) >= 1 && Number(Port) <= 65_535)) {
    throw invalid(`The redirect port '${Port}' must be #{port} or in the range 1-65535`);
  }
  if (!Path.startsWith('/')) throw invalid(`The redirect path '${Path}' must begin with '/'`);
  const same =
    (Protocol === '#{protocol}' || Protocol === listening) &&
    Port === '#{port}' &&
    Host === '#{host}' &&
    Path === '/#{path}' &&
    Query === '#{query}';
  if (same) {
    throw new AwsError(
      'InvalidLoadBalancerAction',
      'The redirect configuration is not valid because it creates a loop.',
    );
  }
  return { Protocol, Port, Host, Path, Query, StatusCode };
}

function fixedResponse({ FixedResponseConfig: config }: Action) {
  const { StatusCode = '', ContentType = 'text/plain', MessageBody } = config ?? {};
  if (!CONTENT_TYPES.includes(ContentType)) {
    throw invalid(`The fixed response content type '${ContentType}' must be one of ${CONTENT_TYPES.join(', ')}`);
  }
  return { StatusCode, ContentType, ...(MessageBody !== undefined && { MessageBody }) };
}
