import { ROLE_PREFIX } from '../domain/sites/dns.ts';
import type { Grant } from './function.ts';

export interface GrantScope {
  /** "aws", "aws-cn": the partition's part of every ARN. */
  partition: string;
  region: string;
  account: string;
  /** The stack's name, which everything of ours is tagged with. */
  stack: string;
  ledgerArn: string;
  /** The kill switch. */
  mutationParameterArn: string;
  /** The bus that tells what happens to sites. */
  busArn: string;
  workflowArns: string[];
}

/** What each function may do: its own asks and nothing else. Everybody else's permission is a bug waiting. */
export function grantsOf(name: string, scope: GrantScope): Grant[] {
  const grants = functionGrants(scope)[name];
  if (!grants) throw new Error(`Cannot deploy "${name}": infra/grants.ts does not say what it may do`);
  const asksSwitch = grants.some(({ actions }) => actions.some(changesTheWorld));
  const takesRoles = grants.some(({ actions }) => actions.some((action) => action.startsWith('route53:')));
  return [
    ...grants,
    ...(asksSwitch ? [{ actions: ['ssm:GetParameter'], resources: [scope.mutationParameterArn] }] : []),
    ...(takesRoles ? [{ actions: ['sts:AssumeRole'], resources: [dnsRoles(scope)] }] : []),
  ];
}

/** Those of accounts that have the zone of a site: whoever asks Route 53 may take them, and no role of another name. */
const dnsRoles = ({ partition }: GrantScope): string => `arn:${partition}:iam::*:role/${ROLE_PREFIX}*`;

/** Whether an action changes something outside the ledger other than by telling of it, or starts a workflow that will: whoever may do so asks the kill switch. */
function changesTheWorld(action: string): boolean {
  return !/^(dynamodb:|events:PutEvents$|states:(SendTask|Stop)|\w+:(Describe|List|Get))/.test(action);
}

function functionGrants({
  partition,
  region,
  account,
  stack,
  ledgerArn,
  busArn,
  workflowArns,
}: GrantScope): Record<string, Grant[]> {
  const here = (service: string, resource: string): string =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;
  const zones = [`arn:${partition}:route53:::hostedzone/*`];
  const certificates = [here('acm', 'certificate/*')];
  /** Load balancers and what belongs to them carry the prefix of every name that is ours. */
  const elb = (...kinds: string[]): string[] => kinds.map((kind) => here('elasticloadbalancing', kind));
  const loadBalancers = 'loadbalancer/app/np-*/*';
  const listeners = 'listener/app/np-*/*/*';
  const targetGroups = 'targetgroup/np-*/*';

  const ledger = (...verbs: string[]): Grant => ({
    actions: verbs.map((verb) => `dynamodb:${verb}`),
    resources: [ledgerArn],
  });
  const sites: Grant = { actions: ['dynamodb:Query'], resources: [`${ledgerArn}/index/gsi1`] };
  /** What every step does: read the site, write how it went. */
  const step = ledger('Query', 'PutItem');
  const anywhere = (...actions: string[]): Grant => ({ actions, resources: ['*'] });
  const allow = (resources: string[], ...actions: string[]): Grant => ({ actions, resources });
  /** No function overwrites a record blindly, and each writes only the types that are its business. */
  const changeRecords = ({ actions, types }: { actions: string[]; types: string[] }): Grant => ({
    actions: ['route53:ChangeResourceRecordSets'],
    resources: zones,
    conditions: {
      'ForAllValues:StringEquals': {
        'route53:ChangeResourceRecordSetsActions': actions,
        'route53:ChangeResourceRecordSetsRecordTypes': types,
      },
      // An absent key passes ForAllValues; see the IAM guide on multivalued context keys.
      Null: { 'route53:ChangeResourceRecordSetsActions': 'false' },
    },
  });
  /** A name that only a wildcard answers for gets copies of whatever the wildcard has: everything but NS, SOA and DS. */
  const standInTypes = [
    'A',
    'AAAA',
    'CNAME',
    'TXT',
    'MX',
    'CAA',
    'SRV',
    'HTTPS',
    'SVCB',
    'TLSA',
    'SSHFP',
    'NAPTR',
    'PTR',
  ];
  const tagOnCreate = (resources: string[], ...creating: string[]): Grant => ({
    actions: ['ec2:CreateTags'],
    resources,
    conditions: { StringEquals: { 'ec2:CreateAction': creating } },
  });

  /** All that a plan is decided from, and nothing that changes anything. */
  const lookAround = [
    anywhere(
      'ec2:DescribeInstances',
      'ec2:DescribeSubnets',
      'ec2:DescribeRouteTables',
      'ec2:DescribeNetworkAcls',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSecurityGroupRules',
      'ec2:DescribeAddresses',
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeTargetHealth',
      'elasticloadbalancing:DescribeTags',
      'route53:ListHostedZones',
      'acm:ListCertificates',
    ),
    allow(zones, 'route53:GetHostedZone', 'route53:ListTagsForResource', 'route53:ListResourceRecordSets'),
    allow(certificates, 'acm:DescribeCertificate', 'acm:ListTagsForCertificate'),
    // CloudFront's certificates may need the validation records that a change lets go.
    allow([`arn:${partition}:acm:us-east-1:${account}:certificate/*`], 'acm:DescribeCertificate'),
  ];
  /** Only what bears the stack's own tag may be deleted, whoever asks. */
  const removeOurs = (resources: string[], ...actions: string[]): Grant => ({
    actions,
    resources,
    conditions: { StringEquals: { 'aws:ResourceTag/nameplate:stack': stack } },
  });
  /** What is adopted may be given the stack's own tags, and no others. */
  const tagAsOurs = (resources: string[], ...actions: string[]): Grant => ({
    actions,
    resources,
    conditions: {
      StringEquals: { 'aws:RequestTag/nameplate:stack': stack },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['nameplate:site', 'nameplate:stack'] },
    },
  });
  const executions = workflowArns.map((arn) => `${arn.replace(':stateMachine:', ':execution:')}:*`);
  /** Starts an operation, and sees how one stands. */
  const operate = [allow(workflowArns, 'states:StartExecution'), allow(executions, 'states:DescribeExecution')];
  /** A request with an Idempotency-Key about a site that stands. */
  const request = ledger('Query', 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem');

  return {
    'create-plan': [ledger('Query', 'GetItem', 'BatchGetItem', 'PutItem'), ...lookAround],
    // A plan is compared with the world as it is when it is applied.
    'create-site': [request, ...lookAround, ...operate],
    'change-site': [request, ...lookAround, ...operate],
    'resume-site': [request, ...operate],
    'undo-site': [
      request,
      ...operate,
      anywhere(
        'route53:ListHostedZones',
        'ec2:DescribeAddresses',
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeTags',
      ),
      allow(zones, 'route53:ListResourceRecordSets'),
    ],
    'cancel-site': [request, allow(workflowArns, 'states:StartExecution'), allow(executions, 'states:StopExecution')],
    'show-site': [ledger('Query')],
    'list-sites': [sites],
    'show-openapi': [],

    'claim-site': [step],
    'mark-live': [ledger('Query', 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem')],
    'mark-failed': [ledger('Query', 'GetItem', 'PutItem'), allow(workflowArns, 'states:StartExecution')],
    'mark-stopped': [ledger('Query', 'GetItem', 'PutItem'), allow([busArn], 'events:PutEvents')],

    'find-zone': [
      step,
      anywhere('route53:ListHostedZones', 'route53:CreateHostedZone'),
      allow(zones, 'route53:GetHostedZone', 'route53:ListTagsForResource', 'route53:ChangeTagsForResource'),
    ],
    'check-delegation': [step],
    'check-authorization': [step],

    'check-records': [step, allow(zones, 'route53:ListResourceRecordSets')],
    'point-records': [
      step,
      allow(zones, 'route53:ListResourceRecordSets'),
      changeRecords({ actions: ['CREATE', 'DELETE'], types: standInTypes }),
    ],
    'await-sync': [
      step,
      allow([`arn:${partition}:route53:::change/*`], 'route53:GetChange'),
      allow(zones, 'route53:ListResourceRecordSets'),
    ],

    'request-certificate': [
      step,
      anywhere('acm:ListCertificates', 'acm:RequestCertificate'),
      allow(certificates, 'acm:AddTagsToCertificate', 'acm:ListTagsForCertificate', 'acm:DescribeCertificate'),
    ],
    'write-validation-records': [
      step,
      allow(zones, 'route53:ListResourceRecordSets'),
      changeRecords({ actions: ['CREATE', 'DELETE'], types: standInTypes }),
    ],
    // SendTaskSuccess has no resource scope: the task token is the secret that decides.
    'await-certificate': [
      step,
      ledger('GetItem', 'DeleteItem'),
      allow(certificates, 'acm:DescribeCertificate'),
      anywhere('states:SendTaskSuccess'),
    ],

    'reserve-address': [
      step,
      anywhere('ec2:DescribeAddresses'),
      allow([here('ec2', 'elastic-ip/*')], 'ec2:AllocateAddress'),
      allow(
        [here('ec2', 'elastic-ip/*'), here('ec2', 'instance/*'), here('ec2', 'network-interface/*')],
        'ec2:AssociateAddress',
      ),
      tagOnCreate([here('ec2', 'elastic-ip/*')], 'AllocateAddress'),
    ],

    'open-security-groups': [
      step,
      anywhere('ec2:DescribeInstances', 'ec2:DescribeSecurityGroups'),
      allow([here('ec2', 'security-group/*'), here('ec2', 'vpc/*')], 'ec2:CreateSecurityGroup'),
      allow(
        [here('ec2', 'security-group/*'), here('ec2', 'security-group-rule/*')],
        'ec2:AuthorizeSecurityGroupIngress',
        'ec2:RevokeSecurityGroupIngress',
      ),
      tagOnCreate(
        [here('ec2', 'security-group/*'), here('ec2', 'security-group-rule/*')],
        'CreateSecurityGroup',
        'AuthorizeSecurityGroupIngress',
      ),
      tagAsOurs([here('ec2', 'security-group/*')], 'ec2:CreateTags'),
    ],
    'create-target-group': [
      step,
      anywhere(
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
        'elasticloadbalancing:DescribeTags',
      ),
      allow(
        elb(targetGroups),
        'elasticloadbalancing:CreateTargetGroup',
        'elasticloadbalancing:AddTags',
        'elasticloadbalancing:ModifyTargetGroup',
        'elasticloadbalancing:RegisterTargets',
        'elasticloadbalancing:DeregisterTargets',
      ),
    ],
    'create-load-balancer': [
      step,
      anywhere(
        'ec2:DescribeSubnets',
        'ec2:DescribeRouteTables',
        'ec2:DescribeInstances',
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeTags',
      ),
      allow(
        elb(loadBalancers),
        'elasticloadbalancing:CreateLoadBalancer',
        'elasticloadbalancing:AddTags',
        'elasticloadbalancing:SetSecurityGroups',
      ),
      {
        // The account's first load balancer makes the role that ELB works with.
        actions: ['iam:CreateServiceLinkedRole'],
        resources: [`arn:${partition}:iam::${account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/*`],
        conditions: { StringEquals: { 'iam:AWSServiceName': 'elasticloadbalancing.amazonaws.com' } },
      },
    ],
    'create-http-listener': [
      step,
      anywhere('elasticloadbalancing:DescribeListeners', 'elasticloadbalancing:DescribeTags'),
      allow(
        elb(loadBalancers, listeners),
        'elasticloadbalancing:CreateListener',
        'elasticloadbalancing:ModifyListener',
        'elasticloadbalancing:AddTags',
      ),
    ],
    'attach-certificate': [
      step,
      anywhere(
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeListenerCertificates',
        'elasticloadbalancing:DescribeTags',
      ),
      allow(
        elb(loadBalancers, listeners),
        'elasticloadbalancing:CreateListener',
        'elasticloadbalancing:ModifyListener',
        'elasticloadbalancing:AddListenerCertificates',
        'elasticloadbalancing:RemoveListenerCertificates',
        'elasticloadbalancing:AddTags',
      ),
    ],
    'await-load-balancer': [
      step,
      anywhere('elasticloadbalancing:DescribeLoadBalancers', 'elasticloadbalancing:DescribeTargetHealth'),
    ],

    'claim-undo': [step],
    'remove-records': [
      step,
      anywhere(
        'route53:ListHostedZones',
        'ec2:DescribeAddresses',
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeTags',
      ),
      allow(zones, 'route53:ListResourceRecordSets'),
      changeRecords({ actions: ['CREATE', 'DELETE'], types: standInTypes }),
    ],
    'await-removal': [step, allow([`arn:${partition}:route53:::change/*`], 'route53:GetChange')],
    'remove-targets': [
      step,
      anywhere('elasticloadbalancing:DescribeTargetHealth'),
      allow(elb(targetGroups), 'elasticloadbalancing:DeregisterTargets'),
    ],
    'remove-listeners': [
      step,
      anywhere(
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeListenerCertificates',
        'elasticloadbalancing:DescribeTags',
      ),
      removeOurs(
        elb(listeners),
        'elasticloadbalancing:DeleteListener',
        'elasticloadbalancing:ModifyListener',
        'elasticloadbalancing:RemoveListenerCertificates',
        'elasticloadbalancing:RemoveTags',
      ),
    ],
    'remove-load-balancer': [
      step,
      anywhere(
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeListeners',
        'elasticloadbalancing:DescribeTags',
      ),
      removeOurs(
        elb(loadBalancers),
        'elasticloadbalancing:DeleteLoadBalancer',
        'elasticloadbalancing:SetSecurityGroups',
        'elasticloadbalancing:RemoveTags',
      ),
    ],
    'remove-target-groups': [
      step,
      anywhere(
        'elasticloadbalancing:DescribeLoadBalancers',
        'elasticloadbalancing:DescribeTargetGroups',
        'elasticloadbalancing:DescribeTargetHealth',
        'elasticloadbalancing:DescribeTags',
      ),
      removeOurs(
        elb(targetGroups),
        'elasticloadbalancing:DeleteTargetGroup',
        'elasticloadbalancing:ModifyTargetGroup',
        'elasticloadbalancing:RegisterTargets',
        'elasticloadbalancing:DeregisterTargets',
        'elasticloadbalancing:RemoveTags',
      ),
    ],
    'remove-security-groups': [
      step,
      anywhere('ec2:DescribeSecurityGroups', 'ec2:DescribeSecurityGroupRules'),
      // The group is the instance's, which bears no tag of ours; the rule is chosen by its tags.
      allow([here('ec2', 'security-group/*'), here('ec2', 'security-group-rule/*')], 'ec2:RevokeSecurityGroupIngress'),
      removeOurs([here('ec2', 'security-group/*')], 'ec2:DeleteSecurityGroup', 'ec2:DeleteTags'),
    ],
    'release-address': [
      step,
      anywhere('ec2:DescribeAddresses'),
      removeOurs([here('ec2', 'elastic-ip/*')], 'ec2:DisassociateAddress', 'ec2:ReleaseAddress'),
    ],
    'remove-certificates': [
      step,
      anywhere('acm:ListCertificates'),
      allow(certificates, 'acm:DescribeCertificate', 'acm:ListTagsForCertificate'),
      removeOurs(certificates, 'acm:DeleteCertificate', 'acm:RemoveTagsFromCertificate'),
    ],
    'remove-validation-records': [
      step,
      anywhere('route53:ListHostedZones', 'acm:ListCertificates'),
      allow(
        [...new Set([...certificates, `arn:${partition}:acm:us-east-1:${account}:certificate/*`])],
        'acm:DescribeCertificate',
      ),
      allow(zones, 'route53:ListResourceRecordSets'),
      changeRecords({ actions: ['CREATE', 'DELETE'], types: standInTypes }),
    ],
    // Route 53 knows no conditions on tags: the function compares the zone's caller reference.
    'remove-zone': [
      step,
      anywhere('route53:ListHostedZones'),
      allow(zones, 'route53:GetHostedZone', 'route53:ListResourceRecordSets', 'route53:DeleteHostedZone'),
    ],
    'mark-undone': [ledger('Query', 'GetItem', 'PutItem', 'UpdateItem', 'DeleteItem')],

    preflight: [step],
    'probe-site': [step],
  };
}
