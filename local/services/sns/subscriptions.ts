import type {
  ConfirmSubscriptionInput,
  ConfirmSubscriptionResponse,
  GetSubscriptionAttributesInput,
  GetSubscriptionAttributesResponse,
  Subscription as Listed,
  ListSubscriptionsByTopicInput,
  ListSubscriptionsByTopicResponse,
  ListSubscriptionsInput,
  ListSubscriptionsResponse,
  SetSubscriptionAttributesInput,
  SubscribeInput,
  SubscribeResponse,
  UnsubscribeInput,
} from '@aws-sdk/client-sns';
import { AwsError, type Operation } from '../../wire/service.ts';
import { SENDER } from './delivering.ts';
import { snsId } from './message-id.ts';
import { page } from './page.ts';
import type { Sns } from './sns.ts';
import { settingsWith } from './subscription-settings.ts';
import type { Subscription } from './topic.ts';
import { checkArn } from './topics.ts';

const PROTOCOLS: Record<Subscription['protocol'], RegExp> = {
  email: /^[^@\s]+@[^@\s]+$/,
  'email-json': /^[^@\s]+@[^@\s]+$/,
  lambda: /^arn:aws:lambda:[\w-]+:\d{12}:function:/,
};

const OTHER_PROTOCOLS = ['http', 'https', 'sms', 'sqs', 'application', 'firehose'];

/** Subscribes. An address is asked by mail to confirm; a function needs no confirmation. */
export const subscribe = (sns: Sns): Operation<SubscribeInput, SubscribeResponse> => ({
  resources: ({ TopicArn }) => [TopicArn ?? '*'],
  conditions: ({ Protocol, Endpoint }) => ({
    'sns:Protocol': [Protocol ?? ''],
    ...(Endpoint !== undefined && { 'sns:Endpoint': [Endpoint] }),
  }),
  run({ TopicArn, Protocol, Endpoint = '', Attributes = {}, ReturnSubscriptionArn }, { region, principal }) {
    const topic = sns.topics.get(TopicArn, region);
    const protocol = protocolOf(Protocol, Endpoint);
    const prefix = 'Attributes Reason: ';
    const settings = settingsWith({ scope: 'MessageAttributes', filter: undefined }, Attributes, { protocol, prefix });
    const known = topic.subscriptions.find((one) => one.protocol === protocol && one.endpoint === Endpoint);
    if (known) {
      const differs = settings.filter?.text !== known.settings.filter?.text || settings.scope !== known.settings.scope;
      if (differs && Object.keys(Attributes).length > 0) {
        throw invalid(`${prefix}Subscription already exists with different attributes`);
      }
      return { SubscriptionArn: shownArn(known, ReturnSubscriptionArn) };
    }
    const token = protocol === 'lambda' ? undefined : sns.host.draws.hex('sns:token', 64);
    const arn = `${topic.arn}:${snsId(sns.host)}`;
    const { filter } = settings;
    const subscription: Subscription = {
      arn,
      topic,
      protocol,
      endpoint: Endpoint,
      token,
      principal: principal.arn,
      settings,
      filter,
    };
    topic.subscriptions.push(subscription);
    if (token !== undefined) askToConfirm(sns, subscription);
    return { SubscriptionArn: shownArn(subscription, ReturnSubscriptionArn) };
  },
});

function protocolOf(wanted: string | undefined, endpoint: string): Subscription['protocol'] {
  const [protocol, valid] = Object.entries(PROTOCOLS).find(([name]) => name === wanted) ?? [];
  if (!protocol && !OTHER_PROTOCOLS.includes(wanted ?? '')) {
    throw invalid(`Amazon SNS does not support this protocol string: ${wanted}`);
  }
  if (!protocol || !valid)
    throw invalid(`Protocol Reason: ${wanted} is not part of the local AWS: use email or lambda`);
  if (!valid.test(endpoint)) throw invalid(`${protocol} endpoint`);
  return protocol as Subscription['protocol'];
}

function askToConfirm({ host, outbox }: Sns, { topic, endpoint, token }: Subscription): void {
  outbox.send({
    at: host.clock.now(),
    from: SENDER,
    to: endpoint,
    subject: 'AWS Notification - Subscription Confirmation',
    text:
      `You have chosen to subscribe to the topic:\n${topic.arn}\n\nTo confirm this subscription:\n` +
      `aws sns confirm-subscription --topic-arn ${topic.arn} --token ${token}\n`,
  });
}

const shownArn = ({ arn, token }: Subscription, always = false): string =>
  token === undefined || always ? arn : 'pending confirmation';

export const confirmSubscription = ({
  topics,
}: Sns): Operation<ConfirmSubscriptionInput, ConfirmSubscriptionResponse> => ({
  resources: ({ TopicArn }) => [TopicArn ?? '*'],
  run({ TopicArn, Token }, { region }) {
    checkArn('TopicArn', TopicArn);
    // Of a topic that is not there no token is known.
    const found = topics
      .of(region)
      .find(({ arn }) => arn === TopicArn)
      ?.subscriptions.find(({ token }) => token !== undefined && token === Token);
    if (!found) throw invalid('Token');
    found.token = undefined;
    return { SubscriptionArn: found.arn };
  },
});

/** The topic of a subscription, whose ARN is the topic's and an id. */
const onTopicOf = ({ SubscriptionArn = '*' }: { SubscriptionArn?: string | undefined }): string[] => [
  SubscriptionArn.replace(/^((?:[^:]*:){5}[^:]+):[^:]+$/, '$1'),
];

export const unsubscribe = ({ topics }: Sns): Operation<UnsubscribeInput, object> => ({
  resources: onTopicOf,
  run({ SubscriptionArn }, { region }) {
    checkArn('SubscriptionArn', SubscriptionArn);
    const found = topics
      .of(region)
      .flatMap((topic) => topic.subscriptions)
      .find(({ arn }) => arn === SubscriptionArn);
    if (found) {
      found.topic.subscriptions = found.topic.subscriptions.filter((one) => one !== found);
      found.topic.deleted++;
    }
    return {};
  },
});

export const listSubscriptions = ({ topics }: Sns): Operation<ListSubscriptionsInput, ListSubscriptionsResponse> => ({
  run({ NextToken }, { region, account }) {
    const all = topics.of(region).flatMap((topic) => topic.subscriptions);
    const { items, ...next } = page(all, NextToken);
    return { Subscriptions: items.map((one) => listed(one, account)), ...next };
  },
});

export const listSubscriptionsByTopic = ({
  topics,
}: Sns): Operation<ListSubscriptionsByTopicInput, ListSubscriptionsByTopicResponse> => ({
  resources: ({ TopicArn }) => [TopicArn ?? '*'],
  run({ TopicArn, NextToken }, { region, account }) {
    const { items, ...next } = page(topics.get(TopicArn, region).subscriptions, NextToken);
    return { Subscriptions: items.map((one) => listed(one, account)), ...next };
  },
});

export const getSubscriptionAttributes = ({
  topics,
}: Sns): Operation<GetSubscriptionAttributesInput, GetSubscriptionAttributesResponse> => ({
  resources: onTopicOf,
  run({ SubscriptionArn }, { region, account }) {
    const found = topics.subscription(SubscriptionArn, region);
    const { arn, topic, protocol, endpoint, token, principal, settings } = found;
    return {
      Attributes: {
        SubscriptionArn: arn,
        TopicArn: topic.arn,
        Owner: account,
        Protocol: protocol,
        Endpoint: endpoint,
        PendingConfirmation: String(token !== undefined),
        ConfirmationWasAuthenticated: String(protocol === 'lambda'),
        RawMessageDelivery: 'false',
        SubscriptionPrincipal: principal,
        ...(settings.filter && { FilterPolicy: settings.filter.text, FilterPolicyScope: settings.scope }),
      },
    };
  },
});

/**
 * Until a changed filter counts everywhere, in seconds. Source: SNS Developer Guide, "Message filtering", up to 15 minutes; checked
 * 2026-11-30.
 */
const FILTER_SPREAD = { min: 0, max: 900 };

export const setSubscriptionAttributes = ({
  host,
  topics,
}: Sns): Operation<SetSubscriptionAttributesInput, object> => ({
  resources: onTopicOf,
  run({ SubscriptionArn, AttributeName = '', AttributeValue = '' }, { region }) {
    const found = topics.subscription(SubscriptionArn, region);
    const given = { [AttributeName]: AttributeValue };
    found.settings = settingsWith(found.settings, given, { protocol: found.protocol, prefix: '' });
    const seconds = host.draws.seconds('sns:filter', found.arn, FILTER_SPREAD);
    host.clock.after(seconds * 1000, () => {
      found.filter = found.settings.filter;
    });
    return {};
  },
});

const listed = ({ arn, topic, protocol, endpoint, token }: Subscription, account: string): Listed => ({
  SubscriptionArn: token === undefined ? arn : 'PendingConfirmation',
  Owner: account,
  Protocol: protocol,
  Endpoint: endpoint,
  TopicArn: topic.arn,
});

const invalid = (what: string): AwsError => new AwsError('InvalidParameter', `Invalid parameter: ${what}`);
