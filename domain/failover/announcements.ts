import type { MaintenanceWindow } from './window.ts';

/** How long before a window it is announced, in minutes: the longest first. */
export const LEADS_MINUTES = [24 * 60, 60] as const;

const MINUTE_MS = 60_000;

/**
 * The announcement of a window that is due, by its lead: of several the one closest to the start, since the others are late. Undefined
 * when none is, or the window has begun.
 */
export function announcementDue({ from, announced = [] }: MaintenanceWindow, now: Date): number | undefined {
  if (now.getTime() >= Date.parse(from)) return undefined;
  const last = LEADS_MINUTES.filter((lead) => Date.parse(from) - lead * MINUTE_MS <= now.getTime()).at(-1);
  return last === undefined || announced.includes(last) ? undefined : last;
}

/** The window as announced with that lead; longer leads count as announced. */
export function announcedWith(window: MaintenanceWindow, lead: number): MaintenanceWindow {
  return { ...window, announced: LEADS_MINUTES.filter((each) => each >= lead) };
}

/** When the next announcement of a window is due; undefined when all were made. */
export function announcedAt({ from, announced = [] }: MaintenanceWindow): string | undefined {
  const next = LEADS_MINUTES.find((lead) => !announced.includes(lead));
  return next === undefined ? undefined : new Date(Date.parse(from) - next * MINUTE_MS).toISOString();
}
