import type {
  AddPermissionRequest,
  AddPermissionResponse,
  GetPolicyRequest,
  GetPolicyResponse,
  RemovePermissionRequest,
} from '@aws-sdk/client-lambda';
import type { Host } from '../../host.ts';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { LambdaFunction } from './function.ts';
import { type Functions, onFunction } from './functions.ts';
import { invalidParameter } from './limits.ts';
import { statementOf } from './resource-policy.ts';

const newRevision = (host: Host): string =>
  host.draws.hex('lambda:revision', 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Refuses a change of another policy than the caller has read. */
function checkRevision({ policyRevisionId }: LambdaFunction, given: string | undefined): void {
  if (given === undefined || given === policyRevisionId) return;
  const message =
    'The RevisionId provided does not match the latest RevisionId. Call the GetPolicy API to retrieve the latest RevisionId';
  throw new AwsError('PreconditionFailedException', message, { Type: 'User' });
}

/** AddPermission: one more statement in the function's policy, under an id that is free. */
export const addPermission = (
  host: Host,
  functions: Functions,
): Operation<AddPermissionRequest, AddPermissionResponse> => ({
  resources: onFunction,
  conditions: ({ Principal }) => ({ ...(Principal && { 'lambda:Principal': [Principal] }) }),
  run(input, call) {
    const { FunctionName, Qualifier, StatementId = '', Action = '', Principal = '', SourceArn, SourceAccount } = input;
    if (Qualifier === '$LATEST') throw invalidParameter('We currently do not support adding policies for $LATEST.');
    const lambda = functions.find(FunctionName, call, Qualifier);
    checkRevision(lambda, input.RevisionId);
    if (!/^(\*|\d{12}|arn:aws:iam::\d{12}:.+|[a-z0-9.-]+\.amazonaws\.com)$/.test(Principal))
      throw invalidParameter('The provided principal was invalid. Please check the principal and try again.');
    if (input.EventSourceToken || input.PrincipalOrgID || input.FunctionUrlAuthType)
      throw invalidParameter(
        'EventSourceToken, PrincipalOrgID and FunctionUrlAuthType are not part of the local AWS: use SourceArn and SourceAccount',
      );
    if (lambda.policy.some(({ Sid }) => Sid === StatementId))
      throw new AwsError(
        'ResourceConflictException',
        `The statement id (${StatementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        { Type: 'User' },
      );
    const statement = statementOf(lambda.arn, {
      sid: StatementId,
      action: Action,
      principal: Principal,
      ...(SourceArn !== undefined && { sourceArn: SourceArn }),
      ...(SourceAccount !== undefined && { sourceAccount: SourceAccount }),
    });
    lambda.policy.push(statement);
    lambda.policyRevisionId = newRevision(host);
    return { Statement: JSON.stringify(statement) };
  },
});

/** RemovePermission: by the statement's id. */
export const removePermission = (host: Host, functions: Functions): Operation<RemovePermissionRequest, object> => ({
  resources: onFunction,
  run({ FunctionName, Qualifier, StatementId, RevisionId }, call) {
    const lambda = functions.find(FunctionName, call, Qualifier);
    checkRevision(lambda, RevisionId);
    const kept = lambda.policy.filter(({ Sid }) => Sid !== StatementId);
    if (kept.length === lambda.policy.length)
      throw new AwsError('ResourceNotFoundException', `Statement ${StatementId} is not found in resource policy.`, {
        Type: 'User',
      });
    lambda.policy = kept;
    lambda.policyRevisionId = newRevision(host);
    return {};
  },
});

/** GetPolicy: the whole policy as JSON text. */
export const getPolicy = (functions: Functions): Operation<GetPolicyRequest, GetPolicyResponse> => ({
  resources: onFunction,
  run({ FunctionName, Qualifier }, call) {
    const lambda = functions.find(FunctionName, call, Qualifier);
    if (lambda.policy.length === 0)
      throw new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', { Type: 'User' });
    return {
      Policy: JSON.stringify({ Version: '2012-10-17', Id: 'default', Statement: lambda.policy }),
      RevisionId: lambda.policyRevisionId,
    };
  },
});
