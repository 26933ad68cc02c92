import { AwsError } from '../../wire/service.ts';

/** One line of a function's output, or whatever else was put. Instants are ms since 1970 of AWS time. */
export interface LogEvent {
  timestamp: number;
  ingestionTime: number;
  message: string;
  /** Orders events over all streams; shown as `eventId`. */
  order: number;
}

export interface LogStream {
  name: string;
  createdAt: number;
  events: LogEvent[];
}

export interface LogGroup {
  name: string;
  createdAt: number;
  retentionInDays: number | undefined;
  tags: Record<string, string>;
  streams: Map<string, LogStream>;
}

export interface LogPlace {
  region: string;
  group: string;
  stream: string;
}

/** The log groups of the account, by region and name. */
export class LogStore {
  readonly #regions = new Map<string, Map<string, LogGroup>>();
  #order = 0;

  groups(region: string): Map<string, LogGroup> {
    const groups = this.#regions.get(region) ?? new Map<string, LogGroup>();
    this.#regions.set(region, groups);
    return groups;
  }

  /** The group and the stream of these names, made now if they aren't there. */
  ensure({ region, group, stream }: LogPlace, now: number): { group: LogGroup; stream: LogStream } {
    const groups = this.groups(region);
    const found: LogGroup = groups.get(group) ?? {
      name: group,
      createdAt: now,
      retentionInDays: undefined,
      tags: {},
      streams: new Map(),
    };
    groups.set(group, found);
    const existing: LogStream = found.streams.get(stream) ?? { name: stream, createdAt: now, events: [] };
    found.streams.set(stream, existing);
    return { group: found, stream: existing };
  }

  /** Throws ResourceNotFoundException, as every operation on a group that isn't there does. */
  group(region: string, name: string): LogGroup {
    const group = this.groups(region).get(name);
    if (!group) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    return group;
  }

  stream(group: LogGroup, name: string): LogStream {
    const stream = group.streams.get(name);
    if (!stream) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
    return stream;
  }

  /** Appends to a stream. Events older than the group's retention are dropped on the way. */
  append(group: LogGroup, stream: LogStream, events: { timestamp: number; message: string }[], now: number): void {
    for (const { timestamp, message } of events)
      stream.events.push({ timestamp, message, ingestionTime: now, order: this.#order++ });
    if (group.retentionInDays === undefined) return;
    const oldest = now - group.retentionInDays * 86_400_000;
    if ((stream.events[0]?.timestamp ?? oldest) < oldest)
      stream.events = stream.events.filter(({ timestamp }) => timestamp >= oldest);
  }
}
