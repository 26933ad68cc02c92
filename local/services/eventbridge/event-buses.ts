import type {
  CreateEventBusRequest,
  CreateEventBusResponse,
  DeleteEventBusRequest,
  DescribeEventBusRequest,
  DescribeEventBusResponse,
  EventBus,
  ListEventBusesRequest,
  ListEventBusesResponse,
} from '@aws-sdk/client-eventbridge';
import { AwsError, type Operation } from '../../wire/service.ts';
import type { Bus } from './bus.ts';
import type { EventBridge } from './event-bridge.ts';
import { page } from './page.ts';
import { BUSES } from './quotas.ts';
import { requestTagConditions, setTags } from './tags.ts';

const NAME = /^[.\-_A-Za-z0-9]{1,256}$/;

export const createEventBus = ({ buses }: EventBridge): Operation<CreateEventBusRequest, CreateEventBusResponse> => ({
  resources: ({ Name }, { region }) => [buses.arnOf(Name, region)],
  conditions: ({ Tags }) => requestTagConditions(Tags),
  run({ Name = '', Description, DeadLetterConfig, Tags }, { region }) {
    if (!NAME.test(Name)) throw new AwsError('ValidationException', 'Parameter Name is not valid.');
    if (DeadLetterConfig?.Arn !== undefined) {
      throw new AwsError('ValidationException', 'A dead-letter queue needs SQS, which is not part of the local AWS.');
    }
    if (buses.find(Name, region)) {
      throw new AwsError('ResourceAlreadyExistsException', `Event bus ${Name} already exists.`);
    }
    if (buses.of(region).length >= BUSES) {
      throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
    }
    const tags = new Map<string, string>();
    setTags(tags, Tags);
    const bus = buses.create(Name, { region, description: Description });
    bus.tags = tags;
    return { EventBusArn: bus.arn, ...(Description !== undefined && { Description }) };
  },
});

export const deleteEventBus = ({ buses }: EventBridge): Operation<DeleteEventBusRequest, object> => ({
  resources: ({ Name }, { region }) => [buses.arnOf(Name, region)],
  run({ Name }, { region }) {
    if (Name === 'default') throw new AwsError('ValidationException', 'Cannot delete event bus default.');
    const bus = buses.find(Name, region);
    if (bus && bus.rules.size > 0) {
      throw new AwsError('ValidationException', `Event bus ${Name} can't be deleted since it has rules.`);
    }
    if (bus) buses.delete(bus);
    return {};
  },
});

export const describeEventBus = ({
  buses,
}: EventBridge): Operation<DescribeEventBusRequest, DescribeEventBusResponse> => ({
  resources: ({ Name }, { region }) => [buses.arnOf(Name, region)],
  run: ({ Name }, { region }) => summary(buses.get(Name, region)),
});

export const listEventBuses = ({ buses }: EventBridge): Operation<ListEventBusesRequest, ListEventBusesResponse> => ({
  run({ NamePrefix = '', ...paging }, { region }) {
    const found = buses.of(region).filter(({ name }) => name.startsWith(NamePrefix));
    const { items, ...next } = page(found, paging);
    return { EventBuses: items.map(summary), ...next };
  },
});

const summary = ({ name, arn, description, createdAt }: Bus): EventBus => ({
  Name: name,
  Arn: arn,
  ...(description !== undefined && { Description: description }),
  CreationTime: createdAt,
  LastModifiedTime: createdAt,
});
