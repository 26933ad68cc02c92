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

/** What tagging is judged by where creating takes no resource: what will be created. By the action that creates it. */
const CREATED: Record<string, string> = { 'acm:CreateAcmeEndpoint': 'acme-endpoint/*' };

/** The ARNs of what a call will create, as far as they are known; undefined where creating is judged by the same. */
export function createdResources(
  creating: string,
  { region, account }: { region: string; account: string },
): string[] | undefined {
  const created = CREATED[creating];
  return created === undefined ? undefined : [`arn:aws:${creating.split(':')[0]}:${region}:${account}:${created}`];
}

/** Undefined where tags need no permission of their own. */
export const taggingAction = (creating: string): string | undefined => TAGGING[creating];
