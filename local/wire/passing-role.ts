import type { Dependent } from './service.ts';

/**
 * Whoever hands a role to a service must be allowed to pass it to that service.
 * Source: IAM User Guide, "Grant a user permissions to pass a role to an AWS service"; checked 2026-11-29.
 */
export const passingRole = (roleArn: string, service: string): Dependent => ({
  action: 'iam:PassRole',
  resources: [{ arn: roleArn, keys: { 'iam:PassedToService': [service] } }],
});
