import type { AlarmMemory } from './alarm.ts';
import { isOver, type Maintenance, type MaintenanceStanding } from './maintenance.ts';
import { asksSince, isOpen, type MaintenanceWindow } from './window.ts';

/** What asks for the maintenance of a site beside a person. */
export interface MaintenanceInputs {
  windows: readonly MaintenanceWindow[];
  alarm?: AlarmMemory;
}

/** The maintenance that a site is to have, without the instant of the request. */
export type DesiredMaintenance = Omit<Maintenance, 'since'>;

interface Asked extends MaintenanceInputs {
  standing: MaintenanceStanding;
  now: Date;
}

/** From the strongest: the first that asks for something decides. Failures F4. */
const RULES: readonly ((asked: Asked) => DesiredMaintenance | undefined)[] = [byLock, byRequest, byWindow, byAlarm];

/**
 * Whether the page of a site is to be on: the lock beats all, then what a person asked for, then a window, then the alarm. There is one
 * answer, whoever asks at once.
 */
export function desiredMaintenance(
  standing: MaintenanceStanding,
  inputs: MaintenanceInputs,
  now: Date,
): DesiredMaintenance {
  const asked = { ...inputs, standing, now };
  const { cause = 'request', dismissedAt } = standing.maintenance ?? {};
  // Where nothing asks, what had switched it on does so no more.
  const desired = RULES.map((rule) => rule(asked)).find(Boolean) ?? { state: 'off' as const, cause };
  return { ...desired, ...(dismissedAt !== undefined && { dismissedAt }) };
}

function byLock({ standing: { hold, maintenance }, now }: Asked): DesiredMaintenance | undefined {
  if (!hold || (maintenance && isOver(maintenance, now))) return undefined;
  return maintenance ? withoutSince(maintenance) : { state: 'off', cause: 'request' };
}

/** "On" lasts until its end or until "off"; "off" keeps the page off where it has an end, and else only ends what asks at that time. */
function byRequest({ standing: { maintenance }, now }: Asked): DesiredMaintenance | undefined {
  if (maintenance?.cause !== 'request' || isOver(maintenance, now)) return undefined;
  return maintenance.state === 'on' || maintenance.until !== undefined ? withoutSince(maintenance) : undefined;
}

function byWindow({ windows, standing, now }: Asked): DesiredMaintenance | undefined {
  const open = windows
    .filter((window) => isOpen(window, now) && !isDismissed(asksSince(window), standing))
    .sort((one, other) => one.from.localeCompare(other.from));
  const last = open.at(-1);
  if (!last) return undefined;
  const until =
    open
      .map((window) => window.until)
      .sort()
      .at(-1) ?? last.until;
  return { state: 'on', cause: 'schedule', until, ...(last.message !== undefined && { message: last.message }) };
}

function byAlarm({ alarm, standing }: Asked): DesiredMaintenance | undefined {
  if (alarm?.asks !== 'on' || isDismissed(alarm.askedAt ?? '', standing)) return undefined;
  return { state: 'on', cause: 'alarm' };
}

/** Whether a person has switched the page off for good since: what asked for it before does so no more. */
export function isDismissed(since: string, { maintenance }: MaintenanceStanding): boolean {
  return maintenance?.dismissedAt !== undefined && since <= maintenance.dismissedAt;
}

function withoutSince({ since: _, ...desired }: Maintenance): DesiredMaintenance {
  return desired;
}

/** Whether traffic or the page has to be changed: the state, or what the page that is on says. */
export function needsSwitch(desired: DesiredMaintenance, { maintenance }: MaintenanceStanding): boolean {
  const { state = 'off' } = maintenance ?? {};
  return desired.state !== state || (state === 'on' && wordsOf(desired) !== wordsOf(maintenance));
}

const wordsOf = (maintenance: DesiredMaintenance | undefined): string => maintenance?.message ?? '';
