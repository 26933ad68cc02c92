import { isDeepStrictEqual } from 'node:util';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { client } from '../../../aws/clients.ts';
import type { Environment } from '../../../aws/environment.ts';
import { putEvent } from '../../../aws/events/put-event.ts';
import { forgetAlarm, rememberAlarm } from '../../../aws/ledger/alarm-sites.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { readMaintenance, writeMaintenance } from '../../../aws/ledger/maintenance.ts';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { type AlarmReading, alarmDueAt, observedAlarm } from '../../../domain/failover/alarm.ts';
import { announcedWith, announcementDue } from '../../../domain/failover/announcements.ts';
import { rereadAt } from '../../../domain/failover/automatic-failover.ts';
import { desiredMaintenance, needsSwitch } from '../../../domain/failover/desired-maintenance.ts';
import { dueAt } from '../../../domain/failover/due-at.ts';
import { drivingAlarm } from '../../../domain/failover/health-check-alarm.ts';
import { retryAt } from '../../../domain/failover/retry-at.ts';
import { isKept, type MaintenanceWindow } from '../../../domain/failover/window.ts';
import type { MaintenanceItem } from '../../../domain/ledger/maintenance-item.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import { factsOf } from '../../../domain/sites/life/operations.ts';
import { isDeclared, isLive } from '../../../domain/sites/life/states.ts';
import { logger } from '../logging/logger.ts';
import { readSwitch } from '../sites/kill-switch.ts';
import { operationStatus, startOperation } from '../sites/operations.ts';
import { beginSwitch, writeMaintenanceOver } from './begin-switch.ts';
import { endMaintenance } from './end-maintenance.ts';
import { followFailover, healthCheckAlarm } from './follow-failover.ts';
import { scheduleAlarm } from './schedules.ts';

/** How the alarm of a site is read: undefined where it is not there. */
export type ReadAlarm = (arn: string) => Promise<AlarmReading | undefined>;

interface Following {
  ledger: Ledger;
  environment: Environment;
  readAlarm: ReadAlarm;
  now: Date;
}

/** A switch that was begun, or waits for another operation, is looked at again by the next sweep. */
const NEXT_SWEEP_MS = 5 * 60_000;

/**
 * Brings the maintenance of a site to what is desired now: by its windows, its alarm and its end. Whatever called it, the time and the
 * alarm itself are read and not the event, so that it may come twice, late or never (failures F5, W8, W9, W10).
 *
 * @throws {Failure} what AWS answers while it is busy: it is called again
 */
export async function followMaintenance(following: Following, domain: string): Promise<void> {
  const { ledger, now } = following;
  const item = await readSiteItem(ledger, domain);
  if (!item) return;
  if (!isDeclared(item)) return endMaintenance(ledger, item);
  const ours = await healthCheckAlarm(item, following);
  await followFailover(following, item, ours);
  const before = await readMaintenance(ledger, item);
  const { alarm: _, missingAlarm: __, ...kept } = before;
  const windows = await announced(following, item, before.windows);
  const inputs = { ...kept, windows, ...(await observed(following, { item, before, ours })) };
  const next = await switchedTo(following, item, inputs);
  const { dueAt: ___, ...written } = inputs;
  const due = earliest(next.againAt, dueAt(next.item, inputs, now), ours && rereadAt(inputs.failover, now));
  await writeMaintenance(ledger, { ...written, ...(due !== undefined && { dueAt: due }) }, { over: before });
}

interface Followed {
  item: SiteItem;
  /** When it is to be looked at again, whatever else is due. */
  againAt?: string;
}

async function switchedTo(
  { ledger, environment, now }: Following,
  item: SiteItem,
  inputs: MaintenanceItem,
): Promise<Followed> {
  const nextSweep = new Date(now.getTime() + NEXT_SWEEP_MS).toISOString();
  if (item.operation) {
    await startWhereMissing(item, now);
    return { item, againAt: nextSweep };
  }
  if (!item.site.failover || !isLive(item)) return { item };
  const desired = desiredMaintenance(item, inputs, now);
  if (!needsSwitch(desired, item)) return { item: await withCause(ledger, item, { desired, now }) };
  const retry = retryAt(item, now);
  if (retry !== undefined) return { item, againAt: retry };
  const stopped = await readSwitch(environment, now);
  if (stopped !== undefined) return { item, againAt: nextSweep };
  const maintenance = { ...desired, since: now.toISOString() };
  const begun = await beginSwitch(ledger, item, { maintenance, hold: false, now });
  logger.info(begun ? 'A switch begins' : 'Another request was faster', { domain: item.domain, maintenance });
  return { item: begun ?? item, againAt: nextSweep };
}

/** What is on or off stays so for another reason, or until another time. */
async function withCause(
  ledger: Ledger,
  item: SiteItem,
  { desired, now }: { desired: ReturnType<typeof desiredMaintenance>; now: Date },
): Promise<SiteItem> {
  const { maintenance } = item;
  if (!maintenance) return item;
  const { since, ...standing } = maintenance;
  if (isDeepStrictEqual(standing, desired)) return item;
  return (await writeMaintenanceOver(ledger, item, { maintenance: { ...desired, since }, hold: false, now })) ?? item;
}

/** The worker that wrote a switch into the ledger may have died before it started the workflow. */
async function startWhereMissing(item: SiteItem, now: Date): Promise<void> {
  const { operation, updatedAt } = item;
  if (!operation || !factsOf(operation).movesTrafficOnly || now.getTime() - Date.parse(updatedAt) < 60_000) return;
  if ((await operationStatus(operation)) === 'missing') await startOperation(item);
}

/** The windows that are kept, after those that are due were announced. */
async function announced(
  { environment, now }: Following,
  { domain, site }: SiteItem,
  windows: readonly MaintenanceWindow[],
): Promise<MaintenanceWindow[]> {
  const kept: MaintenanceWindow[] = [];
  for (const window of windows.filter((each) => isKept(each, now))) {
    const lead = announcementDue(window, now);
    if (lead === undefined) {
      kept.push(window);
      continue;
    }
    const { announced: _, ...told } = window;
    await tell(environment, 'Maintenance Announced', { domain, aliases: site.aliases, window: told });
    kept.push(announcedWith(window, lead));
  }
  return kept;
}

async function observed(
  { ledger, environment, readAlarm, now }: Following,
  {
    item: { domain, site },
    before: { alarm: before, missingAlarm },
    ours,
  }: { item: SiteItem; before: MaintenanceItem; ours: string | undefined },
): Promise<Pick<MaintenanceItem, 'alarm' | 'missingAlarm'>> {
  const arn = drivingAlarm(site, ours);
  const known = before?.arn ?? missingAlarm;
  if (known !== undefined && known !== arn && known !== ours) await forgetAlarm(ledger, { arn: known, domain });
  if (arn === undefined) return {};
  if (known !== arn) await rememberAlarm(ledger, { arn, domain });
  const reading = await readAlarm(arn);
  if (!reading) {
    // What it asked for last stays so: only a person knows what its end means.
    if (missingAlarm !== arn) await tell(environment, 'Alarm Missing', { domain, alarm: arn });
    return { ...(before?.arn === arn && { alarm: before }), missingAlarm: arn };
  }
  const memory = observedAlarm(before, { arn, reading, now });
  if (memory.heldUntil !== undefined && before?.heldUntil !== memory.heldUntil) {
    const { asks, flips, heldUntil } = memory;
    await tell(environment, 'Maintenance Held', { domain, alarm: arn, state: asks, flips, until: heldUntil });
  }
  const due = alarmDueAt(memory);
  if (due !== undefined && Date.parse(due) > now.getTime() && due !== (before && alarmDueAt(before)))
    await scheduleAlarm(domain, due);
  return { alarm: memory };
}

function tell({ eventBusName: bus }: Environment, detailType: string, detail: object): Promise<void> {
  return putEvent(client(EventBridgeClient), { bus, detailType, detail });
}

function earliest(...instants: (string | undefined)[]): string | undefined {
  return instants.filter((instant) => instant !== undefined).sort()[0];
}
