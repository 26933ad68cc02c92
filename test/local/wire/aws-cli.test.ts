import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createDynamodb } from '../../../local/services/dynamodb/service.ts';
import { createIam } from '../../../local/services/iam/service.ts';
import { createSts } from '../../../local/services/sts/service.ts';
import { AwsError, type Service } from '../../../local/wire/service.ts';
import { awsCli, describeWithAwsCli } from '../../support/aws-cli.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { type Recording, recording } from '../../support/recording.ts';

const request = recording({ CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1' });
const describeCertificate = recording();
const change = recording();
const authorize = recording({ Return: true });
const describeInstances = recording();
const modify = recording({ Listeners: [] });
const invoke = recording();
const createStage = recording();
const putMetricData = recording();
const startExecution = recording();

const service = (
  name: string,
  protocol: Service['protocol'],
  model: Service['model'],
  operations: Record<string, Recording>,
): Service => ({ name, protocol, model, operations, ...(name === 'route53' ? { global: true } : {}) });

let aws: AFront;
const cli = (...words: string[]) => awsCli(aws.url, ...words);

describeWithAwsCli('the AWS CLI', () => {
  beforeAll(async () => {
    aws = await aFront({
      services(host) {
        const iam = createIam(host);
        return [
          iam.service,
          createSts(host, {
            roles: iam.roles,
            issue: () => ({ accessKeyId: '', secretAccessKey: '', sessionToken: '', arn: '' }),
          }).service,
          createDynamodb(host).service,
          service('acm', 'awsJson1_1', () => import('@aws-sdk/client-acm'), {
            RequestCertificate: request,
            DescribeCertificate: describeCertificate,
          }),
          service('states', 'awsJson1_0', () => import('@aws-sdk/client-sfn'), { StartExecution: startExecution }),
          service('route53', 'restXml', () => import('@aws-sdk/client-route-53'), { ChangeResourceRecordSets: change }),
          service('ec2', 'ec2Query', () => import('@aws-sdk/client-ec2'), {
            AuthorizeSecurityGroupIngress: authorize,
            DescribeInstances: describeInstances,
          }),
          service('elasticloadbalancing', 'awsQuery', () => import('@aws-sdk/client-elastic-load-balancing-v2'), {
            ModifyListener: modify,
          }),
          service('lambda', 'restJson1', () => import('@aws-sdk/client-lambda'), { Invoke: invoke }),
          service('apigateway', 'restJson1', () => import('@aws-sdk/client-apigatewayv2'), {
            CreateStage: createStage,
          }),
          service('monitoring', 'awsJson1_0', () => import('@aws-sdk/client-cloudwatch'), {
            PutMetricData: putMetricData,
          }),
        ];
      },
    });
  });
  afterAll(() => aws.close());

  test('speaks JSON 1.1', async () => {
    const domains = [
      '--domain-name',
      'shop.example.test',
      '--subject-alternative-names',
      'www.shop.example.test',
      'ä.test',
    ];
    expect(await cli('acm', 'request-certificate', ...domains, '--tags', 'Key=a,Value=b')).toEqual(request.answer);
    expect(request.inputs.at(-1)).toEqual({
      DomainName: 'shop.example.test',
      SubjectAlternativeNames: ['www.shop.example.test', 'ä.test'],
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    describeCertificate.answer = { Certificate: { CreatedAt: new Date('2026-11-22T12:00:00.500Z'), InUseBy: [] } };
    expect(
      await cli('acm', 'describe-certificate', '--certificate-arn', 'arn:aws:acm:us-east-1:123456789012:certificate/1'),
    ).toEqual({
      Certificate: { CreatedAt: '2026-11-22T12:00:00.500000+00:00', InUseBy: [] },
    });
    describeCertificate.answer = new AwsError('ResourceNotFoundException', 'Could not find it');
    await expect(
      cli('acm', 'describe-certificate', '--certificate-arn', 'arn:aws:acm:us-east-1:123456789012:certificate/1'),
    ).rejects.toThrow(
      'An error occurred (ResourceNotFoundException) when calling the DescribeCertificate operation: Could not find it',
    );
  });

  test('speaks JSON 1.0', async () => {
    startExecution.answer = { executionArn: 'arn:e', startDate: new Date('2026-11-22T12:00:00Z') };
    const words = ['--state-machine-arn', 'arn:m', '--name', 'n', '--input', '{"a":"ü"}'];
    expect(await cli('stepfunctions', 'start-execution', ...words)).toMatchObject({ executionArn: 'arn:e' });
    expect(startExecution.inputs.at(-1)).toEqual({ stateMachineArn: 'arn:m', name: 'n', input: '{"a":"ü"}' });
  });

  test('speaks Query', async () => {
    const actions = [
      { Type: 'forward', Order: 1, ForwardConfig: { TargetGroups: [{ TargetGroupArn: 'a', Weight: 1 }] } },
    ];
    await cli(
      'elbv2',
      'modify-listener',
      '--listener-arn',
      'l',
      '--port',
      '443',
      '--default-actions',
      JSON.stringify(actions),
    );
    expect(modify.inputs.at(-1)).toEqual({ ListenerArn: 'l', Port: 443, DefaultActions: actions });
  });

  test('speaks Query to CloudWatch, whose model here is JSON', async () => {
    const data = ['--metric-name', 'm', '--value', '0.5', '--dimensions', 'Site=a'];
    await cli('cloudwatch', 'put-metric-data', '--namespace', 'Nameplate', ...data);
    expect(putMetricData.inputs.at(-1)).toEqual({
      Namespace: 'Nameplate',
      MetricData: [{ MetricName: 'm', Value: 0.5, Dimensions: [{ Name: 'Site', Value: 'a' }] }],
    });
  });

  test("speaks EC2's Query", async () => {
    const permission = [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
    await cli(
      'ec2',
      'authorize-security-group-ingress',
      '--group-id',
      'sg-1',
      '--ip-permissions',
      JSON.stringify(permission),
    );
    expect(authorize.inputs.at(-1)).toMatchObject({ GroupId: 'sg-1', IpPermissions: permission });
    const Instances = [
      { InstanceId: 'i-1', State: { Code: 16, Name: 'running' }, Tags: [{ Key: 'Name', Value: '<ä>' }] },
    ];
    describeInstances.answer = { Reservations: [{ ReservationId: 'r-1', Groups: [], Instances }] };
    const filtered = ['--filters', 'Name=vpc-id,Values=a,b', '--no-paginate'];
    expect(await cli('ec2', 'describe-instances', ...filtered)).toEqual(describeInstances.answer);
    expect(describeInstances.inputs.at(-1)).toMatchObject({ Filters: [{ Name: 'vpc-id', Values: ['a', 'b'] }] });
    describeInstances.answer = new AwsError('InvalidInstanceID.NotFound', "The instance ID 'i-2' does not exist");
    await expect(cli('ec2', 'describe-instances', '--instance-ids', 'i-2')).rejects.toThrow(
      "(InvalidInstanceID.NotFound) when calling the DescribeInstances operation: The instance ID 'i-2' does not exist",
    );
  });

  test('speaks REST-XML', async () => {
    change.answer = {
      ChangeInfo: { Id: '/change/C1', Status: 'PENDING', SubmittedAt: new Date('2026-11-22T12:00:00Z') },
    };
    const batch = {
      Changes: [
        {
          Action: 'CREATE',
          ResourceRecordSet: { Name: 'ä.test', Type: 'TXT', TTL: 60, ResourceRecords: [{ Value: '"<&>"' }] },
        },
      ],
    };
    const words = [
      'change-resource-record-sets',
      '--hosted-zone-id',
      '/hostedzone/Z1',
      '--change-batch',
      JSON.stringify(batch),
    ];
    expect(await cli('route53', ...words)).toMatchObject({ ChangeInfo: { Id: '/change/C1', Status: 'PENDING' } });
    expect(change.inputs.at(-1)).toEqual({ HostedZoneId: 'Z1', ChangeBatch: batch });
    change.answer = new AwsError('InvalidChangeBatch', '[Tried to create <it>]', {
      messages: ['Tried to create <it>'],
    });
    await expect(cli('route53', ...words)).rejects.toThrow(/\(InvalidChangeBatch\).*\[Tried to create <it>\]/);
  });

  test('speaks REST-JSON', async () => {
    invoke.answer = { StatusCode: 200, ExecutedVersion: '$LATEST', Payload: new TextEncoder().encode('{"b":2}') };
    const words = ['--function-name', 'f', '--payload', '{"ä":1}', '/dev/null'];
    expect(await cli('lambda', 'invoke', ...words)).toEqual({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    const { Payload } = invoke.inputs.at(-1) as { Payload: Uint8Array };
    expect(new TextDecoder().decode(Payload)).toBe('{"ä":1}');
    createStage.answer = {
      StageName: '$default',
      CreatedDate: new Date('2026-11-22T12:00:00Z'),
      StageVariables: { a: 'b' },
    };
    const stage = ['--api-id', 'a', '--stage-name', '$default', '--auto-deploy', '--stage-variables', 'a=b'];
    expect(await cli('apigatewayv2', 'create-stage', ...stage)).toEqual({
      StageName: '$default',
      CreatedDate: '2026-11-22T12:00:00+00:00',
      StageVariables: { a: 'b' },
    });
    expect(createStage.inputs.at(-1)).toEqual({
      ApiId: 'a',
      StageName: '$default',
      AutoDeploy: true,
      StageVariables: { a: 'b' },
    });
  });

  test('signs for a role as it is verified here', async () => {
    const credentials = aws.role({ Effect: 'Allow', Action: ['route53:*', 'lambda:*', 'ec2:*'], Resource: '*' });
    const asRole = (...words: string[]) => awsCli({ url: aws.url, credentials }, ...words);
    describeInstances.answer = {};
    await asRole('ec2', 'describe-instances', '--filters', 'Name=tag:ä b,Values=c*d/e');
    invoke.answer = { StatusCode: 204 };
    await asRole(
      'lambda',
      'invoke',
      '--function-name',
      'arn:aws:lambda:us-east-1:123456789012:function:f',
      '/dev/null',
    );
    expect(aws.calls.since().at(-1)?.principal).toMatch(/:assumed-role\/TestRole/);
    await expect(asRole('acm', 'request-certificate', '--domain-name', 'a.test')).rejects.toThrow(
      /\(AccessDeniedException\).*because no identity-based policy allows the acm:RequestCertificate action/,
    );
    const forged = { ...credentials, secretAccessKey: 'guessed' };
    await expect(awsCli({ url: aws.url, credentials: forged }, 'ec2', 'describe-instances')).rejects.toThrow(
      '(AuthFailure)',
    );
  });

  test('is answered unsigned', async () => {
    const own = { Arn: 'arn:aws:iam::123456789012:root' };
    expect(await cli('--no-sign-request', 'sts', 'get-caller-identity')).toMatchObject(own);
    expect(await cli('--no-sign-request', 'acm', 'request-certificate', '--domain-name', 'a.test')).toEqual(
      request.answer,
    );
    invoke.answer = { StatusCode: 204 };
    expect(await cli('--no-sign-request', 'lambda', 'invoke', '--function-name', 'f', '/dev/null')).toEqual({
      StatusCode: 204,
    });
  });

  test('uses IAM: roles and their decoded policies', async () => {
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    };
    const created = await cli(
      'iam',
      'create-role',
      '--role-name',
      'Step',
      '--assume-role-policy-document',
      JSON.stringify(trust),
    );
    expect(created).toMatchObject({ Role: { RoleName: 'Step', AssumeRolePolicyDocument: trust } });
    const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'acm:*', Resource: '*' }] };
    await cli(
      'iam',
      'put-role-policy',
      '--role-name',
      'Step',
      '--policy-name',
      'p',
      '--policy-document',
      JSON.stringify(policy),
    );
    expect(await cli('iam', 'get-role-policy', '--role-name', 'Step', '--policy-name', 'p')).toMatchObject({
      PolicyDocument: policy,
    });
  });

  test('uses DynamoDB', async () => {
    const key = [
      '--attribute-definitions',
      'AttributeName=pk,AttributeType=S',
      '--key-schema',
      'AttributeName=pk,KeyType=HASH',
    ];
    await cli('dynamodb', 'create-table', '--table-name', 'ledger', '--billing-mode', 'PAY_PER_REQUEST', ...key);
    await cli('dynamodb', 'put-item', '--table-name', 'ledger', '--item', '{"pk":{"S":"ä"},"n":{"N":"1"}}');
    expect(await cli('dynamodb', 'scan', '--table-name', 'ledger')).toMatchObject({
      Items: [{ pk: { S: 'ä' }, n: { N: '1' } }],
    });
  });

  test('is told what is not here', async () => {
    await expect(cli('acm', 'list-certificates')).rejects.toThrow(
      '"ListCertificates" of acm is not part of the local AWS',
    );
    await expect(cli('s3api', 'list-buckets')).rejects.toThrow('The service "s3" is not part of the local AWS');
  });
});
