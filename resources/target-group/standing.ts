import type { Made } from '../../domain/ledger/made.ts';
import { registeredIn } from '../../domain/ledger/made-of.ts';
import { isSameTarget } from '../../domain/load-balancers/target-group.ts';
import type { Scope } from '../resource.ts';
import { type DesiredTargetGroup, type SeenTargetGroups, TYPE, targetGroupHandles, unwantedGroups } from './changes.ts';

/** The group that the document uses, and those of the site that are retained. */
export function standingGroups(desired: readonly DesiredTargetGroup[], seen: SeenTargetGroups, scope: Scope): Made[] {
  const [used] = desired;
  const isThere = !seen.named || seen.named.group !== undefined;
  return [
    ...(used && isThere ? [madeGroup(used, targetGroupHandles(desired, seen, scope).targetGroupArn, scope)] : []),
    ...unwantedGroups(desired, seen, scope).map(
      ({ arn: id, name }): Made => ({ type: TYPE, id, ours: true, detail: name }),
    ),
  ];
}

/** With all targets that any document of the site has registered: whatever else it has was registered by others. */
export function madeGroup({ name, target }: DesiredTargetGroup, id: string, { record }: Pick<Scope, 'record'>): Made {
  const former = record ? registeredIn(record, id).filter((each) => !isSameTarget(each, target)) : [];
  return { type: TYPE, id, ours: true, detail: name, registered: [...former, target] };
}
