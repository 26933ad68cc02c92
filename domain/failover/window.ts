/** A maintenance window: the page is on from its start until its end. */
export interface MaintenanceWindow {
  id: string;
  /** Instants: ISO 8601 in UTC. */
  from: string;
  until: string;
  /** What the page says in place of the message of the document. */
  message?: string;
  /** When it was declared or changed, where it had begun by then. */
  declaredAt?: string;
  /** How it was declared, where it was by local times. */
  local?: { from: string; until: string; timeZone: string };
  /** The announcements that were made, by their lead in minutes. */
  announced?: number[];
}

/** Whether a window is open. Its end does not belong to it. */
export function isOpen({ from, until }: MaintenanceWindow, now: Date): boolean {
  return Date.parse(from) <= now.getTime() && now.getTime() < Date.parse(until);
}

/** Since when a window asks for the page: not before it was declared. */
export function asksSince({ from, declaredAt }: MaintenanceWindow): string {
  return declaredAt ?? from;
}

/** Whether a window has not ended. */
export function isAhead({ until }: MaintenanceWindow, now: Date): boolean {
  return now.getTime() < Date.parse(until);
}

/** How long a window is listed after its end. */
const KEPT_MS = 7 * 86_400_000;

/** Whether a window is still listed. */
export function isKept({ until }: MaintenanceWindow, now: Date): boolean {
  return now.getTime() < Date.parse(until) + KEPT_MS;
}
