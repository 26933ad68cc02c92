import type { PutLogEventsRequest, PutLogEventsResponse, RejectedLogEventsInfo } from '@aws-sdk/client-cloudwatch-logs';
import type { Host } from '../../host.ts';
import { AwsError, type Operation } from '../../wire/service.ts';
import { violation } from '../../wire/violation.ts';
import type { LogGroup, LogStore } from './log-store.ts';
import { onStream } from './streams.ts';

const DAY_MS = 86_400_000;
// Source: CloudWatch Logs API Reference, "PutLogEvents"; checked 2026-11-30.
const OLDEST_MS = 14 * DAY_MS;
const NEWEST_MS = 2 * 3_600_000;

/**
 * PutLogEvents: in the order of time within one call. What is too old, expired or too far in the future is left out and told of.
 * Sequence tokens are given and no longer looked at.
 */
export const putLogEvents = (host: Host, store: LogStore): Operation<PutLogEventsRequest, PutLogEventsResponse> => ({
  resources: onStream,
  run({ logGroupName: name, logStreamName, logEvents = [] }, { region }) {
    const group = store.group(region, name ?? '');
    const stream = store.stream(group, logStreamName ?? '');
    const events = logEvents.map(({ timestamp = 0, message = '' }) => ({ timestamp, message }));
    checkEvents(events);
    const now = host.clock.now().getTime();
    const rejected = rejectedOf(events, group, now);
    const { tooOldLogEventEndIndex: old = 0, expiredLogEventEndIndex: expired = 0 } = rejected;
    const taken = events.slice(Math.max(old, expired), rejected.tooNewLogEventStartIndex);
    store.append(group, stream, taken, now);
    return {
      nextSequenceToken: sequenceToken(host),
      ...(Object.keys(rejected).length > 0 && { rejectedLogEventsInfo: rejected }),
    };
  },
});

/** 56 digits. */
const sequenceToken = ({ draws }: Host): string =>
  BigInt(`0x${draws.hex('logs:sequence-token', 46)}`)
    .toString()
    .padStart(56, '0')
    .slice(-56);

interface Put {
  timestamp: number;
  message: string;
}

function checkEvents(events: Put[]): void {
  const constraint = 'Member must have length greater than or equal to 1';
  const code = 'InvalidParameterException';
  if (events.length === 0) throw violation('[]', { member: 'logEvents', constraint, code });
  const empty = events.findIndex(({ message }) => message === '');
  if (empty >= 0) throw violation('', { member: `logEvents.${empty + 1}.member.message`, constraint, code });
  if (events.some(({ timestamp }, index) => timestamp < (events[index - 1]?.timestamp ?? 0))) {
    throw new AwsError(code, 'Log events in a single PutLogEvents request must be in chronological order.');
  }
}

/** Events are in the order of time: those before an end index and from a start index on are left out. */
function rejectedOf(events: Put[], { retentionInDays }: LogGroup, now: number): RejectedLogEventsInfo {
  const before = (instant: number): number => events.filter(({ timestamp }) => timestamp < instant).length;
  const tooOld = before(now - OLDEST_MS);
  const expired = retentionInDays === undefined ? 0 : before(now - retentionInDays * DAY_MS);
  const inTime = before(now + NEWEST_MS + 1);
  return {
    ...(tooOld > 0 && { tooOldLogEventEndIndex: tooOld }),
    ...(expired > 0 && { expiredLogEventEndIndex: expired }),
    ...(inTime < events.length && { tooNewLogEventStartIndex: inTime }),
  };
}
