import {
  ACMClient,
  DescribeCertificateCommand,
  ImportCertificateCommand,
  ListCertificatesCommand,
  RequestCertificateCommand,
} from '@aws-sdk/client-acm';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../local/wire/service.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { recording } from '../../support/recording.ts';

let aws: AFront;
const request = recording();
const describeCertificate = recording();
const importCertificate = recording();
const start = recording();
const putMetricData = recording();

beforeAll(async () => {
  aws = await aFront({
    services: () => [
      {
        name: 'acm',
        protocol: 'awsJson1_1',
        model: () => import('@aws-sdk/client-acm'),
        operations: {
          RequestCertificate: request,
          DescribeCertificate: describeCertificate,
          ImportCertificate: importCertificate,
        },
      },
      {
        name: 'states',
        protocol: 'awsJson1_0',
        model: () => import('@aws-sdk/client-sfn'),
        operations: { StartExecution: start },
      },
      {
        name: 'monitoring',
        prefix: 'cloudwatch',
        protocol: 'awsJson1_0',
        model: () => import('@aws-sdk/client-cloudwatch'),
        operations: { PutMetricData: putMetricData },
      },
    ],
  });
});
afterAll(() => aws.close());

const post = (target: string, body: string, headers: Record<string, string> = {}) =>
  fetch(aws.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target, ...headers },
    body,
  });

describe('inputs', () => {
  test('arrive with lists, structures and characters of every kind', async () => {
    const input = {
      DomainName: 'shop.example.test',
      SubjectAlternativeNames: ['www.shop.example.test', '*.example.test'],
      DomainValidationOptions: [{ DomainName: 'shop.example.test', ValidationDomain: 'example.test' }],
      Options: { CertificateTransparencyLoggingPreference: 'ENABLED' as const },
      Tags: [{ Key: 'nameplate:site', Value: 'ä"\\\n\u{1F512}</x>' }],
    };
    await aws.client(ACMClient).send(new RequestCertificateCommand(input));
    expect(request.inputs.at(-1)).toEqual(input);
  });

  test('arrive with empty lists', async () => {
    const input = { DomainName: 'shop.example.test', SubjectAlternativeNames: [] };
    await aws.client(ACMClient).send(new RequestCertificateCommand(input));
    expect(request.inputs.at(-1)).toEqual(input);
  });

  test('arrive with binary values', async () => {
    const bytes = Uint8Array.from([0, 127, 128, 255]);
    await aws.client(ACMClient).send(new ImportCertificateCommand({ Certificate: bytes, PrivateKey: bytes }));
    const { Certificate } = importCertificate.inputs.at(-1) as { Certificate: Uint8Array };
    expect([...Certificate]).toEqual([...bytes]);
  });

  test('arrive with instants and fractions', async () => {
    const Timestamp = new Date('2026-11-22T11:59:59.250Z');
    const input = {
      Namespace: 'Nameplate',
      MetricData: [{ MetricName: 'm', Timestamp, Value: 0.125, StorageResolution: 1 }],
    };
    await aws.client(CloudWatchClient).send(new PutMetricDataCommand(input));
    expect(putMetricData.inputs.at(-1)).toEqual(input);
  });

  test('lose members that the schema does not know', async () => {
    await post('CertificateManager.RequestCertificate', '{"DomainName":"a.test","Nonsense":1}');
    expect(request.inputs.at(-1)).toEqual({ DomainName: 'a.test' });
  });

  test('arrive from a client that speaks the other version', async () => {
    const { status } = await post('AWSStepFunctions.StartExecution', '{"stateMachineArn":"arn:x"}');
    expect(status).toBe(200);
    expect(start.inputs.at(-1)).toEqual({ stateMachineArn: 'arn:x' });
  });
});

describe('outputs', () => {
  test('go out with instants, lists, numbers and booleans', async () => {
    const Certificate = {
      CertificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/1',
      SubjectAlternativeNames: [],
      CreatedAt: new Date('2026-11-22T12:00:00.500Z'),
      DomainValidationOptions: [{ DomainName: 'ä', ValidationStatus: 'SUCCESS' }],
      InUseBy: ['a', 'b'],
    };
    describeCertificate.answer = { Certificate };
    const answer = await aws.client(ACMClient).send(new DescribeCertificateCommand({ CertificateArn: 'x' }));
    expect(answer.Certificate).toEqual(Certificate);
  });

  test('carry a request id and the content type of their version', async () => {
    const answer = await post('CertificateManager.RequestCertificate', '{"DomainName":"a.test"}');
    expect(answer.headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(answer.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  test('leave out what the schema does not know', async () => {
    request.answer = { CertificateArn: 'arn:x', secret: 'hunter2' };
    const answer = await post('CertificateManager.RequestCertificate', '{"DomainName":"a.test"}');
    expect(await answer.json()).toEqual({ CertificateArn: 'arn:x' });
  });
});

describe('errors', () => {
  test('are those of the schema, with its status', async () => {
    describeCertificate.answer = new AwsError('ResourceNotFoundException', 'Could not find certificate x.');
    await expect(
      aws.client(ACMClient).send(new DescribeCertificateCommand({ CertificateArn: 'x' })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Could not find certificate x.',
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('go by their shape where the query code differs, which stands in a header', async () => {
    putMetricData.answer = new AwsError('InvalidParameterValue', 'The value is wrong');
    const answer = await post('GraniteServiceVersion20100801.PutMetricData', '{"Namespace":"N"}');
    expect(answer.headers.get('x-amzn-query-error')).toBe('InvalidParameterValue;Sender');
    expect(await answer.json()).toMatchObject({
      __type: 'InvalidParameterValueException',
      message: 'The value is wrong',
    });
    putMetricData.answer = {};
  });

  test('have no query code where the service never spoke Query', async () => {
    describeCertificate.answer = new AwsError('AccessDeniedException', 'You may not', { status: 400 });
    const answer = await post('CertificateManager.DescribeCertificate', '{"CertificateArn":"x"}');
    expect(answer.headers.get('x-amzn-query-error')).toBeNull();
    expect(await answer.json()).toMatchObject({ __type: 'AccessDeniedException' });
  });

  test('name the members that are missing', async () => {
    await expect(aws.client(ACMClient).send(new RequestCertificateCommand({} as never))).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value null at 'domainName' failed to satisfy constraint: Member must not be null",
    });
  });

  test('name nested members that are missing', async () => {
    const input = { DomainName: 'a.test', DomainValidationOptions: [{}] } as never;
    await expect(aws.client(ACMClient).send(new RequestCertificateCommand(input))).rejects.toThrow(
      "2 validation errors detected: Value null at 'domainValidationOptions.1.member.domainName'",
    );
  });

  test.each([
    ['{"DomainName":5}', "Value at 'domainName' can not be converted to a String"],
    [
      '{"DomainName":"a","SubjectAlternativeNames":"b"}',
      "Value at 'subjectAlternativeNames' can not be converted to a List",
    ],
    ['{"DomainName":"a","Options":"x"}', "Value at 'options' can not be converted to a Structure"],
    ['{"DomainName":', 'JSON'],
    ['[]', 'Start of structure or map found where not expected.'],
  ])('say that %s cannot be read', async (body, message) => {
    const answer = await post('CertificateManager.RequestCertificate', body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      __type: 'SerializationException',
      message: expect.stringContaining(message),
    });
  });

  test('name an operation that is not here', async () => {
    await expect(aws.client(ACMClient).send(new ListCertificatesCommand({}))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: '"ListCertificates" of acm is not part of the local AWS',
      $metadata: { httpStatusCode: 501 },
    });
  });
});

test('Step Functions is answered in its own version', async () => {
  const startDate = new Date('2026-11-22T12:00:00Z');
  start.answer = { executionArn: 'arn:y', startDate };
  const answer = await aws
    .client(SFNClient)
    .send(new StartExecutionCommand({ stateMachineArn: 'arn:x', input: '{"a":"ü"}' }));
  expect(answer).toMatchObject({ executionArn: 'arn:y', startDate });
});

describe('older clients', () => {
  const query = (form: Record<string, string>) =>
    fetch(aws.url, {
      method: 'POST',
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261122/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0',
      },
      body: new URLSearchParams(form),
    });

  test('may speak Query to a service whose model has moved to JSON', async () => {
    const answer = await query({
      Action: 'PutMetricData',
      Version: '2010-08-01',
      Namespace: 'Nameplate',
      'MetricData.member.1.MetricName': 'm',
      'MetricData.member.1.Timestamp': '2026-11-22T12:00:00Z',
      'MetricData.member.1.Value': '0.5',
    });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<PutMetricDataResponse');
    expect(putMetricData.inputs.at(-1)).toEqual({
      Namespace: 'Nameplate',
      MetricData: [{ MetricName: 'm', Timestamp: new Date('2026-11-22T12:00:00Z'), Value: 0.5 }],
    });
  });

  test('are told of an operation that is not here', async () => {
    const answer = await query({ Action: 'GetDashboard', Version: '2010-08-01', DashboardName: 'd' });
    expect(answer.status).toBe(501);
    expect(await answer.text()).toContain(
      '<Message>&#34;GetDashboard&#34; of monitoring is not part of the local AWS</Message>',
    );
  });
});
