import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { aStack, deployed } from './a-stack.ts';

const PolicyDocument = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** The calls that one resource makes, without their principal. */
async function callsFor(
  Type: string,
  Properties: object,
  answers: Record<string, (input: never) => object> = {},
): Promise<{ calls: [string, unknown][]; ref: string; attributes: Record<string, string> }> {
  const wanted = ['Arn', 'Id', 'Name', 'TopicName', 'Value', 'PolicyArn'];
  const { calls, resources } = await deployed(
    aStack({ It: { Type, Properties: Properties as Record<string, unknown> } }),
    answers,
  );
  const attributes: Record<string, string> = {};
  for (const name of wanted) {
    try {
      const { outputs } = await deployed(
        aStack(
          { It: { Type, Properties: Properties as Record<string, unknown> } },
          { Outputs: { [name]: { Value: { 'Fn::GetAtt': ['It', name] } } } },
        ),
        answers,
      );
      Object.assign(attributes, outputs);
    } catch (error) {
      if (!/it refers to the attribute/.test(String(error))) throw error;
    }
  }
  return {
    calls: calls.map(({ operation, input }) => [operation, input]),
    ref: resources.get('It')?.physicalId ?? '',
    attributes,
  };
}

const generated = expect.stringMatching(/^Stack-It-[0-9A-Za-z]{12}$/);

describe('resources', () => {
  test('AWS::IAM::InstanceProfile is a profile with its role', async () => {
    const Arn = 'arn:aws:iam::123456789012:instance-profile/p';
    const { calls, ref, attributes } = await callsFor(
      'AWS::IAM::InstanceProfile',
      { Roles: ['Server'] },
      { 'iam:CreateInstanceProfile': () => ({ InstanceProfile: { Arn } }) },
    );
    expect(calls).toEqual([
      ['iam:CreateInstanceProfile', { InstanceProfileName: generated }],
      ['iam:AddRoleToInstanceProfile', { InstanceProfileName: ref, RoleName: 'Server' }],
    ]);
    expect([ref, attributes]).toEqual([generated, { Arn }]);
  });

  test('AWS::S3::Bucket and its policy are a bucket with what is set on it', async () => {
    const blocked = {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    };
    const { calls, attributes } = await callsFor('AWS::S3::Bucket', {
      BucketName: 'pages',
      PublicAccessBlockConfiguration: blocked,
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
      },
      Tags: [{ Key: 'a', Value: '1' }],
    });
    expect(calls).toEqual([
      ['s3:CreateBucket', { Bucket: 'pages' }],
      ['s3:PutPublicAccessBlock', { Bucket: 'pages', PublicAccessBlockConfiguration: blocked }],
      [
        's3:PutBucketEncryption',
        {
          Bucket: 'pages',
          ServerSideEncryptionConfiguration: {
            Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
          },
        },
      ],
      [
        's3:PutBucketOwnershipControls',
        { Bucket: 'pages', OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } },
      ],
      ['s3:PutBucketTagging', { Bucket: 'pages', Tagging: { TagSet: [{ Key: 'a', Value: '1' }] } }],
    ]);
    expect(attributes).toEqual({ Arn: 'arn:aws:s3:::pages' });
    const policy = await callsFor('AWS::S3::BucketPolicy', { Bucket: 'pages', PolicyDocument });
    expect(policy.calls).toEqual([['s3:PutBucketPolicy', { Bucket: 'pages', Policy: JSON.stringify(PolicyDocument) }]]);
  });

  test('AWS::CloudFront::OriginAccessControl is one', async () => {
    const OriginAccessControlConfig = { Name: 'pages', SigningBehavior: 'always' };
    const { calls, ref, attributes } = await callsFor(
      'AWS::CloudFront::OriginAccessControl',
      { OriginAccessControlConfig },
      { 'cloudfront:CreateOriginAccessControl': () => ({ OriginAccessControl: { Id: 'E1' } }) },
    );
    expect(calls).toEqual([['cloudfront:CreateOriginAccessControl', { OriginAccessControlConfig }]]);
    expect([ref, attributes]).toEqual(['E1', { Id: 'E1' }]);
  });

  test('AWS::CloudFront::ResponseHeadersPolicy counts the headers of its lists', async () => {
    const Items = [{ Header: 'Retry-After', Value: '120', Override: true }];
    const { calls, ref } = await callsFor(
      'AWS::CloudFront::ResponseHeadersPolicy',
      { ResponseHeadersPolicyConfig: { Name: 'page', CustomHeadersConfig: { Items } } },
      { 'cloudfront:CreateResponseHeadersPolicy': () => ({ ResponseHeadersPolicy: { Id: 'p1' } }) },
    );
    const ResponseHeadersPolicyConfig = { Name: 'page', CustomHeadersConfig: { Quantity: 1, Items } };
    expect(calls).toEqual([['cloudfront:CreateResponseHeadersPolicy', { ResponseHeadersPolicyConfig }]]);
    expect(ref).toBe('p1');
  });

  test('AWS::IAM::Role is a role with its inline and attached policies', async () => {
    const { calls, ref, attributes } = await callsFor(
      'AWS::IAM::Role',
      {
        AssumeRolePolicyDocument: PolicyDocument,
        MaxSessionDuration: '7200',
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
        Policies: [{ PolicyName: 'inline', PolicyDocument }],
      },
      {
        'iam:CreateRole': ({ RoleName }: { RoleName: string }) => ({
          Role: { Arn: `arn:role/${RoleName}`, RoleId: 'A' },
        }),
      },
    );
    const document = JSON.stringify(PolicyDocument);
    expect(calls).toEqual([
      ['iam:CreateRole', { RoleName: generated, AssumeRolePolicyDocument: document, MaxSessionDuration: 7200 }],
      ['iam:PutRolePolicy', { RoleName: generated, PolicyName: 'inline', PolicyDocument: document }],
      [
        'iam:AttachRolePolicy',
        { RoleName: generated, PolicyArn: 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' },
      ],
    ]);
    expect([ref, attributes]).toEqual([generated, { Arn: expect.stringMatching(/^arn:role\/Stack-It-/) }]);
  });

  test('AWS::IAM::ManagedPolicy is a policy attached to its roles', async () => {
    const { calls, ref } = await callsFor(
      'AWS::IAM::ManagedPolicy',
      { PolicyDocument, Roles: ['r'] },
      { 'iam:CreatePolicy': () => ({ Policy: { Arn: 'arn:policy', PolicyId: 'P' } }) },
    );
    expect(calls).toEqual([
      ['iam:CreatePolicy', { PolicyName: generated, PolicyDocument: JSON.stringify(PolicyDocument) }],
      ['iam:AttachRolePolicy', { RoleName: 'r', PolicyArn: 'arn:policy' }],
    ]);
    expect(ref).toBe('arn:policy');
  });

  test('AWS::Lambda::Function is a function, with its reservation where it has one', async () => {
    const { calls } = await callsFor(
      'AWS::Lambda::Function',
      {
        Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
        Environment: { Variables: { COUNT: 3 } },
        ReservedConcurrentExecutions: 5,
        Tags: [{ Key: 'a', Value: '1' }],
        Timeout: '30',
      },
      {
        'lambda:CreateFunction': ({ FunctionName }: { FunctionName: string }) => ({ FunctionName, FunctionArn: 'arn' }),
      },
    );
    expect(calls).toEqual([
      [
        'lambda:CreateFunction',
        {
          FunctionName: generated,
          Code: { S3Bucket: 'assets', S3Key: 'code.zip' },
          Environment: { Variables: { COUNT: '3' } },
          Tags: { a: '1' },
          Timeout: 30,
        },
      ],
      ['lambda:PutFunctionConcurrency', { FunctionName: generated, ReservedConcurrentExecutions: 5 }],
    ]);
  });

  test('AWS::Lambda::Permission and ::EventInvokeConfig are calls of their own', async () => {
    const permission = { Action: 'lambda:InvokeFunction', FunctionName: 'f', Principal: 'events.amazonaws.com' };
    expect((await callsFor('AWS::Lambda::Permission', permission)).calls).toEqual([
      ['lambda:AddPermission', { ...permission, StatementId: generated }],
    ]);
    const config = { FunctionName: 'f', Qualifier: '$LATEST', MaximumRetryAttempts: 1 };
    expect((await callsFor('AWS::Lambda::EventInvokeConfig', config)).calls).toEqual([
      ['lambda:PutFunctionEventInvokeConfig', config],
    ]);
  });

  test('AWS::DynamoDB::Table is a table with its time to live and backups', async () => {
    const table = {
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    };
    const { calls } = await callsFor('AWS::DynamoDB::Table', {
      ...table,
      SSESpecification: { SSEEnabled: true },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
    expect(calls).toEqual([
      ['dynamodb:CreateTable', { ...table, TableName: generated, SSESpecification: { Enabled: true } }],
      [
        'dynamodb:UpdateTimeToLive',
        { TableName: generated, TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } },
      ],
      [
        'dynamodb:UpdateContinuousBackups',
        { TableName: generated, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } },
      ],
    ]);
  });

  test('AWS::DynamoDB::GlobalTable has one replica, here', async () => {
    const replicas = (...regions: string[]) =>
      callsFor('AWS::DynamoDB::GlobalTable', {
        Replicas: regions.map((Region) => ({ Region, TableClass: 'STANDARD' })),
      });
    expect((await replicas('us-east-1')).calls).toEqual([
      ['dynamodb:CreateTable', { TableName: generated, TableClass: 'STANDARD' }],
    ]);
    await expect(replicas('us-east-1', 'eu-west-1')).rejects.toThrow('exactly one replica, in us-east-1');
    await expect(replicas('eu-west-1')).rejects.toThrow('exactly one replica, in us-east-1');
  });

  test('AWS::Events::Rule is a rule and its targets; on a bus of its own Ref has both names', async () => {
    const Targets = [{ Id: 'T', Arn: 'arn:f', RetryPolicy: { MaximumRetryAttempts: 2 } }];
    const { calls, ref } = await callsFor('AWS::Events::Rule', {
      EventBusName: 'bus',
      EventPattern: { source: ['nameplate'] },
      State: 'ENABLED',
      Targets,
    });
    expect(calls).toEqual([
      [
        'events:PutRule',
        { EventBusName: 'bus', State: 'ENABLED', Name: generated, EventPattern: '{"source":["nameplate"]}' },
      ],
      ['events:PutTargets', { Rule: generated, EventBusName: 'bus', Targets }],
    ]);
    expect(ref).toMatch(/^bus\|Stack-It-/);
    const failing = { 'events:PutTargets': () => ({ FailedEntries: [{ TargetId: 'T', ErrorMessage: 'no' }] }) };
    await expect(callsFor('AWS::Events::Rule', { Targets }, failing)).rejects.toThrow('its target "T" was refused: no');
  });

  test('AWS::SNS::Topic, ::TopicPolicy and ::Subscription', async () => {
    const TopicArn = 'arn:aws:sns:us-east-1:123456789012:t';
    const topic = await callsFor('AWS::SNS::Topic', {
      DisplayName: 'Sites',
      Subscription: [{ Protocol: 'email', Endpoint: 'a@example.test' }],
    });
    expect(topic.calls).toEqual([
      ['sns:CreateTopic', { Name: generated, Attributes: { DisplayName: 'Sites' } }],
      ['sns:Subscribe', { TopicArn: expect.any(String), Protocol: 'email', Endpoint: 'a@example.test' }],
    ]);
    expect(topic.attributes.TopicName).toEqual(generated);
    expect((await callsFor('AWS::SNS::TopicPolicy', { Topics: [TopicArn], PolicyDocument })).calls).toEqual([
      ['sns:SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue: JSON.stringify(PolicyDocument) }],
    ]);
    const subscription = {
      TopicArn,
      Protocol: 'lambda',
      Endpoint: 'arn:f',
      RawMessageDelivery: true,
      FilterPolicy: { a: ['b'] },
    };
    expect((await callsFor('AWS::SNS::Subscription', subscription)).calls).toEqual([
      [
        'sns:Subscribe',
        {
          TopicArn,
          Protocol: 'lambda',
          Endpoint: 'arn:f',
          Attributes: { RawMessageDelivery: 'true', FilterPolicy: '{"a":["b"]}' },
          ReturnSubscriptionArn: true,
        },
      ],
    ]);
  });

  test('AWS::CloudWatch::Alarm and AWS::SSM::Parameter', async () => {
    const alarm = await callsFor('AWS::CloudWatch::Alarm', {
      MetricName: 'Errors',
      Threshold: '1',
      EvaluationPeriods: 1,
    });
    expect(alarm.calls).toEqual([
      ['monitoring:PutMetricAlarm', { AlarmName: generated, MetricName: 'Errors', Threshold: 1, EvaluationPeriods: 1 }],
    ]);
    expect(alarm.attributes.Arn).toMatch(/^arn:aws:cloudwatch:us-east-1:123456789012:alarm:Stack-It-/);
    const parameter = await callsFor('AWS::SSM::Parameter', {
      Name: '/a',
      Type: 'String',
      Value: 'b',
      Tags: { c: 'd' },
    });
    expect(parameter.calls).toEqual([
      ['ssm:PutParameter', { Name: '/a', Type: 'String', Value: 'b', Tags: [{ Key: 'c', Value: 'd' }] }],
    ]);
    expect(parameter.attributes.Value).toBe('b');
  });

  test('AWS::Logs::LogGroup has an ARN that ends in ":*"', async () => {
    const { calls, attributes } = await callsFor('AWS::Logs::LogGroup', { LogGroupName: 'g', RetentionInDays: 90 });
    expect(calls).toEqual([
      ['logs:CreateLogGroup', { logGroupName: 'g' }],
      ['logs:PutRetentionPolicy', { logGroupName: 'g', retentionInDays: 90 }],
    ]);
    expect(attributes.Arn).toBe('arn:aws:logs:us-east-1:123456789012:log-group:g:*');
  });

  test('AWS::StepFunctions::StateMachine takes its definition from an asset and fills in the substitutions', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'a-definition-'));
    const path = join(folder, 'onboard.asl.json');
    await writeFile(path, '{"Resource":"${Claim}","Comment":"${Said}"}');
    const machine = (DefinitionSubstitutions: object) =>
      deployed(
        aStack(
          {
            It: {
              Type: 'AWS::StepFunctions::StateMachine',
              Properties: {
                RoleArn: 'arn:role',
                DefinitionS3Location: { Bucket: 'b', Key: 'k.json' },
                DefinitionSubstitutions,
                TracingConfiguration: { Enabled: true },
              },
            },
          },
          { assets: [{ bucket: 'b', key: 'k.json', path }] },
        ),
      );
    const { calls } = await machine({ Claim: 'arn:f', Said: 'a "quoted" word' });
    expect(calls[0]?.input).toEqual({
      name: generated,
      definition: '{"Resource":"arn:f","Comment":"a \\"quoted\\" word"}',
      roleArn: 'arn:role',
      tracingConfiguration: { enabled: true },
    });
    await expect(machine({ Claim: 'arn:f' })).rejects.toThrow(
      'its definition has "${Said}", for which there is no substitution',
    );
    await rm(folder, { recursive: true });
  });
});
