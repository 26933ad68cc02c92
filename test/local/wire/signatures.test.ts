import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListResourceRecordSetsCommand, Route53Client } from '@aws-sdk/client-route-53';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Credential } from '../../../local/wire/credential.ts';
import { signatureOf } from '../../../local/wire/sigv4.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { recording } from '../../support/recording.ts';

let aws: AFront;
let credentials: ReturnType<AFront['role']>;

beforeAll(async () => {
  aws = await aFront({
    services: () => [
      {
        name: 'acm',
        protocol: 'awsJson1_1',
        model: () => import('@aws-sdk/client-acm'),
        operations: { ListCertificates: recording() },
      },
      {
        name: 'route53',
        global: true,
        protocol: 'restXml',
        model: () => import('@aws-sdk/client-route-53'),
        operations: {
          ListResourceRecordSets: recording({ ResourceRecordSets: [], IsTruncated: false, MaxItems: 1 }),
        },
      },
      {
        name: 'ec2',
        protocol: 'ec2Query',
        model: () => import('@aws-sdk/client-ec2'),
        operations: { DescribeVpcs: recording({}) },
      },
      {
        name: 'lambda',
        protocol: 'restJson1',
        model: () => import('@aws-sdk/client-lambda'),
        operations: { Invoke: recording({ StatusCode: 200 }), ListFunctions: recording({ Functions: [] }) },
      },
    ],
  });
  credentials = aws.role({ Effect: 'Allow', Action: '*', Resource: '*' });
});
afterAll(() => aws.close());

describe('a session of a role', () => {
  test('is known by a right signature, whatever stands in path, query and body', async () => {
    await aws.client(ACMClient, { credentials }).send(new ListCertificatesCommand({ NextToken: 'ü' }));
    expect(aws.calls.since().at(-1)?.principal).toBe('arn:aws:sts::123456789012:assumed-role/TestRole1/test');
    await aws.client(Route53Client, { credentials }).send(
      new ListResourceRecordSetsCommand({
        HostedZoneId: 'Z1',
        StartRecordName: "\\052.a b'(ü)!*.test",
        StartRecordType: 'A',
      }),
    );
    await aws.client(EC2Client, { credentials }).send(new DescribeVpcsCommand({ VpcIds: ['a/b', 'c d'] }));
    const FunctionName = 'arn:aws:lambda:us-east-1:123456789012:function:f';
    await aws
      .client(LambdaClient, { credentials })
      .send(new InvokeCommand({ FunctionName, Payload: Buffer.from('{}') }));
  });

  const wrong = () => ({ credentials: { ...credentials, secretAccessKey: 'guessed' } });
  const foreign = () => ({ credentials: { ...credentials, sessionToken: "somebody else's" } });

  test("is refused with a wrong signature, in each service's words", async () => {
    const message = expect.stringContaining('The request signature we calculated does not match');
    await expect(aws.client(ACMClient, wrong()).send(new ListCertificatesCommand({}))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      message,
      $metadata: { httpStatusCode: 400 },
    });
    await expect(
      aws.client(Route53Client, wrong()).send(new ListResourceRecordSetsCommand({ HostedZoneId: 'Z1' })),
    ).rejects.toMatchObject({ name: 'SignatureDoesNotMatch', message, $metadata: { httpStatusCode: 403 } });
    await expect(aws.client(LambdaClient, wrong()).send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      $metadata: { httpStatusCode: 403 },
    });
    await expect(aws.client(EC2Client, wrong()).send(new DescribeVpcsCommand({}))).rejects.toMatchObject({
      name: 'AuthFailure',
      $metadata: { httpStatusCode: 401 },
    });
  });

  test("is refused with another token, in each service's words", async () => {
    const message = 'The security token included in the request is invalid.';
    await expect(aws.client(ACMClient, foreign()).send(new ListCertificatesCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
      message,
    });
    expect(aws.calls.since().at(-1)).toMatchObject({
      operation: 'ListCertificates',
      principal: `access key ${credentials.accessKeyId}`,
      error: 'UnrecognizedClientException',
    });
    await expect(
      aws.client(Route53Client, foreign()).send(new ListResourceRecordSetsCommand({ HostedZoneId: 'Z1' })),
    ).rejects.toMatchObject({ name: 'InvalidClientTokenId', message });
  });
});

describe('signatureOf()', () => {
  // Source: the test suite of Signature Version 4, "get-vanilla-query-order-key-case"; checked 2026-11-22.
  test("gives the signature of AWS's own test suite", () => {
    const credential: Credential = {
      accessKeyId: 'AKIDEXAMPLE',
      date: '20150830',
      region: 'us-east-1',
      service: 'service',
      signedHeaders: ['host', 'x-amz-date'],
      signature: '',
      sessionToken: undefined,
      presigned: false,
    };
    const request = {
      method: 'GET',
      path: '/',
      query: new URLSearchParams('Param2=value2&Param1=value1'),
      headers: { host: 'example.amazonaws.com', 'x-amz-date': '20150830T123600Z' },
      body: Buffer.alloc(0),
    };
    expect(signatureOf(request, credential, 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY')).toBe(
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    );
  });
});
