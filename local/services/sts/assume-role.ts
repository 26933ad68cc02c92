import type { AssumeRoleCommandInput, AssumeRoleCommandOutput } from '@aws-sdk/client-sts';
import type { Host } from '../../host.ts';
import { evaluateResourcePolicy } from '../../permissions/resource-policy.ts';
import { AwsError, type Call, type Operation } from '../../wire/service.ts';
import type { StsDependencies } from './service.ts';

// Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html; checked 2026-11-22.
const MAX_CHAINED_SECONDS = 3600;
const DEFAULT_SECONDS = 3600;

/** Temporary credentials of a role whose trust policy admits the caller. */
export function assumeRole(
  host: Host,
  { roles, issue }: StsDependencies,
): Operation<AssumeRoleCommandInput, Omit<AssumeRoleCommandOutput, '$metadata'>> {
  return {
    // Before anything is judged: AWS has no permission to ask for.
    resources: ({ RoleArn = '' }) => [checkedArn(RoleArn)],
    conditions: conditionsOf,
    run(input, call) {
      const { RoleArn = '', RoleSessionName: sessionName = '', DurationSeconds = DEFAULT_SECONDS } = input;
      const role = roles.find(RoleArn);
      const verdict = evaluateResourcePolicy(roles.trustOf(RoleArn), {
        principal: call.principal,
        action: 'sts:AssumeRole',
        resource: RoleArn,
        conditions: { ...conditionsOf(input), 'aws:PrincipalArn': [call.principal.roleArn ?? call.principal.arn] },
      });
      if (!role || verdict !== 'allow') throw notAuthorized(RoleArn, call);
      checkLimits(DurationSeconds, { max: role.maxSessionSeconds, chained: call.principal.roleArn !== undefined });
      const expiresAt = new Date(host.clock.now().getTime() + DurationSeconds * 1000);
      const { arn, roleArn } = call.principal;
      const credentials = issue(RoleArn, sessionName, {
        expiresAt,
        ...(roleArn === undefined ? {} : { assumedBy: arn }),
      });
      return {
        Credentials: {
          AccessKeyId: credentials.accessKeyId,
          SecretAccessKey: credentials.secretAccessKey,
          SessionToken: credentials.sessionToken,
          Expiration: expiresAt,
        },
        AssumedRoleUser: { Arn: credentials.arn, AssumedRoleId: `${role.id}:${sessionName}` },
      };
    },
  };
}

const conditionsOf = ({ ExternalId, RoleSessionName }: AssumeRoleCommandInput): Record<string, string[]> => ({
  ...(ExternalId === undefined ? {} : { 'sts:ExternalId': [ExternalId] }),
  ...(RoleSessionName === undefined ? {} : { 'sts:RoleSessionName': [RoleSessionName] }),
});

/** AWS says the same for a role that isn't there, so that nobody learns which roles are. */
const notAuthorized = (roleArn: string, { principal }: Call): AwsError =>
  new AwsError(
    'AccessDenied',
    `User: ${principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
    {
      status: 403,
    },
  );

/** Source: AssumeRole, `RoleArn`, and what AWS answers to others; checked 2026-11-29. */
function checkedArn(arn: string): string {
  if (!/^arn:[\w-]+:iam::\d{12}:role\/[\w+=,.@\-/]+$/.test(arn))
    throw new AwsError('ValidationError', `${arn} is invalid`);
  return arn;
}

function checkLimits(seconds: number, { max, chained }: { max: number; chained: boolean }): void {
  if (chained && seconds > MAX_CHAINED_SECONDS) {
    const message = 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining';
    throw new AwsError('ValidationError', message);
  }
  if (seconds <= max) return;
  throw new AwsError(
    'ValidationError',
    'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
  );
}
