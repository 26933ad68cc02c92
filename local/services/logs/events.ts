import type {
  FilterLogEventsRequest,
  FilterLogEventsResponse,
  GetLogEventsRequest,
  GetLogEventsResponse,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsError, type Operation } from '../../wire/service.ts';
import { checkLimit } from './constraints.ts';
import { filterPattern } from './filter-pattern.ts';
import { logGroupArn, logGroupName } from './log-group-name.ts';
import type { LogEvent, LogStore } from './log-store.ts';
import { page } from './page.ts';

/**
 * The most events of one answer.
 * Source: CloudWatch Logs API Reference, GetLogEvents and FilterLogEvents, `limit`; checked 2026-11-22.
 */
const mostEvents = 10_000;

const within =
  ({ startTime = 0, endTime = Number.POSITIVE_INFINITY }: { startTime?: number; endTime?: number }) =>
  ({ timestamp }: LogEvent): boolean =>
    timestamp >= startTime && timestamp < endTime;

/** GetLogEvents: one stream, the newest page first unless `startFromHead`; tokens "f/…" and "b/…" walk both ways. */
export const getLogEvents = (store: LogStore): Operation<GetLogEventsRequest, GetLogEventsResponse> => ({
  resources: (input, { region, account }) => [
    `${logGroupArn(region, account, logGroupName(input))}:log-stream:${input.logStreamName}`,
  ],
  run(input, { region }) {
    const { logStreamName, startTime, endTime, nextToken, startFromHead, limit = mostEvents } = input;
    checkLimit(limit, mostEvents);
    const stream = store.stream(store.group(region, logGroupName(input)), logStreamName ?? '');
    const events = stream.events
      .filter(within({ ...(startTime !== undefined && { startTime }), ...(endTime !== undefined && { endTime }) }))
      .sort((a, b) => a.timestamp - b.timestamp || a.order - b.order);
    const token = /^([fb])\/(\d+)$/.exec(nextToken ?? '');
    if (nextToken !== undefined && !token)
      throw new AwsError('InvalidParameterException', 'The specified nextToken is invalid.');
    const at = Number(token?.[2] ?? (startFromHead ? 0 : events.length));
    const forward = token ? token[1] === 'f' : startFromHead === true;
    const [start, end] = forward
      ? [Math.min(at, events.length), Math.min(at + limit, events.length)]
      : [Math.max(0, at - limit), at];
    return {
      events: events
        .slice(start, end)
        .map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
      nextForwardToken: `f/${end}`,
      nextBackwardToken: `b/${start}`,
    };
  },
});

/** FilterLogEvents: over all streams of a group, in the order of time. */
export const filterLogEvents = (store: LogStore): Operation<FilterLogEventsRequest, FilterLogEventsResponse> => ({
  resources: (input, { region, account }) => [`${logGroupArn(region, account, logGroupName(input))}:*`],
  run(input, { region }) {
    const { logStreamNames, logStreamNamePrefix = '', startTime, endTime, nextToken, limit = mostEvents } = input;
    checkLimit(limit, mostEvents);
    if (logStreamNames !== undefined && input.logStreamNamePrefix !== undefined) {
      const message = 'The parameters logStreamNames and logStreamNamePrefix are mutually exclusive.';
      throw new AwsError('InvalidParameterException', message);
    }
    const matches = filterPattern(input.filterPattern ?? '');
    const inTime = within({ ...(startTime !== undefined && { startTime }), ...(endTime !== undefined && { endTime }) });
    const streams = [...store.group(region, logGroupName(input)).streams.values()].filter(
      ({ name }) => name.startsWith(logStreamNamePrefix) && (logStreamNames?.includes(name) ?? true),
    );
    const events = streams
      .flatMap((stream) => stream.events.map((event) => ({ stream, event })))
      .filter(({ event }) => inTime(event) && matches(event.message))
      .sort((a, b) => a.event.timestamp - b.event.timestamp || a.event.order - b.event.order);
    const { items, ...next } = page(events, { token: nextToken, limit });
    return {
      events: items.map(({ stream, event }) => ({
        logStreamName: stream.name,
        timestamp: event.timestamp,
        message: event.message,
        ingestionTime: event.ingestionTime,
        eventId: String(event.order).padStart(56, '0'),
      })),
      searchedLogStreams: [],
      ...next,
    };
  },
});
