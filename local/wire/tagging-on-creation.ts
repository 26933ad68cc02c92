/**
 * The action that a caller must be allowed besides when it gives tags to what it creates, by the action that creates.
 * EC2 and ELB have a condition key for it and ask in their own words; see their folders.
 * Source: the services' own guides, "tag-based access control" or "tagging permissions"; checked 2026-11-29.
 */
const TAGGING: Record<string, string> = {
  'acm:CreateAcmeDomainValidation': 'acm:TagResource',
  'acm:CreateAcmeEndpoint': 'acm:TagResource',
  'acm:CreateAcmeExternalAccountBinding': 'acm:TagResource',
  'cloudfront:CreateDistribution': 'cloudfront:TagResource',
  'dynamodb:CreateTable': 'dynamodb:TagResource',
  'events:CreateEventBus': 'events:TagResource',
  'events:PutRule': 'events:TagResource',
  'lambda:CreateFunction': 'lambda:TagResource',
  'logs:CreateLogGroup': 'logs:TagResource',
  'secretsmanager:CreateSecret': 'secretsmanager:TagResource',
  'sns:CreateTopic': 'sns:TagResource',
  'ssm:PutParameter': 'ssm:AddTagsToResource',
  'states:CreateStateMachine': 'states:TagResource',
};

/** Undefined where tags need no permission of their own. */
export const taggingAction = (creating: string): string | undefined => TAGGING[creating];
