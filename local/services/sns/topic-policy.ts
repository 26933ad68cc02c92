import { evaluateResourcePolicy } from '../../permissions/resource-policy.ts';
import { AwsError, type Call } from '../../wire/service.ts';
import type { Topic } from './topic.ts';

/** The policy a topic has until another is set: the account's own principals, and no AWS service. */
export const defaultPolicy = (arn: string, account: string): string =>
  JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: arn,
        Condition: { StringEquals: { 'AWS:SourceOwner': account } },
      },
    ],
  });

/** Refuses an AWS service that the topic's policy does not let publish. Roles are judged by their own policies, before. */
export function checkTopicPolicy(topic: Topic, { principal, account }: Call): void {
  if (principal.service === undefined || principal.roleArn !== undefined) return;
  const verdict = evaluateResourcePolicy(JSON.parse(topic.attributes.get('Policy') ?? '{"Statement":[]}'), {
    principal,
    action: 'sns:Publish',
    resource: topic.arn,
    conditions: { 'aws:SourceArn': [principal.sourceArn ?? principal.arn], 'aws:SourceAccount': [account] },
  });
  if (verdict === 'allow') return;
  throw new AwsError(
    'AuthorizationError',
    `User: ${principal.service} is not authorized to perform: SNS:Publish on resource: ${topic.arn} because no resource-based policy allows the SNS:Publish action`,
  );
}
