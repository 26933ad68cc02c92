import type {
  CreateTopicInput,
  CreateTopicResponse,
  DeleteTopicInput,
  GetTopicAttributesInput,
  GetTopicAttributesResponse,
  ListTopicsInput,
  ListTopicsResponse,
  SetTopicAttributesInput,
} from '@aws-sdk/client-sns';
import { AwsError, type Operation } from '../../wire/service.ts';
import { page } from './page.ts';
import type { Sns } from './sns.ts';
import { checkedTags, tagConditions } from './tags.ts';
import type { Topic } from './topic.ts';
import { defaultPolicy } from './topic-policy.ts';
import { checkArn } from './topics.ts';

// Source: SNS API Reference, "CreateTopic", "SetTopicAttributes"; checked 2026-11-22.
const NAME = /^[A-Za-z0-9_-]{1,256}$/;
const ATTRIBUTES = ['DisplayName', 'Policy', 'DeliveryPolicy', 'KmsMasterKeyId', 'SignatureVersion', 'TracingConfig'];

/** What AWS does with HTTP endpoints unless told otherwise; none can subscribe here. Source: recordings of GetTopicAttributes; checked 2026-11-30. */
const DELIVERY = {
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: 'linear',
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: 'text/plain; charset=UTF-8' },
  },
};

/** Makes a topic, or returns the one of that name if it is the same. */
export const createTopic = ({ topics }: Sns): Operation<CreateTopicInput, CreateTopicResponse> => ({
  resources: ({ Name }, { region }) => [topics.arn(Name, region)],
  conditions: ({ Tags }) => tagConditions(Tags),
  run({ Name: name = '', Attributes = {}, Tags }, { region, account }) {
    if (!NAME.test(name)) throw new AwsError('InvalidParameter', 'Invalid parameter: Topic Name');
    for (const [attribute, value] of Object.entries(Attributes)) checkAttribute(attribute, value);
    const arn = topics.arn(name, region);
    const tags = checkedTags(Tags);
    const old = topics.find(arn);
    if (old) {
      refuseOther(old, Attributes, tags);
      return { TopicArn: arn };
    }
    const attributes = new Map([['Policy', defaultPolicy(arn, account)], ...Object.entries(Attributes)]);
    topics.add({ arn, name, region, attributes, tags, subscriptions: [], deleted: 0 });
    return { TopicArn: arn };
  },
});

function refuseOther(old: Topic, attributes: Record<string, string>, tags: Map<string, string>): void {
  const differs = Object.entries(attributes).some(([name, value]) => old.attributes.get(name) !== value);
  const tagsDiffer = [...tags].some(([key, value]) => old.tags.get(key) !== value);
  if (differs || tagsDiffer) {
    const what = differs ? 'Attributes' : 'Tags';
    throw new AwsError(
      'InvalidParameter',
      `Invalid parameter: ${what} Reason: Topic already exists with different ${what.toLowerCase()}`,
    );
  }
}

/** Deletes a topic with its subscriptions; one that isn't there is deleted already. */
export const deleteTopic = ({ topics }: Sns): Operation<DeleteTopicInput, object> => ({
  resources: ({ TopicArn }) => [TopicArn ?? '*'],
  run({ TopicArn }) {
    checkArn('TopicArn', TopicArn);
    topics.delete(TopicArn);
    return {};
  },
});

export const listTopics = ({ topics }: Sns): Operation<ListTopicsInput, ListTopicsResponse> => ({
  run({ NextToken }, { region }) {
    const { items, ...next } = page(topics.of(region), NextToken);
    return { Topics: items.map(({ arn }) => ({ TopicArn: arn })), ...next };
  },
});

export const getTopicAttributes = ({
  topics,
}: Sns): Operation<GetTopicAttributesInput, GetTopicAttributesResponse> => ({
  resources: ({ TopicArn }) => [TopicArn ?? '*'],
  run({ TopicArn }, { region, account }) {
    const { arn, attributes, subscriptions, deleted } = topics.get(TopicArn, region);
    const pending = subscriptions.filter(({ token }) => token !== undefined).length;
    return {
      Attributes: {
        TopicArn: arn,
        Owner: account,
        DisplayName: '',
        EffectiveDeliveryPolicy: JSON.stringify(DELIVERY),
        ...Object.fromEntries(attributes),
        SubscriptionsConfirmed: String(subscriptions.length - pending),
        SubscriptionsPending: String(pending),
        SubscriptionsDeleted: String(deleted),
      },
    };
  },
});

export const setTopicAttributes = ({ topics }: Sns): Operation<SetTopicAttributesInput, object> => ({
  resources: ({ TopicArn }) => [TopicArn ?? '*'],
  run({ TopicArn, AttributeName = '', AttributeValue = '' }, { region }) {
    const topic = topics.get(TopicArn, region);
    checkAttribute(AttributeName, AttributeValue);
    topic.attributes.set(AttributeName, AttributeValue);
    return {};
  },
});

function checkAttribute(name: string, value: string): void {
  if (!ATTRIBUTES.includes(name)) {
    throw new AwsError(
      'InvalidParameter',
      `Invalid parameter: Attributes Reason: ${name} is not part of the local AWS`,
    );
  }
  if (name !== 'Policy') return;
  try {
    JSON.parse(value);
  } catch (error) {
    if ((error as Error).name !== 'SyntaxError') throw error;
    throw new AwsError('InvalidParameter', 'Invalid parameter: Policy Error: null');
  }
}
