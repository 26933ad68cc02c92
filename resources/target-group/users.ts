import { registeredIn } from '../../domain/ledger/made-of.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import type { TargetHealth } from '../../domain/load-balancers/readiness.ts';
import { foreignTargets, type Target } from '../../domain/load-balancers/target-group.ts';
import { targetsOf } from '../../domain/origins/origin.ts';
import { THEN_AGAIN } from '../../domain/removal/obstacle.ts';
import type { Scope } from '../resource.ts';

/** What uses a target group. */
export interface GroupUsers {
  arn: string;
  listeners: readonly {
    arn: string;
    /** Whether it is the site's own. */
    isOurs: boolean;
    /** Those of its rules that forward to the group; its default one, and that of the lock of the origin, are the listener's own. */
    rules: readonly { arn: string; isOurs: boolean }[];
  }[];
  targets: readonly TargetHealth[];
}

/** What others use the group for; undefined when nothing keeps it from being deleted. */
export function whyGroupIsUsed(
  users: GroupUsers,
  { known, record }: Pick<Scope, 'known' | 'record'>,
): string | undefined {
  const retained = known.RemoveListeners?.left.map(({ id }) => id) ?? [];
  const forwarding = users.listeners.flatMap((listener) => forwardingIn(listener, retained));
  const foreign = foreignTargets(users.targets, record ? ownTargets(record, users.arn) : []);
  const whys = [
    ...(forwarding.length === 0 ? [] : [`${forwarding.join(' and ')} forwards to it. Have it forward elsewhere`]),
    ...(foreign.length === 0
      ? []
      : [`others registered targets in it: ${foreign.map(targetInWords).join(', ')}. Deregister them`]),
  ];
  return whys.length === 0 ? undefined : `${whys.join('; ')}, ${THEN_AGAIN}`;
}

/** All but the rules that are our listeners' own, which are deleted before the group, or forward elsewhere. */
function forwardingIn(
  { arn: listener, isOurs, rules }: GroupUsers['listeners'][number],
  retained: readonly string[],
): string[] {
  const stays = !isOurs || retained.includes(listener);
  return rules.flatMap(({ arn, isOurs: isOwn }) =>
    isOwn ? (stays ? [`the listener ${listener}`] : []) : [`the rule ${arn}`],
  );
}

function ownTargets(record: SiteRecord, arn: string): Target[] {
  const { site, live } = record.item;
  return [...registeredIn(record, arn), ...targetsOf([site, ...(live ? [live] : [])])];
}

/** "i-0123456789abcdef0:8080" */
export const targetInWords = ({ id, port }: Target): string => `${id}:${port}`;
