import type { InvocationRequest } from '@aws-sdk/client-lambda';
import { type MessageAttributeValue, SNS } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSns } from '../../../local/services/sns/service.ts';
import { aLambda, eventOf } from '../../support/a-lambda.ts';
import { type AFront, aFront } from '../../support/front.ts';

const TopicArn = 'arn:aws:sns:us-east-1:123456789012:news';
const Endpoint = 'arn:aws:lambda:us-east-1:123456789012:function:heard';

let aws: AFront;
let sns: SNS;
let heard: string[];

const messageIn = (input: InvocationRequest): string =>
  (eventOf(input) as { Records: { Sns: { Message: string } }[] }).Records[0]?.Sns.Message ?? '';

beforeEach(async () => {
  heard = [];
  aws = await aFront({
    services: (host, dispatch) => [
      createSns(host, { dispatch }).service,
      aLambda((input) => heard.push(messageIn(input))),
    ],
  });
  sns = aws.client(SNS);
  await sns.createTopic({ Name: 'news' });
});
afterEach(() => aws.close());

const subscribe = async (Attributes: Record<string, string> = {}): Promise<string> => {
  const made = await sns.subscribe({ TopicArn, Protocol: 'lambda', Endpoint, Attributes });
  return String(made.SubscriptionArn);
};
const say = (Message: string, MessageAttributes?: Record<string, MessageAttributeValue>) =>
  sns.publish({ TopicArn, Message, MessageAttributes });
const settle = (seconds = 1) => aws.clock.advance(seconds * 1000);
const text = (StringValue: string): MessageAttributeValue => ({ DataType: 'String', StringValue });
const number = (StringValue: string): MessageAttributeValue => ({ DataType: 'Number', StringValue });
const list = (values: unknown[]): MessageAttributeValue => ({
  DataType: 'String.Array',
  StringValue: JSON.stringify(values),
});

describe('a filter policy', () => {
  test.each<[string, object, Record<string, MessageAttributeValue>, boolean]>([
    ['by a text', { kind: ['live'] }, { kind: text('live') }, true],
    ['not by another text', { kind: ['live'] }, { kind: text('failed') }, false],
    ['not without the attribute', { kind: ['live'] }, {}, false],
    ['by one of a list', { kind: ['live'] }, { kind: list(['a', 'live']) }, true],
    ['by a prefix', { kind: [{ prefix: 'li' }] }, { kind: text('live') }, true],
    ['by anything but a text', { kind: [{ 'anything-but': ['live'] }] }, { kind: text('failed') }, true],
    ['not by what is not there for anything-but', { kind: [{ 'anything-but': ['live'] }] }, {}, false],
    ['by a number in a range', { n: [{ numeric: ['>', 0, '<=', 5] }] }, { n: number('5.0') }, true],
    ['not by a text that reads as a number', { n: [{ numeric: ['=', 5] }] }, { n: text('5') }, false],
    ['by an attribute that is there', { kind: [{ exists: true }] }, { kind: text('x') }, true],
    ['by one that is not there', { kind: [{ exists: false }] }, {}, true],
    ['by null for one that is not there', { kind: [null, { 'anything-but': 'live' }] }, {}, true],
    ['by all attributes together', { a: ['1'], b: ['2'] }, { a: text('1'), b: text('3') }, false],
  ])('is met %s', async (_, policy, attributes, expected) => {
    await subscribe({ FilterPolicy: JSON.stringify(policy) });
    await say('news', attributes);
    await settle();
    expect(heard).toEqual(expected ? ['news'] : []);
  });

  test('of the scope MessageBody is met by the body, where that is JSON', async () => {
    const FilterPolicy = JSON.stringify({ site: { state: ['live'] } });
    await subscribe({ FilterPolicy, FilterPolicyScope: 'MessageBody' });
    const live = '{"site":{"state":"live"}}';
    for (const message of ['{"site":{"state":"failed"}}', 'live', live]) await say(message);
    await settle();
    expect(heard).toEqual([live]);
  });

  test('counts up to 15 minutes after it was changed, and is taken away by an empty one', async () => {
    const SubscriptionArn = await subscribe();
    const set = (AttributeName: string, AttributeValue: string) =>
      sns.setSubscriptionAttributes({ SubscriptionArn, AttributeName, AttributeValue });
    await set('FilterPolicy', '{"kind":["live"]}');
    expect((await sns.getSubscriptionAttributes({ SubscriptionArn })).Attributes).toMatchObject({
      FilterPolicy: '{"kind":["live"]}',
      FilterPolicyScope: 'MessageAttributes',
    });
    await say('at once');
    await settle(900);
    await say('later');
    await settle();
    expect(heard).toEqual(['at once']);
    await set('FilterPolicy', '{}');
    expect((await sns.getSubscriptionAttributes({ SubscriptionArn })).Attributes).not.toHaveProperty('FilterPolicy');
    await settle(900);
    await say('again');
    await settle();
    expect(heard).toEqual(['at once', 'again']);
  });

  test('is a part of what a subscription is', async () => {
    const FilterPolicy = '{"kind":["live"]}';
    const arn = await subscribe({ FilterPolicy });
    expect(await subscribe({ FilterPolicy })).toBe(arn);
    await expect(subscribe({ FilterPolicy: '{"kind":["failed"]}' })).rejects.toThrow(
      'Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
    );
  });

  test.each([
    ['{"key":[["value"]]}', 'FilterPolicy: Match value must be String, number, true, false, or null'],
    ['{"key":[{"wrong-operator":true}]}', 'FilterPolicy: Unrecognized match type wrong-operator'],
    ['{"key":"value"}', 'FilterPolicy: "key" must be an object or an array'],
    ['{"key":[{"numeric":["=","0"]}]}', 'FilterPolicy: Value of equals must be numeric'],
    ['{', 'FilterPolicy: failed to parse JSON.'],
    ['{"o":{"key":["a"]}}', 'Filter policy scope MessageAttributes does not support nested filter policy'],
    [
      '{"a":["1"],"b":["1"],"c":["1"],"d":["1"],"e":["1"],"f":["1"]}',
      'FilterPolicy: Filter policy can not have more than 5 keys',
    ],
    [JSON.stringify({ a: Array.from({ length: 151 }, String) }), 'FilterPolicy: Filter policy is too complex'],
    [
      JSON.stringify({ a: Array.from({ length: 16 }, String), b: Array.from({ length: 10 }, String) }),
      'FilterPolicy: Filter policy is too complex',
    ],
  ])('%s is refused', async (FilterPolicy, reason) => {
    await expect(subscribe({ FilterPolicy })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: `Invalid parameter: Attributes Reason: ${reason}`,
    });
  });
});

test.each([
  [
    'RawMessageDelivery',
    'true',
    'Invalid parameter: Delivery protocol [lambda] does not support raw message delivery.',
  ],
  ['RawMessageDelivery', 'yes', 'Invalid parameter: RawMessageDelivery: Invalid value [yes]. Must be true or false.'],
  ['Colour', 'red', 'Invalid parameter: AttributeName'],
  [
    'FilterPolicyScope',
    'RandomValue',
    'Invalid parameter: FilterPolicyScope: Invalid value [RandomValue]. Please use either MessageBody or MessageAttributes',
  ],
])('a subscription has no %s "%s"', async (AttributeName, AttributeValue, message) => {
  const SubscriptionArn = await subscribe();
  const set = sns.setSubscriptionAttributes({ SubscriptionArn, AttributeName, AttributeValue });
  await expect(set).rejects.toMatchObject({ name: 'InvalidParameterException', message });
});
