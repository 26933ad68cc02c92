import {
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
  ModifyListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateTopicCommand, PublishCommand, SetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AwsError } from '../../../local/wire/service.ts';
import { type AFront, aFront } from '../../support/front.ts';
import { recording } from '../../support/recording.ts';

let aws: AFront;
const describeLoadBalancers = recording();
const modifyListener = recording();
const createTopic = recording();
const publish = recording();
const setTopicAttributes = recording();

beforeAll(async () => {
  aws = await aFront({
    services: () => [
      {
        name: 'elasticloadbalancing',
        protocol: 'awsQuery',
        model: () => import('@aws-sdk/client-elastic-load-balancing-v2'),
        operations: { DescribeLoadBalancers: describeLoadBalancers, ModifyListener: modifyListener },
      },
      {
        name: 'sns',
        protocol: 'awsQuery',
        model: () => import('@aws-sdk/client-sns'),
        operations: { CreateTopic: createTopic, Publish: publish, SetTopicAttributes: setTopicAttributes },
      },
    ],
  });
});
afterAll(() => aws.close());

describe('inputs', () => {
  test('arrive with lists, nested structures, numbers, booleans and characters of every kind', async () => {
    const input = {
      ListenerArn: 'arn:l',
      Port: 443,
      Certificates: [{ CertificateArn: 'arn:c', IsDefault: true }],
      DefaultActions: [
        {
          Type: 'forward' as const,
          Order: 1,
          ForwardConfig: {
            TargetGroups: [
              { TargetGroupArn: 'a', Weight: 1 },
              { TargetGroupArn: 'ä &=+%/ü', Weight: 0 },
            ],
            TargetGroupStickinessConfig: { Enabled: false },
          },
        },
      ],
    };
    await aws.client(ElasticLoadBalancingV2Client).send(new ModifyListenerCommand(input));
    expect(modifyListener.inputs.at(-1)).toEqual(input);
  });

  test('keep more than nine items of a list in order', async () => {
    const Names = Array.from({ length: 12 }, (_, index) => `name-${index}`);
    await aws.client(ElasticLoadBalancingV2Client).send(new DescribeLoadBalancersCommand({ Names }));
    expect(describeLoadBalancers.inputs.at(-1)).toEqual({ Names });
  });

  test('arrive with empty lists', async () => {
    await aws.client(ElasticLoadBalancingV2Client).send(new DescribeLoadBalancersCommand({ Names: [] }));
    expect(describeLoadBalancers.inputs.at(-1)).toEqual({ Names: [] });
  });

  test('arrive with maps and binary values', async () => {
    createTopic.answer = { TopicArn: 'arn:t' };
    await aws.client(SNSClient).send(
      new CreateTopicCommand({
        Name: 't',
        Attributes: { DisplayName: 'T', Policy: '{"a":"b"}' },
        Tags: [{ Key: 'k', Value: 'v' }],
      }),
    );
    expect(createTopic.inputs.at(-1)).toEqual({
      Name: 't',
      Attributes: { DisplayName: 'T', Policy: '{"a":"b"}' },
      Tags: [{ Key: 'k', Value: 'v' }],
    });
    const BinaryValue = Uint8Array.from([0, 255]);
    await aws.client(SNSClient).send(
      new PublishCommand({
        TopicArn: 'arn:t',
        Message: 'm',
        MessageAttributes: { b: { DataType: 'Binary', BinaryValue } },
      }),
    );
    const { MessageAttributes } = publish.inputs.at(-1) as { MessageAttributes: { b: { BinaryValue: Uint8Array } } };
    expect([...MessageAttributes.b.BinaryValue]).toEqual([0, 255]);
  });
});

describe('outputs', () => {
  test('go out with lists, instants, structures and characters of every kind', async () => {
    const LoadBalancers = [
      {
        LoadBalancerArn: 'arn:l',
        DNSName: `a<&>"'ü.elb.amazonaws.com`,
        CreatedTime: new Date('2026-11-22T12:00:00.123Z'),
        State: { Code: 'active' as const },
        SecurityGroups: ['sg-1', 'sg-2'],
        AvailabilityZones: [{ ZoneName: 'us-east-1a', LoadBalancerAddresses: [] }],
      },
    ];
    describeLoadBalancers.answer = { LoadBalancers, NextMarker: 'next' };
    const answer = await aws.client(ElasticLoadBalancingV2Client).send(new DescribeLoadBalancersCommand({}));
    expect(answer).toMatchObject({ LoadBalancers, NextMarker: 'next' });
    expect(answer.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('go out with empty lists', async () => {
    describeLoadBalancers.answer = { LoadBalancers: [] };
    const answer = await aws.client(ElasticLoadBalancingV2Client).send(new DescribeLoadBalancersCommand({}));
    expect(answer.LoadBalancers).toEqual([]);
  });

  test('of operations that have none are an empty answer', async () => {
    setTopicAttributes.answer = undefined;
    const answer = await aws
      .client(SNSClient)
      .send(new SetTopicAttributesCommand({ TopicArn: 'arn:t', AttributeName: 'DisplayName', AttributeValue: 'x' }));
    expect(answer.$metadata.httpStatusCode).toBe(200);
  });
});

describe('errors', () => {
  test('are thrown by their code or their shape and come as their shape', async () => {
    for (const code of ['NotFound', 'NotFoundException']) {
      createTopic.answer = new AwsError(code, 'Topic <t> does not exist');
      await expect(aws.client(SNSClient).send(new CreateTopicCommand({ Name: 't' }))).rejects.toMatchObject({
        name: 'NotFoundException',
        message: 'Topic <t> does not exist',
        $metadata: { httpStatusCode: 404 },
      });
    }
  });

  test('may have a code that the schema does not know', async () => {
    createTopic.answer = new AwsError('SomethingElse', 'So it is', { status: 409 });
    await expect(aws.client(SNSClient).send(new CreateTopicCommand({ Name: 't' }))).rejects.toMatchObject({
      name: 'SomethingElse',
      $metadata: { httpStatusCode: 409 },
    });
  });

  test('name the members that are missing', async () => {
    await expect(aws.client(SNSClient).send(new CreateTopicCommand({} as never))).rejects.toMatchObject({
      name: 'ValidationError',
      message:
        "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
    });
  });

  test('say what is not a number', async () => {
    const answer = await fetch(aws.url, {
      method: 'POST',
      body: new URLSearchParams({ Action: 'ModifyListener', Version: '2015-12-01', ListenerArn: 'a', Port: 'https' }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(
      'Value at &#39;port&#39; failed to satisfy constraint: Member must be a Number',
    );
  });
});
