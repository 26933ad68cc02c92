import type { CreateEventBusRequest, CreateEventBusResponse } from '@aws-sdk/client-eventbridge';
import type { Provider } from '../provider.ts';
import { tags } from '../shape.ts';

/** AWS::Events::EventBus, by CreateEventBus. */
export const eventsEventBus: Provider<CreateEventBusRequest> = {
  type: 'AWS::Events::EventBus',
  properties: { Name: 'string', Description: 'string', Tags: tags },
  async create({ properties, call }) {
    const { EventBusArn = '' } = await call<CreateEventBusResponse>('events', 'CreateEventBus', properties);
    const Name = properties.Name ?? '';
    return { ref: Name, attributes: { Arn: EventBusArn, Name } };
  },
};
