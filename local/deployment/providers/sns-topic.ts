import type { CreateTopicResponse } from '@aws-sdk/client-sns';
import type { Provider, Tag } from '../provider.ts';
import { list, object, tags } from '../shape.ts';

interface TopicProperties {
  TopicName?: string;
  DisplayName?: string;
  KmsMasterKeyId?: string;
  Subscription?: { Endpoint: string; Protocol: string }[];
  Tags?: Tag[];
}

/** AWS::SNS::Topic, by CreateTopic and Subscribe. */
export const snsTopic: Provider<TopicProperties> = {
  type: 'AWS::SNS::Topic',
  properties: {
    TopicName: 'string',
    DisplayName: 'string',
    KmsMasterKeyId: 'string',
    Subscription: list(object({ Endpoint: 'string', Protocol: 'string' })),
    Tags: tags,
  },
  async create({ properties: { TopicName, Subscription = [], Tags, ...attributes }, name, call }) {
    const Name = TopicName ?? name(256);
    const { TopicArn = '' } = await call<CreateTopicResponse>('sns', 'CreateTopic', {
      Name,
      ...(Object.keys(attributes).length > 0 && { Attributes: attributes }),
      ...(Tags && { Tags }),
    });
    for (const subscription of Subscription) await call('sns', 'Subscribe', { TopicArn, ...subscription });
    return { ref: TopicArn, attributes: { TopicArn, TopicName: Name } };
  },
};
