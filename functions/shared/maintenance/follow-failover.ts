import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { client } from '../../../aws/clients.ts';
import type { Environment } from '../../../aws/environment.ts';
import { putEvent } from '../../../aws/events/put-event.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { readMaintenance } from '../../../aws/ledger/maintenance.ts';
import { readSite } from '../../../aws/ledger/read-site.ts';
import { writeTimeline } from '../../../aws/ledger/write-timeline.ts';
import { needsResource } from '../../../domain/edges/edge.ts';
import type { AlarmReading } from '../../../domain/failover/alarm.ts';
import { type AutomaticFailover, observedFailover } from '../../../domain/failover/automatic-failover.ts';
import { alarmArn } from '../../../domain/failover/health-check-alarm.ts';
import { isOn } from '../../../domain/failover/maintenance.ts';
import { inWords } from '../../../domain/failover/maintenance-in-words.ts';
import { outputIfDone } from '../../../domain/ledger/outputs.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { minute } from '../../../domain/minute.ts';
import { desiredDocument } from '../../../domain/sites/life/standing.ts';
import { changeMaintenance } from './due.ts';

interface FollowingFailover {
  ledger: Ledger;
  environment: Environment;
  readAlarm: (arn: string) => Promise<AlarmReading | undefined>;
  now: Date;
}

/** The ARN of the alarm on the health check of what viewers are served by; undefined where none is, or was before there were such alarms. */
export async function healthCheckAlarm(
  item: SiteItem,
  { ledger, environment }: Pick<FollowingFailover, 'ledger' | 'environment'>,
): Promise<string | undefined> {
  if (!item.live || !desiredDocument(item) || !needsResource(item.live, 'alarm')) return undefined;
  const record = await readSite(ledger, item.domain);
  const name = record && outputIfDone(record, 'CreateAlarm')?.alarmName;
  return name === undefined ? undefined : alarmArn(environment.account, name);
}

/**
 * Tells of a failover that Route 53 has made by itself, and of its end, once each: in the timeline, on the bus and in what GET shows. It leads
 * no viewer anywhere.
 */
export async function followFailover(
  { ledger, environment, readAlarm, now }: FollowingFailover,
  item: SiteItem,
  arn: string | undefined,
): Promise<void> {
  const reading = arn === undefined ? undefined : await readAlarm(arn);
  // An alarm that is missing says nothing; where none is needed any more, the failover has ended with it.
  if (arn !== undefined && !reading) return;
  const until = reading?.dataSince ?? reading?.since ?? now.toISOString();
  await turn({ ledger, environment }, item, {
    arn,
    next: (before) => reading && observedFailover(before, reading, item),
    ended: (before) => ({ at: reading?.since ?? until, until, message: endedInWords(before, { until, item }) }),
  });
}

/** Ends a failover whose alarm can tell of nothing any more, since the site was seen under its names. */
export async function endFailover(
  { ledger, environment, now }: Omit<FollowingFailover, 'readAlarm'>,
  item: SiteItem,
  arn: string | undefined,
): Promise<void> {
  const until = now.toISOString();
  await turn({ ledger, environment }, item, {
    arn,
    next: () => undefined,
    ended: ({ since }) => ({
      at: until,
      until,
      message: `The site is seen under its names again, ${minutesBetween(since, until)} min after the health check began to fail; since when is not known without its alarm`,
    }),
  });
}

interface Turning {
  arn: string | undefined;
  next: (before: AutomaticFailover | undefined) => AutomaticFailover | undefined;
  ended: (before: AutomaticFailover) => { at: string; until: string; message: string };
}

/** Writes that a failover has begun or ended, and tells of it. */
async function turn(
  { ledger, environment }: Pick<FollowingFailover, 'ledger' | 'environment'>,
  item: SiteItem,
  { arn, next, ended }: Turning,
): Promise<void> {
  const { failover: known } = await readMaintenance(ledger, item);
  if (Boolean(next(known)) === Boolean(known)) return;
  let change: { before: AutomaticFailover | undefined; after: AutomaticFailover | undefined } | undefined;
  await changeMaintenance(ledger, item, ({ failover: before, ...rest }) => {
    const after = next(before);
    // Of two that see it at once, the one that writes it tells.
    change = Boolean(after) === Boolean(before) ? undefined : { before, after };
    return { ...rest, ...(after && { failover: after }) };
  });
  if (!change) return;
  const { before, after } = change;
  try {
    if (after) await tell(after.detectedAt, 'Failover Began', { message: beganInWords(after), detail: after });
    else if (before) {
      const { at, until, message } = ended(before);
      await tell(at, 'Failover Ended', { message, detail: { ...before, until } });
    }
  } catch (error) {
    // The next call finds it as it was, and tells.
    await changeMaintenance(ledger, item, ({ failover: _, ...rest }) => ({
      ...rest,
      ...(before && { failover: before }),
    }));
    throw error;
  }

  async function tell(
    at: string,
    kind: 'Failover Began' | 'Failover Ended',
    { message, detail }: { message: string; detail: object },
  ): Promise<void> {
    const { domain } = item;
    await writeTimeline(ledger, domain, { id: kind.toLowerCase().replace(' ', '-'), at, message });
    const told = { domain, cause: 'health-check', ...detail, ...(arn !== undefined && { alarm: arn }) };
    await putEvent(client(EventBridgeClient), { bus: environment.eventBusName, detailType: kind, detail: told });
  }
}

function beganInWords({ since }: AutomaticFailover): string {
  return `Failover: viewers see the maintenance page, because the health check fails since ${minute(since)}; Route 53 leads them there by itself`;
}

function endedInWords(
  { since }: AutomaticFailover,
  { until, item }: { until: string; item: Pick<SiteItem, 'maintenance'> },
): string {
  const healthy = `The health check succeeds again since ${minute(until)}, after ${minutesBetween(since, until)} min`;
  return isOn(item) ? `${healthy}; ${inWords(item)}` : `${healthy}: Route 53 leads viewers to the site by itself`;
}

function minutesBetween(since: string, until: string): number {
  return Math.max(1, Math.round((Date.parse(until) - Date.parse(since)) / 60_000));
}
