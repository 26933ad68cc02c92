import { ACMClient, ListCertificatesCommand, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AFront, aFront } from '../../support/front.ts';
import { recording } from '../../support/recording.ts';

const SESSION = /^arn:aws:sts::123456789012:assumed-role\/TestRole\d+\/test$/;

let aws: AFront;
const requested = recording({ CertificateArn: 'arn:c' });

beforeAll(async () => {
  aws = await aFront({
    services: () => [
      {
        name: 'acm',
        protocol: 'awsJson1_1',
        model: () => import('@aws-sdk/client-acm'),
        operations: {
          ListCertificates: recording(),
          RequestCertificate: {
            run: (input: never, call: never) => requested.run(input, call),
            conditions: ({ DomainName }: { DomainName: string }) => ({ 'acm:DomainNames': [DomainName] }),
          },
        },
      },
      {
        name: 'route53',
        global: true,
        protocol: 'restXml',
        model: () => import('@aws-sdk/client-route-53'),
        operations: {
          GetHostedZone: {
            ...recording({ HostedZone: { Id: 'Z1', Name: 'n', CallerReference: 'c' } }),
            resources: ({ Id }: { Id: string }) => [`arn:aws:route53:::hostedzone/${Id}`],
          },
        },
      },
      {
        name: 'ec2',
        protocol: 'ec2Query',
        model: () => import('@aws-sdk/client-ec2'),
        operations: { DescribeVpcs: recording() },
      },
      {
        name: 'sns',
        protocol: 'awsQuery',
        model: () => import('@aws-sdk/client-sns'),
        operations: {
          Publish: { ...recording(), resources: ({ TopicArn }: { TopicArn: string }) => [TopicArn] },
        },
      },
    ],
  });
});
afterAll(() => aws.close());

const nothing = () => ({ credentials: aws.role() });

test('a role without a permission is told which it lacks, and nothing happens', async () => {
  await expect(
    aws.client(ACMClient, nothing()).send(new RequestCertificateCommand({ DomainName: 'a.test' })),
  ).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringMatching(
      /^User: arn:aws:sts::\S+ is not authorized to perform: acm:RequestCertificate on resource: \* because no identity-based policy allows the acm:RequestCertificate action$/,
    ),
    $metadata: { httpStatusCode: 400 },
  });
  expect(requested.inputs).toHaveLength(0);
  expect(aws.calls.since().at(-1)).toMatchObject({
    principal: expect.stringMatching(SESSION),
    error: 'AccessDeniedException',
  });
});

test('each service denies with its own code', async () => {
  await expect(aws.client(Route53Client, nothing()).send(new GetHostedZoneCommand({ Id: 'Z1' }))).rejects.toMatchObject(
    {
      name: 'AccessDenied',
      message: expect.stringContaining('route53:GetHostedZone on resource: arn:aws:route53:::hostedzone/Z1 because'),
      $metadata: { httpStatusCode: 403 },
    },
  );
  await expect(aws.client(EC2Client, nothing()).send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
    name: 'UnauthorizedOperation',
    message: expect.stringContaining('You are not authorized to perform this operation. User: arn:aws:sts::'),
    $metadata: { httpStatusCode: 403 },
  });
  await expect(
    aws
      .client(SNSClient, nothing())
      .send(new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:123456789012:t', Message: 'm' })),
  ).rejects.toMatchObject({ name: 'AuthorizationErrorException', $metadata: { httpStatusCode: 403 } });
});

test('an explicit deny is called so', async () => {
  const credentials = aws.role(
    { Effect: 'Allow', Action: '*', Resource: '*' },
    { Effect: 'Deny', Action: 'acm:List*', Resource: '*' },
  );
  await expect(aws.client(ACMClient, { credentials }).send(new ListCertificatesCommand({}))).rejects.toThrow(
    'with an explicit deny in an identity-based policy',
  );
});

test("a condition on the service's own keys counts", async () => {
  const credentials = aws.role({
    Effect: 'Allow',
    Action: 'acm:RequestCertificate',
    Resource: '*',
    Condition: { 'ForAllValues:StringLike': { 'acm:DomainNames': '*.example.test' } },
  });
  const acm = aws.client(ACMClient, { credentials });
  await acm.send(new RequestCertificateCommand({ DomainName: 'shop.example.test' }));
  await expect(acm.send(new RequestCertificateCommand({ DomainName: 'evil.test' }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

test("conditions on the request's region, principal and tags count", async () => {
  const credentials = aws.role({
    Effect: 'Allow',
    Action: 'acm:RequestCertificate',
    Resource: '*',
    Condition: {
      StringEquals: { 'aws:RequestedRegion': 'us-east-1', 'aws:RequestTag/nameplate:stack': 'Nameplate' },
      ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::123456789012:role/TestRole*' },
      'ForAllValues:StringEquals': { 'aws:TagKeys': ['nameplate:stack', 'nameplate:site'] },
    },
  });
  const ask = (Tags: { Key: string; Value: string }[], region = 'us-east-1') =>
    aws.client(ACMClient, { credentials, region }).send(new RequestCertificateCommand({ DomainName: 'a.test', Tags }));
  const stack = { Key: 'nameplate:stack', Value: 'Nameplate' };
  await ask([stack]);
  const denied = { name: 'AccessDeniedException' };
  await expect(ask([])).rejects.toMatchObject(denied);
  await expect(ask([{ ...stack, Value: 'Other' }])).rejects.toMatchObject(denied);
  await expect(ask([stack, { Key: 'foreign', Value: 'x' }])).rejects.toMatchObject(denied);
  await expect(ask([stack], 'eu-west-1')).rejects.toMatchObject(denied);
});

test("calls from inside the process are judged by their role too; AWS's own services are not", async () => {
  const asked = { service: 'acm', operation: 'ListCertificates', input: {} };
  const roleArn = 'arn:aws:iam::123456789012:role/None';
  const arn = 'arn:aws:sts::123456789012:assumed-role/None/x';
  await expect(aws.dispatch({ ...asked, principal: { arn, roleArn } })).rejects.toMatchObject({
    code: 'AccessDeniedException',
  });
  const service = 'events.amazonaws.com';
  await expect(aws.dispatch({ ...asked, principal: { arn: service, service } })).resolves.toEqual({});
  await expect(aws.dispatch({ ...asked, principal: { arn, roleArn, service } })).rejects.toMatchObject({
    code: 'AccessDeniedException',
  });
});
