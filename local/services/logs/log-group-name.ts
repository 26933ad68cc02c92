import { AwsError } from '../../wire/service.ts';

/** The group an operation means: by name or, in newer operations, by name or ARN in `logGroupIdentifier`. */
export function logGroupName(input: {
  logGroupName?: string | undefined;
  logGroupIdentifier?: string | undefined;
}): string {
  if (input.logGroupName !== undefined && input.logGroupIdentifier !== undefined)
    throw new AwsError(
      'InvalidParameterException',
      'Exactly one of the parameters logGroupName and logGroupIdentifier must be provided.',
    );
  const name = input.logGroupName ?? /:log-group:([^:]+)/.exec(input.logGroupIdentifier ?? '')?.[1];
  const found = name ?? input.logGroupIdentifier;
  if (!found)
    throw new AwsError(
      'InvalidParameterException',
      'Exactly one of the parameters logGroupName and logGroupIdentifier must be provided.',
    );
  return found;
}

/** "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/f", without the ":*" that policies end in. */
export const logGroupArn = (region: string, account: string, name: string): string =>
  `arn:aws:logs:${region}:${account}:log-group:${name}`;
