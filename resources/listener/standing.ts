import type { Made } from '../../domain/ledger/made.ts';
import { hasMadeLockRule, lockRuleIn } from '../../domain/load-balancers/origin-lock.ts';
import type { Scope } from '../resource.ts';
import { ruleMade } from './apply-lock.ts';
import type { DesiredListeners, SeenListeners } from './changes.ts';
import { TYPE } from './names.ts';
import { unwantedListeners, usedListeners } from './releases.ts';

/** The listeners that the document uses, and those that are retained. */
export function standingListeners(
  desired: readonly DesiredListeners[],
  { secure, own = [] }: SeenListeners,
  scope: Scope,
): Made[] {
  const unwanted = unwantedListeners(desired, own, scope).map(({ listener }) => listener);
  const { listener, rules = [], isRuleOurs } = secure ?? {};
  return [
    ...(listener ? [secureMade(listener.arn)] : []),
    ...(listener && isRuleOurs && lockRuleIn(rules) ? [ruleMade(listener.arn)] : []),
    ...[...usedListeners(desired, own, scope), ...unwanted].flatMap((each): Made[] => [
      { type: TYPE, id: each.arn, ours: true },
      ...(hasMadeLockRule(scope.record, each.arn) && lockRuleIn(each.rules ?? []) ? [ruleMade(each.arn)] : []),
    ]),
  ];
}

export function secureMade(id: string): Made {
  return { type: TYPE, id, ours: true, detail: 'HTTPS 443' };
}
