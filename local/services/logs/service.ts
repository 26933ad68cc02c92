import type { Host } from '../../host.ts';
import type { Service } from '../../wire/service.ts';
import constraints from './constraints.json' with { type: 'json' };
import { filterLogEvents, getLogEvents } from './events.ts';
import {
  createLogGroup,
  deleteLogGroup,
  deleteRetentionPolicy,
  describeLogGroups,
  putRetentionPolicy,
} from './groups.ts';
import { type LogPlace, LogStore } from './log-store.ts';
import { putLogEvents } from './put-log-events.ts';
import { createLogStream, describeLogStreams } from './streams.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';

/** Where a service of the local AWS writes what AWS's own would write to CloudWatch Logs. */
export interface LogSink {
  /** Appends lines; makes the group and the stream when they aren't there. Timestamps are AWS time. */
  write(place: LogPlace, lines: { at: Date; message: string }[]): void;
  /** As `write`, but what is for a group that is not there is lost. */
  deliver(place: LogPlace, lines: { at: Date; message: string }[]): void;
}

/** CloudWatch Logs: groups, streams, events, retention. */
export function createLogs(host: Host): { service: Service; sink: LogSink } {
  const store = new LogStore();
  const write: LogSink['write'] = (place, lines) => {
    const now = host.clock.now().getTime();
    const { group, stream } = store.ensure(place, now);
    const events = lines.map(({ at, message }) => ({ timestamp: at.getTime(), message }));
    store.append(group, stream, events, now);
  };
  return {
    service: {
      name: 'logs',
      protocol: 'awsJson1_1',
      model: () => import('@aws-sdk/client-cloudwatch-logs'),
      constraints,
      invalid: 'InvalidParameterException',
      operations: {
        CreateLogGroup: createLogGroup(host, store),
        DeleteLogGroup: deleteLogGroup(store),
        DescribeLogGroups: describeLogGroups(store),
        PutRetentionPolicy: putRetentionPolicy(store),
        DeleteRetentionPolicy: deleteRetentionPolicy(store),
        CreateLogStream: createLogStream(host, store),
        DescribeLogStreams: describeLogStreams(store),
        PutLogEvents: putLogEvents(host, store),
        GetLogEvents: getLogEvents(store),
        FilterLogEvents: filterLogEvents(store),
        TagResource: tagResource(store),
        UntagResource: untagResource(store),
        ListTagsForResource: listTagsForResource(store),
      },
    },
    sink: {
      write,
      deliver(place, lines) {
        if (store.groups(place.region).has(place.group)) write(place, lines);
      },
    },
  };
}
