import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { allTo, type Forward } from '../../domain/load-balancers/forwards.ts';

/** Source: CreateListener, RedirectActionConfig; what is not named stays as the viewer asked. */
export const TO_HTTPS: Action = {
  Type: 'redirect',
  RedirectConfig: { Protocol: 'HTTPS', Port: '443', StatusCode: 'HTTP_301' },
};

/** What a locked origin answers to requests that no rule forwards. */
export const REFUSAL: Action = {
  Type: 'fixed-response',
  FixedResponseConfig: { StatusCode: '403', ContentType: 'text/plain', MessageBody: 'Forbidden' },
};

/** Several groups need the longer form. */
export function forwarding(forwards: readonly Forward[]): Action {
  const [first, ...others] = forwards;
  if (first && others.length === 0) return { Type: 'forward', TargetGroupArn: first.targetGroupArn };
  const TargetGroups = forwards.map(({ targetGroupArn, weight }) => ({
    TargetGroupArn: targetGroupArn,
    Weight: weight,
  }));
  return { Type: 'forward', ForwardConfig: { TargetGroups } };
}

/** Where an action forwards to. To a single group goes everything, whatever its weight. */
export function forwardsOf({ Type, TargetGroupArn, ForwardConfig }: Action): Forward[] {
  if (Type !== 'forward') return [];
  if (TargetGroupArn !== undefined) return allTo(TargetGroupArn);
  return (ForwardConfig?.TargetGroups ?? []).map(({ TargetGroupArn: targetGroupArn = '', Weight: weight = 1 }) => ({
    targetGroupArn,
    weight,
  }));
}

/** `Host`, `Path` and `Query` come back filled in with what leaves them as they are. */
export function isToHttps(action: Action | undefined): boolean {
  const {
    Protocol,
    Port,
    StatusCode,
    Host = '#{host}',
    Path = '/#{path}',
    Query = '#{query}',
  } = action?.RedirectConfig ?? {};
  return (
    action?.Type === 'redirect' &&
    Protocol === 'HTTPS' &&
    Port === '443' &&
    StatusCode === 'HTTP_301' &&
    Host === '#{host}' &&
    Path === '/#{path}' &&
    Query === '#{query}'
  );
}

/** Whether it answers 403, whatever it says. */
export function isRefusal(action: Action | undefined): boolean {
  return action?.Type === 'fixed-response' && action.FixedResponseConfig?.StatusCode === '403';
}
