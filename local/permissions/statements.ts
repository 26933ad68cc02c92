import { conditionsMet } from './conditions.ts';
import { listed, type PolicyAsk, type PolicyDocument, type PolicyStatement } from './policy.ts';
import { substitute } from './variables.ts';
import { meets, resourceMeets } from './wildcard.ts';

/** What policies say: an explicit deny beats every allow, and what nobody allows is not allowed. */
export type Verdict = 'allow' | 'explicitDeny' | 'implicitDeny';

/** The verdict of several policies together. `concerns` narrows to statements whose principal is the caller. */
export function verdictOf(
  policies: readonly PolicyDocument[],
  ask: PolicyAsk,
  concerns: (statement: PolicyStatement) => boolean = () => true,
): Verdict {
  const statements = policies
    .flatMap((policy) => listed(policy.Statement))
    .filter((statement) => concerns(statement) && applies(statement, ask));
  if (statements.some(({ Effect }) => Effect === 'Deny')) return 'explicitDeny';
  return statements.some(({ Effect }) => Effect === 'Allow') ? 'allow' : 'implicitDeny';
}

function applies(statement: PolicyStatement, { action, resource, context }: PolicyAsk): boolean {
  const actionMeets = (pattern: string) => meets(pattern, action, { ignoreCase: true });
  const isResource = (pattern: string) => {
    const substituted = substitute(pattern, context);
    return substituted !== undefined && resourceMeets(substituted, resource);
  };
  const { Action, NotAction, Resource, NotResource, Condition } = statement;
  const meetsAction = NotAction === undefined ? listed(Action).some(actionMeets) : !listed(NotAction).some(actionMeets);
  if (!meetsAction) return false;
  // Trust policies have no Resource: they speak of the role that they stand on.
  const open = Resource === undefined && NotResource === undefined;
  const meetsResource =
    open || (NotResource === undefined ? listed(Resource).some(isResource) : !listed(NotResource).some(isResource));
  return meetsResource && conditionsMet(Condition, context);
}
