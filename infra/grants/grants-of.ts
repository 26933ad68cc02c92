import { ROLE_PREFIX } from '../../domain/sites/dns.ts';
import type { GrantScope } from '../../resources/permissions/scope.ts';
import type { Grant } from '../../resources/permissions/statement.ts';
import { allow, type FunctionGrants } from '../../resources/permissions/statement.ts';
import { careGrants } from './care.ts';
import { checkGrants } from './checks.ts';
import { gateGrants } from './gates.ts';
import { maintenanceGrants } from './maintenance.ts';
import { planGrants } from './plans.ts';
import { resourceGrants } from './resources.ts';
import { siteGrants } from './sites.ts';

/** One for each folder of functions/. */
const CAPABILITIES: readonly ((scope: GrantScope) => FunctionGrants)[] = [
  siteGrants,
  planGrants,
  gateGrants,
  resourceGrants,
  checkGrants,
  careGrants,
  maintenanceGrants,
];

/** What each function may do: its own asks and nothing else. Everybody else's permission is a bug waiting. */
export function grantsOf(name: string, scope: GrantScope): Grant[] {
  const grants = CAPABILITIES.map((capability) => capability(scope)[name]).find((found) => found !== undefined);
  if (!grants) throw new Error(`Cannot deploy "${name}": infra/grants/ does not say what it may do`);
  const asksSwitch = grants.some(({ actions }) => actions.some(changesTheWorld));
  const takesRoles = grants.some(({ actions }) => actions.some((action) => action.startsWith('route53:')));
  return [
    ...grants,
    ...(asksSwitch ? [allow([scope.mutationParameterArn], 'ssm:GetParameter')] : []),
    ...(takesRoles ? [takeDnsRoles(scope)] : []),
  ];
}

/**
 * The roles of accounts that have the zone of a site: whoever asks Route 53 may take them, no role of another name, and
 * none without an external id: a role that lets everybody in is not taken by mistake.
 */
const takeDnsRoles = ({ partition }: GrantScope): Grant => ({
  actions: ['sts:AssumeRole'],
  resources: [`arn:${partition}:iam::*:role/${ROLE_PREFIX}*`],
  conditions: { Null: { 'sts:ExternalId': 'false' } },
});

/** Whether an action changes something outside the ledger other than by telling of it, or starts a workflow that will: whoever may do so asks the kill switch. */
function changesTheWorld(action: string): boolean {
  return !/^(dynamodb:|events:PutEvents$|lambda:InvokeFunction$|states:(SendTask|Stop)|\w+:(Describe|List|Get))/.test(
    action,
  );
}
