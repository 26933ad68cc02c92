import type {
  PutEventsRequest,
  PutEventsRequestEntry,
  PutEventsResponse,
  PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { AwsError, type Call, type Operation } from '../../wire/service.ts';
import { violation } from '../../wire/violation.ts';
import { eventTime } from './bus.ts';
import { type EventBridge, eventId } from './event-bridge.ts';
import { ENTRIES_PER_PUT, PUT_BYTES } from './quotas.ts';

/** Puts customers' events on buses; each entry succeeds or fails by itself. */
export const putEvents = (bridge: EventBridge): Operation<PutEventsRequest, PutEventsResponse> => ({
  resources: ({ Entries }, { region }) => [
    ...new Set((Entries ?? []).map((entry) => bridge.buses.arnOf(entry.EventBusName, region))),
  ],
  conditions: ({ Entries }) => ({
    'events:source': (Entries ?? []).flatMap(({ Source }) => Source ?? []),
    'events:detail-type': (Entries ?? []).flatMap(({ DetailType }) => DetailType ?? []),
  }),
  run({ Entries }, call) {
    const entries = Entries ?? [];
    if (entries.length < 1 || entries.length > ENTRIES_PER_PUT) {
      const bound = entries.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${ENTRIES_PER_PUT}`;
      throw violation(`[${entries.map(shown).join(', ')}]`, {
        member: 'entries',
        constraint: `Member must have length ${bound}`,
        code: 'ValidationException',
      });
    }
    if (entries.reduce((bytes, entry) => bytes + sizeOf(entry), 0) > PUT_BYTES) {
      throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
    }
    const results = entries.map((entry) => put(bridge, entry, call));
    return { FailedEntryCount: results.filter(({ ErrorCode }) => ErrorCode !== undefined).length, Entries: results };
  },
});

function put({ host, buses, delivering }: EventBridge, entry: PutEventsRequestEntry, call: Call): PutEventsResultEntry {
  const { Source, DetailType, Detail, Resources = [], Time = host.clock.now() } = entry;
  for (const [name, value] of Object.entries({ Source, DetailType, Detail })) {
    if (!value) {
      return failed('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
    }
  }
  if (Source?.startsWith('aws.')) return failed('NotAuthorizedForSourceException', 'Not authorized for the source.');
  const detail = parsedDetail(Detail ?? '');
  if (!detail) return failed('MalformedDetail', 'Detail is malformed.');
  const id = eventId(host);
  // An event for a bus that isn't there gets an id like any other, and is gone.
  const bus = buses.find(entry.EventBusName, call.region);
  if (bus) {
    delivering.publish(bus, {
      version: '0',
      id,
      'detail-type': DetailType ?? '',
      source: Source ?? '',
      account: call.account,
      time: eventTime(Time),
      region: call.region,
      resources: Resources,
      detail,
    });
  }
  return { EventId: id };
}

/** An entry as EventBridge's words about a list of them show it. Source: recordings of AWS in LocalStack's tests; checked 2026-11-30. */
const shown = ({ Time, Source, Resources, DetailType, Detail, EventBusName, TraceHeader }: PutEventsRequestEntry) =>
  `PutEventsRequestEntry(${Object.entries({
    time: Time?.toISOString(),
    source: Source,
    resources: Resources && `[${Resources.join(', ')}]`,
    detailType: DetailType,
    detail: Detail,
    eventBusName: EventBusName,
    traceHeader: TraceHeader,
    kmsKeyIdentifier: null,
    internalMetadata: null,
  })
    .map(([name, value]) => `${name}=${value ?? null}`)
    .join(', ')})`;

const failed = (ErrorCode: string, ErrorMessage: string): PutEventsResultEntry => ({ ErrorCode, ErrorMessage });

function parsedDetail(text: string): object | undefined {
  try {
    const detail: unknown = JSON.parse(text);
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail) ? detail : undefined;
  } catch (error) {
    if ((error as Error).name === 'SyntaxError') return undefined;
    throw error;
  }
}

/** As AWS counts: 14 bytes for a time, and the texts' bytes. Source: EventBridge User Guide, "Calculating PutEvents event entry size"; checked 2026-11-22. */
function sizeOf({ Time, Source, DetailType, Detail, Resources = [] }: PutEventsRequestEntry): number {
  const texts = [Source, DetailType, Detail, ...Resources].map((text) => Buffer.byteLength(text ?? ''));
  return (Time ? 14 : 0) + texts.reduce((sum, bytes) => sum + bytes, 0);
}
