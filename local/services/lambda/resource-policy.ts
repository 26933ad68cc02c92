import type { PolicyStatement } from '../../permissions/policy.ts';
import { evaluateResourcePolicy } from '../../permissions/resource-policy.ts';
import { AwsError, type Principal } from '../../wire/service.ts';
import type { LambdaFunction } from './function.ts';

/** One statement of a function's policy, under the id it can be removed by. */
export interface FunctionStatement extends PolicyStatement {
  Sid: string;
}

/** What AddPermission asks for, as a statement: "events.amazonaws.com", an account, an ARN or "*" may be let in. */
export function statementOf(
  arn: string,
  asked: { sid: string; action: string; principal: string; sourceArn?: string; sourceAccount?: string },
): FunctionStatement {
  const { sid, action, principal, sourceArn, sourceAccount } = asked;
  const condition = {
    ...(sourceAccount !== undefined && { StringEquals: { 'AWS:SourceAccount': sourceAccount } }),
    ...(sourceArn !== undefined && { ArnLike: { 'AWS:SourceArn': sourceArn } }),
  };
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: principalOf(principal),
    Action: action,
    Resource: arn,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}

function principalOf(principal: string): NonNullable<PolicyStatement['Principal']> {
  if (principal === '*') return '*';
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  return principal.startsWith('arn:') ? { AWS: principal } : { Service: principal };
}

/** Refuses an AWS service that the function's policy does not let in. Roles and people are judged by their own policies. */
export function checkResourcePolicy(lambda: LambdaFunction, principal: Principal, account: string): void {
  if (principal.service === undefined || principal.roleArn !== undefined) return;
  const verdict = evaluateResourcePolicy(
    { Statement: lambda.policy },
    {
      principal,
      action: 'lambda:InvokeFunction',
      resource: lambda.arn,
      conditions: {
        'aws:SourceAccount': [account],
        ...(principal.sourceArn !== undefined && { 'aws:SourceArn': [principal.sourceArn] }),
      },
    },
  );
  if (verdict === 'allow') return;
  throw new AwsError(
    'AccessDeniedException',
    `User: ${principal.service} is not authorized to perform: lambda:InvokeFunction on resource: ${lambda.arn} because ` +
      `no resource-based policy allows the lambda:InvokeFunction action for source ${principal.sourceArn}`,
    { status: 403 },
  );
}
