import type { Principal } from '../wire/service.ts';
import { names } from './caller.ts';
import { contextOf, type PolicyDocument } from './policy.ts';
import { type Verdict, verdictOf } from './statements.ts';

/**
 * What a policy that stands on a resource (a function's, a topic's, a role's trust) says of a caller.
 * `conditions` are the request's keys as written: { "aws:SourceArn": ["arn:…"], "aws:SourceAccount": ["1234…"] }.
 */
export function evaluateResourcePolicy(
  policy: PolicyDocument | undefined,
  {
    principal,
    action,
    resource,
    conditions = {},
  }: {
    principal: Principal;
    action: string;
    resource: string;
    conditions?: Record<string, readonly string[]>;
  },
): Verdict {
  if (!policy) return 'implicitDeny';
  const context = contextOf(conditions);
  return verdictOf([policy], { action, resource, context }, (statement) => names(statement, principal));
}
