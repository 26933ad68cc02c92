import { listed } from '../listed.ts';
import type { Site } from '../sites/site.ts';
import type { Forward } from './forwards.ts';
import type { Listener } from './listeners.ts';

/** Something that an operation has created or found for its edge, and that is no longer so. */
export interface EdgeRemoval {
  /** "the listener on port 80 is missing" */
  what: string;
  /** The calls that CloudTrail names who made. */
  calls: readonly string[];
}

export const LOAD_BALANCER_MISSING: EdgeRemoval = {
  what: 'the load balancer is missing',
  calls: ['DeleteLoadBalancer'],
};

export const TARGET_GROUP_MISSING: EdgeRemoval = { what: 'the target group is missing', calls: ['DeleteTargetGroup'] };

export const DISTRIBUTION_MISSING: EdgeRemoval = { what: 'the distribution is missing', calls: ['DeleteDistribution'] };

export const originNameMissing = (name: string, { cdn }: Pick<Site, 'cdn'>): EdgeRemoval => ({
  what: `DNS has no address for "${name}", the name that ${cdn ? 'CloudFront asks' : 'the health check asks'}`,
  calls: ['ChangeResourceRecordSets'],
});

interface Wanted extends Pick<Site, 'http'> {
  certificateArn: string;
  targetGroupArn: string;
  /** Whether the listener on port 443 was moved: before that, another certificate may be its default. */
  moved: boolean;
  /** With the lock: where the rule for the requests of CloudFront forwards to, which takes the place of the default action. */
  locked?: { forwards: readonly Forward[] } | undefined;
  /** Of a lock that the move takes off: where its rule forwards to, by which the targets are checked until then. */
  unlocking?: { forwards: readonly Forward[] } | undefined;
}

/** What the listeners lack. One of another owner that serves as wanted is as good. */
export function listenerRemovals(
  listeners: readonly Listener[],
  { http, certificateArn, targetGroupArn, moved, locked, unlocking }: Wanted,
): EdgeRemoval[] {
  const on = (port: number) => listeners.find((listener) => listener.port === port);
  const [secure, plain] = [on(443), on(80)];
  const actions = [locked ?? secure, unlocking].flatMap((action) => action?.forwards ?? []);
  const forwards = actions.some((forward) => forward.targetGroupArn === targetGroupArn);
  return [
    ...(secure ? [] : [missing(443)]),
    ...(secure && !forwards ? [locked ? RULE_MISSING : changed(443, 'does not forward to its target group')] : []),
    ...(moved && secure && secure.certificateArn !== certificateArn
      ? [changed(443, 'serves another certificate')]
      : []),
    ...(plain || http !== 'redirect' ? [] : [missing(80)]),
    ...(plain && http === 'redirect' && !plain.redirects ? [changed(80, 'does not redirect to HTTPS')] : []),
  ];
}

const RULE_MISSING: EdgeRemoval = {
  what: 'the rule on port 443 that forwards the requests of CloudFront to its target group is missing',
  calls: ['DeleteRule', 'ModifyRule'],
};

const missing = (port: number): EdgeRemoval => ({
  what: `the listener on port ${port} is missing`,
  calls: ['DeleteListener'],
});

const changed = (port: number, how: string): EdgeRemoval => ({
  what: `the listener on port ${port} ${how}`,
  calls: ['ModifyListener'],
});

/** What has happened, who may have done it and how to find out: 'The listener on port 80 is missing: another tool …' */
export function removalsInWords(removals: readonly EdgeRemoval[], { restored }: { restored: boolean }): string {
  const what = removals.map((removal) => removal.what).join(', and ');
  const calls = [...new Set(removals.flatMap((removal) => removal.calls))];
  const again = restored ? ' again, after it was restored once' : '';
  const who = `another tool (Terraform, CloudFormation, a clean-up job) may have done that; CloudTrail says who (${listed(calls)})`;
  return `${what.charAt(0).toUpperCase()}${what.slice(1)}${again}: ${who}`;
}

/** What to do once it was restored, and did not stay. */
export const STOP_THAT_TOOL = 'Have that tool leave it alone, or add it to that tool';
