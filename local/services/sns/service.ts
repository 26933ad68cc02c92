import type { Host } from '../../host.ts';
import type { Dispatch, Service } from '../../wire/service.ts';
import constraints from './constraints.json' with { type: 'json' };
import { Delivering } from './delivering.ts';
import { Outbox } from './outbox.ts';
import { publish } from './publish.ts';
import type { Sns } from './sns.ts';
import {
  confirmSubscription,
  getSubscriptionAttributes,
  listSubscriptions,
  listSubscriptionsByTopic,
  setSubscriptionAttributes,
  subscribe,
  unsubscribe,
} from './subscriptions.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';
import type { Mail, Published } from './topic.ts';
import { createTopic, deleteTopic, getTopicAttributes, listTopics, setTopicAttributes } from './topic-operations.ts';
import { Topics } from './topics.ts';

/** SNS: topics with policies, mail that lands in an outbox, functions. */
export function createSns(
  host: Host,
  { dispatch }: { dispatch: Dispatch },
): {
  service: Service;
  /** What topics took, oldest first. */
  published: readonly Published[];
  /** Mail that went out: messages, and requests to confirm a subscription. */
  mail: readonly Mail[];
} {
  const outbox = new Outbox();
  const sns: Sns = { host, outbox, topics: new Topics(host), delivering: new Delivering(host, { dispatch, outbox }) };
  const service: Service = {
    name: 'sns',
    protocol: 'awsQuery',
    model: () => import('@aws-sdk/client-sns'),
    constraints,
    operations: {
      CreateTopic: createTopic(sns),
      DeleteTopic: deleteTopic(sns),
      ListTopics: listTopics(sns),
      GetTopicAttributes: getTopicAttributes(sns),
      SetTopicAttributes: setTopicAttributes(sns),
      Publish: publish(sns),
      Subscribe: subscribe(sns),
      SetSubscriptionAttributes: setSubscriptionAttributes(sns),
      ConfirmSubscription: confirmSubscription(sns),
      Unsubscribe: unsubscribe(sns),
      ListSubscriptions: listSubscriptions(sns),
      ListSubscriptionsByTopic: listSubscriptionsByTopic(sns),
      GetSubscriptionAttributes: getSubscriptionAttributes(sns),
      TagResource: tagResource(sns),
      UntagResource: untagResource(sns),
      ListTagsForResource: listTagsForResource(sns),
    },
  };
  return { service, published: outbox.published, mail: outbox.mail };
}
