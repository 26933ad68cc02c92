import type { Provider } from '../provider.ts';
import { list } from '../shape.ts';

/** AWS::SNS::TopicPolicy: the policy of each of its topics, by SetTopicAttributes. */
export const snsTopicPolicy: Provider<{ PolicyDocument: object; Topics: string[] }> = {
  type: 'AWS::SNS::TopicPolicy',
  properties: { PolicyDocument: 'json', Topics: list('string') },
  async create({ properties: { PolicyDocument, Topics }, name, call }) {
    for (const TopicArn of Topics)
      await call('sns', 'SetTopicAttributes', {
        TopicArn,
        AttributeName: 'Policy',
        AttributeValue: JSON.stringify(PolicyDocument),
      });
    const id = name();
    return { ref: id, attributes: { Id: id } };
  },
};
