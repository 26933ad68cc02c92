import { Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Why a resource with a wildcard is as narrow as it gets. */
const reasons: [pattern: RegExp, reason: string][] = [
  [/^\*$/, 'These actions take no resource, or AWS cannot know it yet: Describe and List calls, X-Ray, task callbacks'],
  [
    /:route53:::hostedzone\//,
    'Which zone holds a site is known when it is onboarded; actions and record types are narrowed by condition',
  ],
  [
    /:route53:::healthcheck\//,
    'A health check has its id from the answer that created it; its caller reference is compared before it is changed or deleted',
  ],
  [/^<PagesBucket\w+\.Arn>\//, 'Each site has a page of its own in the bucket, under one prefix'],
  [/:route53:::change\//, 'A change has its id from the answer that made it'],
  [/:acm:.*:certificate\//, 'A certificate has its id from the answer that requested it'],
  [
    /:acm:.*:acme-endpoint\//,
    "An ACME endpoint has its id from the answer that created it; changing and deleting is narrowed to what bears the stack's tag",
  ],
  [
    /:role\/nameplate(?:\/|-acme-)/,
    "Roles in the stack's own path, one for each site whose server gets its certificate by ACME; the stack's boundary bounds them",
  ],
  [
    /:cloudfront::.*:distribution\//,
    "A distribution has its id from the answer that created it; changing and deleting is narrowed to what bears the stack's tag",
  ],
  [
    /:cloudfront::.*:function\/np-\*-bypass$/,
    "A function is named after its site when it is declared; changing and deleting is narrowed to what bears the stack's tag",
  ],
  [
    /:secretsmanager:.*:secret:/,
    'Which secret holds a certificate is known when its site is declared; reading is narrowed to what its owner has tagged for the stack',
  ],
  [/:elasticloadbalancing:.*\/np-/, 'Load balancers, target groups and listeners of ours all begin with "np-"'],
  [
    /:elasticloadbalancing:.*:listener(-rule)?\/app\/\*/,
    "A load balancer that exists is named when a site is declared; only the list of certificates of its listeners can be changed, and rules that bear the stack's tag",
  ],
  [
    /:lambda:.*:function:/,
    'An execution of an earlier version may call functions of the stack that this one does not have',
  ],
  [
    /:cloudwatch:.*:alarm(-mute-rule)?:/,
    'Which alarm switches a site is known when it is declared; alarms are only read',
  ],
  [/:scheduler:.*:schedule\//, 'A schedule is named after its site and window when it is declared'],
  [/:states:.*:execution:/, 'An execution is named after the site and its revision'],
  [
    /:ec2:/,
    "Instances, groups and addresses are the sites' own, named when they are declared; deleting is narrowed to what bears the stack's tag",
  ],
  [/:ssm:.*::parameter\/aws\/service\//, 'AWS itself publishes these parameters: the newest images of Amazon Linux'],
  [
    /:iam::\*:role\/nameplate-/,
    'Roles of other accounts that have a zone: each lets this stack in itself, by an external id',
  ],
  [/:role\/aws-service-role\//, 'The service-linked role of Elastic Load Balancing, which AWS names'],
];

/**
 * Acknowledges cdk-nag's finding for each wildcard resource, with its reason.
 *
 * @throws {Error} for a wildcard without a reason
 */
export function acknowledgeWildcards(scope: IConstruct, resources: string[]): void {
  for (const resource of resources.filter((arn) => arn.includes('*'))) {
    const arn = readable(scope, resource);
    const reason = reasons.find(([pattern]) => pattern.test(arn))?.[1];
    if (!reason) throw new Error(`Cannot allow "${arn}": infra/acknowledge.ts has no reason for it`);
    Validations.of(scope).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${arn}]`,
      reason,
    });
  }
}

/** Acknowledges a finding by its rule. */
export function acknowledge(scope: IConstruct, rule: string, reason: string): void {
  Validations.of(scope).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
}

/** The ARN as cdk-nag writes it, with references in angle brackets: "<PagesBucket7D4A.Arn>/*". */
function readable(scope: IConstruct, arn: string): string {
  const resolved = Stack.of(scope).resolve(arn) as string | { 'Fn::Join': [string, (string | Reference)[]] };
  if (typeof resolved === 'string') return resolved;
  const [delimiter, parts] = resolved['Fn::Join'];
  return parts
    .map((part) => (typeof part === 'string' ? part : `<${part.Ref ?? part['Fn::GetAtt']?.join('.')}>`))
    .join(delimiter);
}

interface Reference {
  Ref?: string;
  'Fn::GetAtt'?: string[];
}
