import type { GetRolePolicyResponse, ListRolePoliciesResponse, ListRolesResponse } from '@aws-sdk/client-iam';
import type { Nameplate } from './nameplate.ts';

interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
}

/** No policy of any role allows `action` ("acm:RequestCertificate") while `work` goes on. */
export async function withoutPermission<Result>(
  { ask }: Pick<Nameplate, 'ask'>,
  action: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const iam = <Output>(operation: string, input: object) => ask<Output>('iam', operation, input);
  const taken: object[] = [];
  const { Roles = [] } = await iam<ListRolesResponse>('ListRoles', { MaxItems: 1000 });
  for (const { RoleName } of Roles) {
    const { PolicyNames = [] } = await iam<ListRolePoliciesResponse>('ListRolePolicies', { RoleName });
    for (const PolicyName of PolicyNames) {
      const policy = { RoleName, PolicyName };
      const { PolicyDocument = '' } = await iam<GetRolePolicyResponse>('GetRolePolicy', policy);
      const former = decodeURIComponent(PolicyDocument);
      if (!former.includes(`"${action}"`)) continue;
      taken.push({ ...policy, PolicyDocument: former });
      await iam('PutRolePolicy', { ...policy, PolicyDocument: narrowed(former, action) });
    }
  }
  if (taken.length === 0) throw new Error(`Cannot take "${action}" away: no policy allows it`);
  try {
    return await work();
  } finally {
    for (const policy of taken) await iam('PutRolePolicy', policy);
  }
}

/** The policy without the action; a statement that allows nothing else goes. */
function narrowed(document: string, action: string): string {
  const policy = JSON.parse(document) as { Statement: Statement[] };
  const Statement = policy.Statement.flatMap((statement) => {
    const Action = [statement.Action].flat().filter((allowed) => statement.Effect === 'Deny' || allowed !== action);
    return Action.length > 0 ? [{ ...statement, Action }] : [];
  });
  return JSON.stringify({ ...policy, Statement });
}
