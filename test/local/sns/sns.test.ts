import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createEventBridge } from '../../../local/services/eventbridge/service.ts';
import { createSns } from '../../../local/services/sns/service.ts';
import { AwsError, type Principal } from '../../../local/wire/service.ts';
import { aLambda, eventOf } from '../../support/a-lambda.ts';
import { type AFront, aFront } from '../../support/front.ts';

let aws: AFront;
let sns: ReturnType<typeof createSns>;
let bridge: ReturnType<typeof createEventBridge>;
let client: SNSClient;
let invoked: { event: unknown; principal: Principal }[];
let failures: AwsError[];

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:news';
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:heard';

beforeEach(async () => {
  invoked = [];
  failures = [];
  aws = await aFront({
    services: (host, dispatch) => {
      sns = createSns(host, { dispatch });
      bridge = createEventBridge(host, { dispatch, doubledShare: 0 });
      const lambda = aLambda((input, { principal }) => {
        invoked.push({ event: eventOf(input), principal });
        const failure = failures.shift();
        if (failure) throw failure;
      });
      return [sns.service, bridge.service, lambda];
    },
  });
  client = aws.client(SNSClient);
});

afterEach(() => aws.close());

const make = (input: object = {}) => client.send(new CreateTopicCommand({ Name: 'news', ...input }));
const say = (input: object = {}) =>
  client.send(new PublishCommand({ TopicArn: TOPIC, Message: 'It is live', ...input }));

describe('a topic', () => {
  test('is made once, described, changed, listed and deleted', async () => {
    expect((await make({ Attributes: { DisplayName: 'News' } })).TopicArn).toBe(TOPIC);
    expect((await make()).TopicArn).toBe(TOPIC);
    await expect(make({ Attributes: { DisplayName: 'Other' } })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Invalid parameter: Attributes Reason: Topic already exists with different attributes',
    });
    await client.send(
      new SetTopicAttributesCommand({ TopicArn: TOPIC, AttributeName: 'DisplayName', AttributeValue: 'Later' }),
    );
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: TOPIC }));
    expect(Attributes).toMatchObject({ DisplayName: 'Later', Owner: '123456789012', SubscriptionsConfirmed: '0' });
    expect(JSON.parse(Attributes?.['EffectiveDeliveryPolicy'] ?? '')).toMatchObject({
      http: { defaultHealthyRetryPolicy: { numRetries: 3 } },
    });
    expect((await client.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn: TOPIC }]);
    await client.send(new DeleteTopicCommand({ TopicArn: TOPIC }));
    await client.send(new DeleteTopicCommand({ TopicArn: TOPIC }));

    await expect(say()).rejects.toMatchObject({ name: 'NotFoundException', message: 'Topic does not exist' });
  });

  // Source: the tests of ballerinax/aws.sns, run against AWS; checked 2026-12-01.
  test('carries no more tags and no longer ones than AWS lets it', async () => {
    const key = 'k'.repeat(129);
    const tooLong = `1 validation error detected: Value '${key}' at 'tags.1.member.key' failed to satisfy constraint: Member must have length less than or equal to 128`;
    await expect(make({ Tags: [{ Key: key, Value: '1' }] })).rejects.toThrow(tooLong);
    await make({});
    const tag = (Tags: { Key: string; Value: string }[]) =>
      client.send(new TagResourceCommand({ ResourceArn: TOPIC, Tags }));
    await expect(tag([{ Key: key, Value: '1' }])).rejects.toThrow(tooLong);
    await expect(tag([{ Key: 'a', Value: 'v'.repeat(257) }])).rejects.toThrow(/length less than or equal to 256$/);
    await expect(tag(Array.from({ length: 51 }, (_, n) => ({ Key: `k${n}`, Value: '' })))).rejects.toMatchObject({
      name: 'TagLimitExceededException',
      message: 'Could not complete request: tag quota of per resource exceeded',
    });
  });

  test('carries tags', async () => {
    await make({ Tags: [{ Key: 'a', Value: '1' }] });
    await client.send(new TagResourceCommand({ ResourceArn: TOPIC, Tags: [{ Key: 'b', Value: '2' }] }));
    await client.send(new UntagResourceCommand({ ResourceArn: TOPIC, TagKeys: ['a'] }));

    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceArn: TOPIC }));
    expect(Tags).toEqual([{ Key: 'b', Value: '2' }]);
    const twice = [1, 2].map((Value) => ({ Key: 'c', Value: String(Value) }));
    await expect(client.send(new TagResourceCommand({ ResourceArn: TOPIC, Tags: twice }))).rejects.toMatchObject({
      message: 'Invalid parameter: Duplicated keys are not allowed.',
    });
  });

  test.each([
    ['an empty message', { Message: '' }, 'Invalid parameter: Empty message'],
    [
      'a message over 256 KiB with its attributes',
      {
        Message: 'x'.repeat(262_000),
        MessageAttributes: { a: { DataType: 'String', StringValue: 'x'.repeat(200) } },
      },
      'Invalid parameter: Message too long',
    ],
    [
      'a topic that is no ARN',
      { TopicArn: 'a:topic' },
      'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 2',
    ],
    ['a topic of another Region', { TopicArn: TOPIC.replace('us-east-1', 'eu-west-1') }, 'Invalid parameter: TopicArn'],
    ['a message over 256 KiB', { Message: 'x'.repeat(262_145) }, 'Invalid parameter: Message too long'],
    [
      'what a FIFO topic alone has',
      { MessageDeduplicationId: 'a' },
      'Invalid parameter: MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    ],
    ['a subject with a tab', { Subject: 'a\tb' }, 'Invalid parameter: Subject'],
    ['a subject of two lines', { Subject: 'a\nb' }, 'Invalid parameter: Subject'],
    [
      'a structured message without a default',
      { Message: '{"email":"a"}', MessageStructure: 'json' },
      'Invalid parameter: Message Structure - No default entry in JSON message body',
    ],
  ])('refuses %s', async (_, input, message) => {
    await make();

    await expect(say(input)).rejects.toMatchObject({ name: 'InvalidParameterException', message });
  });
});

test.each([
  [{ DataType: 'Poem', StringValue: 'x' }, 'invalid message attribute type'],
  [{ DataType: 'String' }, 'must contain non-empty message attribute value'],
  [{ DataType: 'Number', StringValue: 'ten' }, "Could not cast message attribute 'a' value to number."],
])('a message has no attribute %j', async (attribute, message) => {
  await make();
  await expect(say({ MessageAttributes: { a: attribute } })).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: expect.stringContaining(message),
  });
});

test.each([
  ['a b', "Invalid non-alphanumeric character '#x20' was found in the message attribute name."],
  ['.a', "Invalid message attribute name starting with character '.' was found."],
  ['a.', "Invalid message attribute name ending with character '.' was found."],
  ['a..b', "Message attribute name can not have successive '.' character."],
  ['a'.repeat(257), 'Length of message attribute name must be less than 256 bytes.'],
])('no attribute of a message is called "%s"', async (name, message) => {
  await make();
  const MessageAttributes = { [name]: { DataType: 'String', StringValue: 'x' } };
  await expect(say({ MessageAttributes })).rejects.toThrow(message);
});

describe('an address that subscribes', () => {
  test('gets nothing until it confirms by the token it was mailed', async () => {
    await make();
    const Endpoint = 'ops@example.test';
    const { SubscriptionArn } = await client.send(
      new SubscribeCommand({ TopicArn: TOPIC, Protocol: 'email', Endpoint }),
    );
    expect(SubscriptionArn).toBe('pending confirmation');
    await say();
    await aws.clock.advance(1_000);
    expect(sns.mail.map(({ subject }) => subject)).toEqual(['AWS Notification - Subscription Confirmation']);
    const Token = /--token ([0-9a-f]+)/.exec(sns.mail[0]?.text ?? '')?.[1];
    const confirmed = await client.send(new ConfirmSubscriptionCommand({ TopicArn: TOPIC, Token }));
    await say({ Subject: 'Site live' });
    await aws.clock.advance(1_000);

    expect(sns.mail.at(-1)).toMatchObject({ to: Endpoint, subject: 'Site live', text: 'It is live' });
    expect(sns.published.map(({ message }) => message)).toEqual(['It is live', 'It is live']);
    const { Subscriptions } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: TOPIC }));
    expect(Subscriptions).toEqual([
      {
        SubscriptionArn: confirmed.SubscriptionArn,
        Owner: '123456789012',
        Protocol: 'email',
        Endpoint,
        TopicArn: TOPIC,
      },
    ]);
    await client.send(new UnsubscribeCommand({ SubscriptionArn: confirmed.SubscriptionArn }));
    await say();
    await aws.clock.advance(1_000);
    expect(sns.mail).toHaveLength(2);
  });

  test('subscribes once, and a wrong token confirms nothing', async () => {
    await make();
    const subscribe = () =>
      client.send(new SubscribeCommand({ TopicArn: TOPIC, Protocol: 'email', Endpoint: 'ops@example.test' }));
    await subscribe();
    await subscribe();

    expect(sns.mail).toHaveLength(1);
    expect((await client.send(new ListSubscriptionsCommand({}))).Subscriptions).toMatchObject([
      { SubscriptionArn: 'PendingConfirmation' },
    ]);
    await expect(client.send(new ConfirmSubscriptionCommand({ TopicArn: TOPIC, Token: 'odd' }))).rejects.toMatchObject({
      message: 'Invalid parameter: Token',
    });
    const elsewhere = new ConfirmSubscriptionCommand({ TopicArn: `${TOPIC}2`, Token: 'odd' });
    await expect(client.send(elsewhere)).rejects.toMatchObject({ message: 'Invalid parameter: Token' });
    // What a list shows of one that is not confirmed is no ARN.
    const pending = new UnsubscribeCommand({ SubscriptionArn: 'PendingConfirmation' });
    await expect(client.send(pending)).rejects.toMatchObject({
      message: 'Invalid parameter: SubscriptionArn Reason: An ARN must have at least 6 elements, not 1',
    });
  });

  test.each([
    ['sqs', 'arn:aws:sqs:us-east-1:123456789012:q', /sqs is not part of the local AWS/],
    ['pigeon', 'coop', /Amazon SNS does not support this protocol string: pigeon/],
    ['email', 'nobody', /email endpoint/],
    ['lambda', 'heard', /lambda endpoint/],
  ])('may not be %s "%s"', async (Protocol, Endpoint, message) => {
    await make();

    await expect(client.send(new SubscribeCommand({ TopicArn: TOPIC, Protocol, Endpoint }))).rejects.toThrow(message);
  });
});

describe('a function that subscribes', () => {
  const subscribe = async () => {
    await make();
    return client.send(new SubscribeCommand({ TopicArn: TOPIC, Protocol: 'lambda', Endpoint: FUNCTION }));
  };

  test('is invoked by SNS on behalf of the topic', async () => {
    const { SubscriptionArn } = await subscribe();
    await say({
      Message: '{"default":"short","lambda":"long"}',
      MessageStructure: 'json',
      MessageAttributes: { kind: { DataType: 'String', StringValue: 'live' } },
    });
    await aws.clock.advance(1_000);

    expect(invoked).toMatchObject([
      {
        principal: { service: 'sns.amazonaws.com', sourceArn: TOPIC },
        event: {
          Records: [
            {
              EventSource: 'aws:sns',
              EventSubscriptionArn: SubscriptionArn,
              Sns: {
                Type: 'Notification',
                TopicArn: TOPIC,
                Message: 'long',
                Timestamp: expect.stringMatching(/^2026-11-22T12:00:0/),
                MessageAttributes: { kind: { Type: 'String', Value: 'live' } },
              },
            },
          ],
        },
      },
    ]);
    const { Attributes } = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
    expect(Attributes).toMatchObject({ PendingConfirmation: 'false', Protocol: 'lambda', Endpoint: FUNCTION });
  });

  test('is tried again while it is throttled, and given up when it does not let SNS in', async () => {
    await subscribe();
    failures = [
      new AwsError('TooManyRequestsException', 'Rate exceeded', { status: 429 }),
      new AwsError('ServiceException', 'broken', { status: 500 }),
    ];
    await say();
    await aws.clock.advance(10_000);
    expect(invoked).toHaveLength(3);
    failures = [new AwsError('AccessDeniedException', 'no', { status: 403 })];
    await say();
    await aws.clock.advance(3_600_000);

    expect(invoked).toHaveLength(4);
  });
});

describe("S13: a topic's policy", () => {
  const policy = (condition: object) =>
    JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'events.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: TOPIC,
          Condition: condition,
        },
      ],
    });
  const throughRule = async () => {
    const call = (operation: string, input: object) =>
      aws.dispatch({ service: 'events', operation, input, principal: { arn: 'arn:aws:iam::123456789012:root' } });
    await call('PutRule', { Name: 'live', EventPattern: '{"source":["nameplate"]}' });
    await call('PutTargets', { Rule: 'live', Targets: [{ Id: 'topic', Arn: TOPIC }] });
    await call('PutEvents', { Entries: [{ Source: 'nameplate', DetailType: 'Site Live', Detail: '{}' }] });
    await aws.clock.advance(1_000);
    return bridge.log.deliveries.at(-1);
  };

  test('lets no AWS service in unless it says so', async () => {
    await make();

    expect(await throughRule()).toMatchObject({
      outcome: 'dropped',
      error: { code: 'AuthorizationError', message: expect.stringContaining('SNS:Publish') },
    });
    expect(sns.published).toEqual([]);
  });

  test('lets the rule in that it names', async () => {
    const rule = 'arn:aws:events:us-east-1:123456789012:rule/live';
    await make({ Attributes: { Policy: policy({ ArnEquals: { 'aws:SourceArn': rule } }) } });

    expect(await throughRule()).toMatchObject({ outcome: 'delivered' });
    expect(JSON.parse(sns.published[0]?.texts['default'] ?? '')).toMatchObject({ 'detail-type': 'Site Live' });
  });

  test('keeps out another account', async () => {
    await make({ Attributes: { Policy: policy({ StringEquals: { 'aws:SourceAccount': '999999999999' } }) } });

    expect(await throughRule()).toMatchObject({ outcome: 'dropped' });
  });
});

test('a role may publish only where its policy says', async () => {
  await make();
  await make({ Name: 'other' });
  const credentials = aws.role({ Effect: 'Allow', Action: 'sns:Publish', Resource: TOPIC });
  const publisher = aws.client(SNSClient, { credentials });

  await publisher.send(new PublishCommand({ TopicArn: TOPIC, Message: 'a' }));
  await expect(
    publisher.send(new PublishCommand({ TopicArn: `${TOPIC.slice(0, -4)}other`, Message: 'a' })),
  ).rejects.toMatchObject({ name: 'AuthorizationErrorException' });
});
