import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { functionFiles, functionName } from '../../infra/bundle.ts';
import { nameplateApp } from '../../infra/synthesize.ts';
import { definitionOf, WORKFLOWS } from '../../infra/workflows/definition.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

const functions = mkdtempSync(join(tmpdir(), 'nameplate-functions-'));
let template: Template;

beforeAll(() => {
  // What is in a function does not show in the template.
  for (const name of functionFiles().map(functionName)) {
    mkdirSync(join(functions, name));
    writeFileSync(join(functions, name, 'index.cjs'), `// ${name}`);
  }
  const app = nameplateApp({ functions, checked: false });
  const stack = app.node.findChild('Nameplate') as Parameters<typeof Template.fromStack>[0];
  template = Template.fromStack(stack);
});
afterAll(() => rmSync(functions, { recursive: true }));

/** The logical ID of the function that workflows of every version end with: it must not change. */
const MARK_FAILED = 'MarkFailedFunction4BE5431B';

const list = (value: string | string[]): string[] => [value].flat();

const statements = (): { policy: string; statement: Statement }[] =>
  Object.entries(template.findResources('AWS::IAM::Policy')).flatMap(([policy, resource]) =>
    (resource.Properties.PolicyDocument.Statement as Statement[]).map((statement) => ({ policy, statement })),
  );

test.each([
  ['us-east-1', ['Nameplate']],
  ['eu-west-1', ['Nameplate', 'NameplateEvents-eu-west-1']],
])(
  "13: the stacks of an app at home in %s: the one in CloudFront's region is there where that is another region",
  (home, stacks) => {
    const { children } = nameplateApp({ functions, home, checked: false }).node;
    expect(children.filter(Stack.isStack).map(({ stackName }) => stackName)).toEqual(stacks);
  },
);

describe('the template', () => {
  test('has one function for every file of functions/, and each has a role and a log of its own', () => {
    template.resourceCountIs('AWS::Lambda::Function', functionFiles().length);
    const roles = Object.values(template.findResources('AWS::Lambda::Function')).map((found) =>
      JSON.stringify(found.Properties.Role),
    );
    expect(new Set(roles).size).toBe(functionFiles().length);
    // And the access log.
    template.resourceCountIs('AWS::Logs::LogGroup', functionFiles().length + 1);
  });

  test('B10: tells no function that it runs in the small internet, where documentation addresses exist', () => {
    expect(JSON.stringify(template.findResources('AWS::Lambda::Function'))).not.toContain('SMALL_INTERNET');
  });

  test('keeps the pages of sites that are down private, but to the distributions of the account', () => {
    const [bucket] = Object.values(template.findResources('AWS::S3::Bucket'));
    expect(bucket).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      },
    });
    const [policy] = Object.values(template.findResources('AWS::S3::BucketPolicy'));
    const allowed = (policy?.Properties.PolicyDocument.Statement as Statement[] | undefined)?.filter(
      ({ Effect }) => Effect === 'Allow',
    );
    expect(allowed).toMatchObject([
      {
        Action: 's3:GetObject',
        Principal: { Service: 'cloudfront.amazonaws.com' },
        Condition: {
          StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
          ArnLike: { 'aws:SourceArn': expect.anything() },
        },
      },
    ]);
  });

  test('leaves all that serves the pages of live sites when it is deleted', () => {
    for (const type of ['S3::BucketPolicy', 'CloudFront::OriginAccessControl', 'CloudFront::ResponseHeadersPolicy']) {
      const found = Object.values(template.findResources(`AWS::${type}`));
      expect(found.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['Retain']);
    }
  });

  test('allows no action by a wildcard', () => {
    const wild = statements().flatMap(({ policy, statement }) =>
      list(statement.Action)
        .filter((action) => action.includes('*'))
        .map((action) => `${policy}: ${action}`),
    );
    expect(wild).toEqual([]);
  });

  test('lets a plan look at the world and write into the ledger only', () => {
    const actions = statements()
      .filter(({ policy }) => /^(CreatePlan|SurveyAccount)/.test(policy))
      .flatMap(({ statement }) => list(statement.Action));
    expect(actions).toContain('acm:ListCertificates');
    // Taking the role of an account that has a zone changes nothing by itself.
    const changing = actions.filter((action) => !/:(Describe|List|Get|BatchGet|Query)|^(logs|xray|sts):/.test(action));
    expect(changing).toEqual(['dynamodb:PutItem', 'lambda:InvokeFunction']);
  });

  test('gives the functions that begin operations no look at the account but by the function that has it', () => {
    const actions = statements()
      .filter(({ policy }) => /^(Create|Change)Site|^CreatePlan/.test(policy))
      .flatMap(({ statement }) => list(statement.Action));
    expect(actions.filter((action) => /^(ec2|elasticloadbalancing|acm|route53|cloudfront|sts):/.test(action))).toEqual(
      [],
    );
    const survey = Object.keys(template.findResources('AWS::Lambda::Function')).find((id) =>
      id.startsWith('SurveyAccount'),
    );
    const invoking = statements().filter(({ statement }) => list(statement.Action).includes('lambda:InvokeFunction'));
    const asking = invoking.filter(({ policy }) => /^(Create|Change)Site|^CreatePlan/.test(policy));
    expect(asking.map(({ statement }) => statement.Resource)).toEqual(
      Array.from({ length: 3 }, () => ({ 'Fn::GetAtt': [survey, 'Arn'] })),
    );
  });

  test('gives the functions that take a site back no look at the account but by the function that has it', () => {
    const ofThem = statements().filter(({ policy }) => /^(Undo|Delete)Site/.test(policy));
    const actions = ofThem.flatMap(({ statement }) => list(statement.Action));
    expect(actions.filter((action) => /^(ec2|elasticloadbalancing|acm|route53|cloudfront|sts):/.test(action))).toEqual(
      [],
    );
    const survey = Object.keys(template.findResources('AWS::Lambda::Function')).find((id) =>
      id.startsWith('SurveyRemoval'),
    );
    const asking = ofThem.filter(({ statement }) => list(statement.Action).includes('lambda:InvokeFunction'));
    expect(asking.map(({ statement }) => statement.Resource)).toEqual(
      Array.from({ length: 2 }, () => ({ 'Fn::GetAtt': [survey, 'Arn'] })),
    );
  });

  test('lets only those functions delete that take something back, each its own kind of thing', () => {
    const deleting = statements().flatMap(({ policy, statement }) =>
      list(statement.Action)
        .filter((action) =>
          /^(route53|acm|elasticloadbalancing|ec2):(Delete|Release|Terminate|Disassociate)/.test(action),
        )
        .map((action) => `${policy.replace(/Role.*$/, '')}: ${action}`),
    );
    expect([...new Set(deleting)].sort()).toEqual([
      'Certificate: acm:DeleteCertificate',
      'ChangeServer: ec2:TerminateInstances',
      'CreateServerCredentials: acm:DeleteAcmeExternalAccountBinding',
      'DomainValidation: acm:DeleteAcmeDomainValidation',
      'DomainValidation: acm:DeleteAcmeEndpoint',
      'DomainValidation: acm:DeleteAcmeExternalAccountBinding',
      'ElasticIp: ec2:DeleteTags',
      'ElasticIp: ec2:DisassociateAddress',
      'ElasticIp: ec2:ReleaseAddress',
      'HealthCheck: route53:DeleteHealthCheck',
      'HostedZone: route53:DeleteHostedZone',
      'Instance: ec2:DeleteSecurityGroup',
      'Instance: ec2:DeleteTags',
      'Instance: ec2:TerminateInstances',
      'Listener: elasticloadbalancing:DeleteListener',
      'Listener: elasticloadbalancing:DeleteRule',
      'ListenerCertificate: elasticloadbalancing:DeleteRule',
      'LoadBalancer: elasticloadbalancing:DeleteLoadBalancer',
      'SecurityGroup: ec2:DeleteSecurityGroup',
      'SecurityGroup: ec2:DeleteTags',
      'TargetGroup: elasticloadbalancing:DeleteTargetGroup',
      'ViewerCertificate: acm:DeleteCertificate',
    ]);
  });

  test('reserves no concurrency: a new account has none to give (A7)', () => {
    expect(JSON.stringify(template.toJSON())).not.toContain('ReservedConcurrentExecutions');
  });

  test('W13: lets workflows call every function of the stack, so that one that is gone is missing and not denied', () => {
    const calling = statements().filter(
      ({ policy, statement }) =>
        /^(Onboard|Undo|Switch)Role/.test(policy) && list(statement.Action).includes('lambda:InvokeFunction'),
    );
    expect(calling).toHaveLength(WORKFLOWS.length);
    for (const { statement } of calling) expect(JSON.stringify(statement.Resource)).toMatch(/:function:Nameplate-\*"/);
  });

  test('W13: keeps the function that workflows of every version end with under its logical ID', () => {
    const ids = Object.keys(template.findResources('AWS::Lambda::Function'));
    expect(ids.filter((id) => id.startsWith('MarkFailed'))).toEqual([MARK_FAILED]);
  });

  test('lets the functions that keep schedules pass one role, to EventBridge Scheduler alone, which invokes one function', () => {
    const passing = statements().filter(({ statement }) =>
      JSON.stringify(statement.Condition ?? {}).includes('"iam:PassedToService":"scheduler.amazonaws.com"'),
    );
    expect(passing.map(({ policy }) => policy.replace(/Role.*$/, '')).sort()).toEqual([
      'ChangeWindow',
      'CreateWindow',
      'FollowAlarm',
      'FollowWindow',
      'SweepMaintenance',
      'SwitchMaintenance',
    ]);
    for (const { statement } of passing)
      expect(statement.Resource).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^SchedulerRole/), 'Arn'] });
    const [invoking] = statements().filter(({ policy }) => policy.startsWith('SchedulerRole'));
    expect(invoking?.statement).toMatchObject({
      Action: 'lambda:InvokeFunction',
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^FollowWindowFunction/), 'Arn'] },
    });
  });

  test('lets one function create roles, in a path of the stack and bounded, one pass them to ACM alone, and one pass that of instances to EC2 alone', () => {
    const touching = statements().flatMap(({ policy, statement }) => {
      const actions = list(statement.Action).filter((action) => /^iam:(?!CreateServiceLinkedRole|Get)/.test(action));
      const toScheduler = JSON.stringify(statement.Condition ?? {}).includes('scheduler.amazonaws.com');
      return actions.length > 0 && !toScheduler ? [{ of: policy.replace(/Role.*$/, ''), actions, statement }] : [];
    });
    expect(touching.map(({ of, actions }) => `${of}: ${actions.join(' ')}`).sort()).toEqual([
      'CreateServerCredentials: iam:PassRole',
      'DomainValidation: iam:CreateRole iam:PutRolePolicy',
      'DomainValidation: iam:DeleteRole iam:DeleteRolePolicy',
      'DomainValidation: iam:TagRole',
      'Instance: iam:PassRole',
    ]);
    const [launching] = touching.filter(({ of }) => of === 'Instance');
    expect(launching?.statement).toMatchObject({
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^InstancesRole/), 'Arn'] },
      Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    });
    for (const { statement } of touching.filter(({ of }) => of !== 'Instance'))
      expect(JSON.stringify(statement.Resource)).toContain(':role/nameplate/Nameplate/');
    const conditions = JSON.stringify(touching.map(({ statement }) => statement.Condition ?? {}));
    expect(conditions).toMatch(/"iam:PermissionsBoundary":\{"Ref":"AcmeBoundary\w+"\}/);
    expect(conditions).toContain('"iam:PassedToService":"acm-acme.amazonaws.com"');
  });

  test('lets Session Manager in to the instances that it launches, and gives them nothing else of the account', () => {
    template.hasResourceProperties('AWS::IAM::InstanceProfile', {
      Roles: [{ Ref: Match.stringLikeRegexp('^InstancesRole') }],
    });
    const granted = statements().filter(({ policy }) => policy.startsWith('InstancesRole'));
    expect(granted.flatMap(({ statement }) => list(statement.Action)).sort()).toEqual([
      'ssm:UpdateInstanceInformation',
      'ssmmessages:CreateControlChannel',
      'ssmmessages:CreateDataChannel',
      'ssmmessages:OpenControlChannel',
      'ssmmessages:OpenDataChannel',
    ]);
  });

  test('bounds the roles that it creates by certificates of ACME', () => {
    template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
      PolicyDocument: {
        Statement: [
          {
            Action: ['acm:RequestCertificate', 'acm:RevokeCertificate'],
            Condition: { StringEquals: { 'acm:CertificateKeyPairOrigin': 'ACME' } },
            Effect: 'Allow',
            Resource: '*',
          },
        ],
      },
    });
  });

  test('lets records be changed only by the functions whose business it is, never by UPSERT', () => {
    const writers = statements().filter(({ statement }) =>
      list(statement.Action).includes('route53:ChangeResourceRecordSets'),
    );
    expect(writers.map(({ policy }) => policy.replace(/Role.*$/, '')).sort()).toEqual([
      'Delegation',
      'HostedZone',
      'Record',
      'ServerValidationRecord',
      'ValidationRecord',
    ]);
    expect(JSON.stringify(writers)).not.toContain('UPSERT');
    // One function delegates, and writes nothing else.
    const delegating = writers.filter(({ statement }) => JSON.stringify(statement).includes('"NS"'));
    expect(delegating.map(({ policy }) => policy.replace(/Role.*$/, ''))).toEqual(['Delegation']);
    expect(JSON.stringify(delegating)).not.toContain('"A"');
  });

  test('S13: whoever asks Route 53 may take a role of another account by its name, and nobody else any role', () => {
    const ofPolicy = Map.groupBy(statements(), ({ policy }) => policy);
    for (const [policy, theirs] of ofPolicy) {
      const asks = theirs.some(({ statement }) =>
        list(statement.Action).some((action) => action.startsWith('route53:')),
      );
      const taking = theirs.filter(({ statement }) => list(statement.Action).includes('sts:AssumeRole'));
      expect([policy, taking.length]).toEqual([policy, asks ? 1 : 0]);
      for (const { statement } of taking)
        expect(JSON.stringify(statement.Resource)).toMatch(/:iam::\*:role\/nameplate-\*"/);
    }
  });

  test('S14: whoever may change something outside the ledger may ask for the kill switch, and for nothing else of SSM', () => {
    template.hasResourceProperties('AWS::SSM::Parameter', {
      Name: '/nameplate/Nameplate/mutation',
      Value: 'allowed',
      AllowedPattern: '^(allowed|stopped)$',
    });
    const ofPolicy = Map.groupBy(statements(), ({ policy }) => policy);
    const harmless = /^(dynamodb|logs|xray|ssm|sts|lambda|events):|^states:(Stop|SendTask)|:(Describe|List|Get)/;
    for (const [policy, theirs] of ofPolicy) {
      if (/^(Onboard|Undo|Instances)Role/.test(policy)) continue;
      const actions = theirs.flatMap(({ statement }) => list(statement.Action));
      const changes = actions.some((action) => !harmless.test(action));
      expect([policy, actions.filter((action) => action.startsWith('ssm:'))]).toEqual([
        policy,
        changes ? ['ssm:GetParameter'] : [],
      ]);
    }
    const asking = statements().filter(({ statement }) => list(statement.Action).includes('ssm:GetParameter'));
    expect(asking.length).toBeGreaterThan(15);
    // The newest images are parameters that AWS publishes.
    const asked = asking
      .flatMap(({ statement }) => [statement.Resource].flat().map((each) => JSON.stringify(each)))
      .filter((resource) => !resource.includes('::parameter/aws/service/ami-amazon-linux-latest/'));
    expect(new Set(asked).size).toBe(1);
  });

  test('asks for a signature on every route', () => {
    const routes = Object.values(template.findResources('AWS::ApiGatewayV2::Route'));
    expect(routes.length).toBeGreaterThan(0);
    expect(routes.map((route) => route.Properties.AuthorizationType)).toEqual(routes.map(() => 'AWS_IAM'));
  });

  test('A7: refuses another partition by a sentence, whatever deploys it, before it creates anything', () => {
    expect(template.toJSON().Rules.OnePartition).toEqual({
      Assertions: [
        {
          Assert: { 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws'] },
          AssertDescription: expect.stringMatching(
            /^Nameplate works in the partition "aws" only, .*; deploy it to a region/,
          ),
        },
      ],
    });
  });

  test('B5: logs the caller of every request of the API, as JSON', () => {
    const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
    const { AccessLogSettings, DefaultRouteSettings, StageName } = stage?.Properties ?? {};
    expect([StageName, DefaultRouteSettings]).toEqual([
      '$default',
      { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    ]);
    expect(JSON.parse(AccessLogSettings.Format)).toMatchObject({
      caller: '$context.identity.userArn',
      requestId: '$context.requestId',
      route: '$context.routeKey',
      status: '$context.status',
      sourceIp: '$context.identity.sourceIp',
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: '/aws/vendedlogs/apigateway/Nameplate',
      RetentionInDays: 90,
    });
  });

  test("hears ACM's event and no other", () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { source: ['aws.acm'], 'detail-type': ['ACM Certificate Available'] },
      Targets: [Match.objectLike({ Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^AwaitCertificate'), 'Arn'] } })],
    });
  });

  test.each([
    [
      'looks at the page of a site as soon as it is live, which arms its failover, and as soon as viewers see it',
      ['Site Live', 'Failover Began'],
      'ProvePage',
    ],
    [
      'F4: follows what has asked for a maintenance while an operation ran as soon as it has ended',
      ['Site Live', 'Maintenance Switched'],
      'FollowWindow',
    ],
  ])('%s', (_, events, callee) => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { source: ['nameplate'], 'detail-type': events },
      Targets: [
        Match.objectLike({
          Arn: { 'Fn::GetAtt': [Match.stringLikeRegexp(`^${callee}`), 'Arn'] },
          InputTransformer: Match.objectLike({ InputTemplate: '{"domain":<detail-domain>}' }),
        }),
      ],
    });
  });

  test('keeps the ledger when the stack goes, and can take it back to any second', () => {
    template.hasResource('AWS::DynamoDB::GlobalTable', {
      DeletionPolicy: 'Retain',
      Properties: {
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        Replicas: [Match.objectLike({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } })],
      },
    });
  });

  test.each(WORKFLOWS)('fills in every name that the workflow %s leaves open, and no other', (name) => {
    const text = JSON.stringify(definitionOf(name));
    const open = new Set([...text.matchAll(/\$\{(\w+)\}/g)].map(([, found]) => found));
    const machine = Object.values(template.findResources('AWS::StepFunctions::StateMachine')).find(
      ({ Properties }) => Properties.StateMachineName === `Nameplate-${name}`,
    );
    expect(machine?.Properties.DefinitionString).toBe(text);
    const filled = Object.keys(machine?.Properties.DefinitionSubstitutions ?? {});
    expect(filled.sort()).toEqual([...open].sort());
  });
});

test('cdk-nag has nothing to say that has no reason written beside it', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'nameplate-nag-'));
  try {
    expect(() => nameplateApp({ functions, outdir }).synth()).not.toThrow();
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

test('a function that nobody said what it may do cannot be deployed', async () => {
  const { grantsOf } = await import('../../infra/grants/grants-of.ts');
  const scope = {
    partition: 'aws',
    region: 'r',
    account: 'a',
    stack: 's',
    ledgerArn: 'l',
    mutationParameterArn: 'm',
    busArn: 'b',
    workflowArns: ['w'],
    surveyArn: 'v',
    surveyRemovalArn: 'v',
    pagesArn: 'p',
    acmeBoundaryArn: 'p',
    instanceRoleArn: 'arn:aws:iam::123456789012:role/Instances',
    scheduleArns: 's',
    schedulerRoleArn: 'r',
    followArn: 'f',
    proveArn: 'p',
    careArn: 'c',
    repairArn: 'r',
  };
  expect(() => grantsOf('a-new-step', scope)).toThrow('infra/grants/ does not say what it may do');
  expect(
    functionFiles()
      .map(functionName)
      .map((name) => grantsOf(name, scope))
      .every(Array.isArray),
  ).toBe(true);
});
