import { alarmDueAt } from './alarm.ts';
import { announcedAt } from './announcements.ts';
import type { MaintenanceInputs } from './desired-maintenance.ts';
import type { MaintenanceStanding } from './maintenance.ts';
import { isAhead } from './window.ts';

/** How soon an alarm is read again although no event told of it: events may be lost (failures W9). */
const REREAD_MINUTES = 15;

/**
 * When the maintenance of a site has to be looked at next, although nothing tells of it: what the sweep goes by. Undefined where
 * nothing has an end, is announced or has an alarm.
 */
export function dueAt(
  standing: MaintenanceStanding,
  { windows, alarm }: MaintenanceInputs,
  now: Date,
): string | undefined {
  const ahead = windows.filter((window) => isAhead(window, now));
  const instants = [
    standing.maintenance?.until,
    ...ahead.flatMap((window) => [announcedAt(window), window.from, window.until]),
    alarm && alarmDueAt(alarm),
    alarm && new Date(now.getTime() + REREAD_MINUTES * 60_000).toISOString(),
  ];
  return instants.filter((instant) => instant !== undefined && Date.parse(instant) > now.getTime()).sort()[0];
}
