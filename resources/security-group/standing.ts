import type { Made } from '../../domain/ledger/made.ts';
import { type IngressRule, ingressRuleId } from '../../domain/load-balancers/access-rules.ts';
import { type Owner, resourceName } from '../../domain/ownership.ts';
import type { Scope } from '../resource.ts';
import { type DesiredGroup, groupHandles, type SeenGroups, TYPE, usedGroups, wantedRules } from './changes.ts';

/** The group and the rule that the document uses, those of ours that are retained, and the rules that go on serving. */
export function standingGroups(desired: readonly DesiredGroup[], seen: SeenGroups, scope: Scope): Made[] {
  const used = usedGroups(desired, seen, scope);
  const retained = (seen.own?.groups ?? []).filter(({ id }) => id !== used?.groupId);
  const isCreated = !seen.edge || seen.edge.group !== undefined;
  const rules = [...openedRules(desired, seen, scope), ...wantedRules(desired, seen, scope)];
  return [
    ...(used && isCreated ? [madeGroup(used.groupId, scope.owner)] : []),
    ...rules.map((rule): Made => ({ type: 'security group rule', id: ingressRuleId(rule), ours: true })),
    ...retained.map(({ id }) => madeGroup(id, scope.owner)),
  ];
}

/** The rule of the instance, ours or not. */
function openedRules([desired]: readonly DesiredGroup[], { edge }: SeenGroups, scope: Scope): IngressRule[] {
  if (!desired || !edge?.toInstance?.ingress.open) return [];
  const { groupId: from, wayIn: groupId } = groupHandles([desired], { edge }, scope);
  return [{ groupId, port: desired.port, from }];
}

export function madeGroup(id: string, { domain }: Owner): Made {
  return { type: TYPE, id, ours: true, detail: resourceName(domain) };
}
