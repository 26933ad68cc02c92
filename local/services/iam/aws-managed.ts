import type { ManagedPolicy } from './store.ts';

// Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaBasicExecutionRole.html; checked 2026-11-22.
const LAMBDA_BASIC_EXECUTION: ManagedPolicy = {
  name: 'AWSLambdaBasicExecutionRole',
  arn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
  id: 'ANPAJNCQGXC42545SKXIK',
  path: '/service-role/',
  description: 'Provides write permissions to CloudWatch Logs.',
  createdAt: new Date('2015-04-09T15:03:43Z'),
  document: JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: '*',
      },
    ],
  }),
};

/** The policies that AWS itself manages, as far as the local AWS has them. */
export const awsManagedPolicies: readonly ManagedPolicy[] = [LAMBDA_BASIC_EXECUTION];
