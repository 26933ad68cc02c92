import type { ResourceType } from '../resource.ts';

/** AWS::SNS::Topic */
export const topic: ResourceType = {
  properties: ['TopicName', 'DisplayName'],
  async create({ TopicName, DisplayName }, { call, name }) {
    const { TopicArn } = await call<{ TopicArn: string }>('sns', 'CreateTopic', {
      Name: TopicName ?? name(256),
      ...(DisplayName && { Attributes: { DisplayName } }),
    });
    return { ref: TopicArn, attributes: { TopicArn, TopicName: TopicArn.split(':').at(-1) } };
  },
};

/** AWS::SNS::TopicPolicy */
export const topicPolicy: ResourceType = {
  properties: ['Topics', 'PolicyDocument'],
  async create({ Topics, PolicyDocument }, { call, name }) {
    for (const TopicArn of Topics) {
      await call('sns', 'SetTopicAttributes', {
        TopicArn,
        AttributeName: 'Policy',
        AttributeValue: JSON.stringify(PolicyDocument),
      });
    }
    return { ref: name(64) };
  },
};
