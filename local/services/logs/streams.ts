import type {
  CreateLogStreamRequest,
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import type { Host } from '../../host.ts';
import { AwsError, type Call, type Operation } from '../../wire/service.ts';
import { checkLimit, checkStreamName } from './constraints.ts';
import { logGroupArn, logGroupName } from './log-group-name.ts';
import type { LogStore, LogStream } from './log-store.ts';
import { page } from './page.ts';

/** What an operation on one stream is judged by. */
export const onStream = (
  { logGroupName: group, logStreamName }: { logGroupName: string | undefined; logStreamName: string | undefined },
  { region, account }: Call,
): string[] => [`${logGroupArn(region, account, group ?? '')}:log-stream:${logStreamName ?? ''}`];

/** CreateLogStream: in a group that exists, under a name that is free. */
export const createLogStream = (host: Host, store: LogStore): Operation<CreateLogStreamRequest, object> => ({
  resources: onStream,
  run({ logGroupName: group, logStreamName }, { region }) {
    const name = logStreamName ?? '';
    checkStreamName(name);
    const { streams } = store.group(region, group ?? '');
    if (streams.has(name))
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
    streams.set(name, { name, createdAt: host.clock.now().getTime(), events: [] });
    return {};
  },
});

/** DescribeLogStreams: by name or by the time of the last event; 50 a page. */
export const describeLogStreams = (
  store: LogStore,
): Operation<DescribeLogStreamsRequest, DescribeLogStreamsResponse> => ({
  resources: (input, { region, account }) => [`${logGroupArn(region, account, logGroupName(input))}:*`],
  run(input, { region, account }) {
    const { logStreamNamePrefix = '', orderBy = 'LogStreamName', descending, nextToken, limit = 50 } = input;
    checkLimit(limit, 50);
    if (orderBy === 'LastEventTime' && input.logStreamNamePrefix !== undefined) {
      const message = 'Cannot order by LastEventTime with a logStreamNamePrefix.';
      throw new AwsError('InvalidParameterException', message);
    }
    const group = store.group(region, logGroupName(input));
    const lastAt = ({ events, createdAt }: LogStream): number => events.at(-1)?.timestamp ?? createdAt;
    const found = [...group.streams.values()]
      .filter(({ name }) => name.startsWith(logStreamNamePrefix))
      .sort((a, b) => (orderBy === 'LastEventTime' ? lastAt(a) - lastAt(b) : a.name < b.name ? -1 : 1));
    const { items, ...next } = page(descending ? found.reverse() : found, { token: nextToken, limit });
    return {
      logStreams: items.map((stream) => {
        const [first, last] = [stream.events[0], stream.events.at(-1)];
        return {
          logStreamName: stream.name,
          creationTime: stream.createdAt,
          ...(first &&
            last && {
              firstEventTimestamp: first.timestamp,
              lastEventTimestamp: last.timestamp,
              lastIngestionTime: last.ingestionTime,
            }),
          arn: `${logGroupArn(region, account, group.name)}:log-stream:${stream.name}`,
          // AWS counts no bytes of a stream since 2019.
          storedBytes: 0,
        };
      }),
      ...next,
    };
  },
});
