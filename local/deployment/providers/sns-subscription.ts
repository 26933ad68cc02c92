import type { SubscribeResponse } from '@aws-sdk/client-sns';
import type { Provider } from '../provider.ts';

interface SubscriptionProperties {
  TopicArn: string;
  Protocol: string;
  Endpoint?: string;
  FilterPolicy?: object;
  FilterPolicyScope?: string;
  RawMessageDelivery?: boolean;
  RedrivePolicy?: object;
}

/** AWS::SNS::Subscription, by Subscribe. */
export const snsSubscription: Provider<SubscriptionProperties> = {
  type: 'AWS::SNS::Subscription',
  properties: {
    TopicArn: 'string',
    Protocol: 'string',
    Endpoint: 'string',
    FilterPolicy: 'json',
    FilterPolicyScope: 'string',
    RawMessageDelivery: 'boolean',
    RedrivePolicy: 'json',
  },
  async create({ properties: { TopicArn, Protocol, Endpoint, ...settings }, call }) {
    // Attributes are texts: a policy as JSON, a boolean as "true".
    const attributes = Object.entries(settings).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    const { SubscriptionArn = '' } = await call<SubscribeResponse>('sns', 'Subscribe', {
      TopicArn,
      Protocol,
      ...(Endpoint !== undefined && { Endpoint }),
      ...(attributes.length > 0 && { Attributes: Object.fromEntries(attributes) }),
      ReturnSubscriptionArn: true,
    });
    return { ref: SubscriptionArn, attributes: { Arn: SubscriptionArn } };
  },
};
