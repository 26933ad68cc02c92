/** What can switch the maintenance page of a site on or off. */
export const MAINTENANCE_CAUSES = ['request', 'schedule', 'alarm'] as const;

export type MaintenanceCause = (typeof MAINTENANCE_CAUSES)[number];

/** Whether the maintenance page of a site answers in place of its origin, and why. */
export interface Maintenance {
  state: 'on' | 'off';
  cause: MaintenanceCause;
  /** When that was asked for: ISO 8601 in UTC. */
  since: string;
  /** When it ends by itself. */
  until?: string;
  /** What the page says in place of the message of the document. */
  message?: string;
  /** When a person last asked for "off" for good: what asked for the page before asks for it no more, whatever has switched since. */
  dismissedAt?: string;
}

/** What the ledger has of the maintenance of a site: absent until it was switched for the first time. */
export interface MaintenanceStanding {
  maintenance?: Maintenance;
  /** The manual lock: alarm and schedule switch nothing. */
  hold?: boolean;
}

/** Whether what a person asked for has come to its end. */
export function isOver({ until }: Pick<Maintenance, 'until'>, now: Date): boolean {
  return until !== undefined && Date.parse(until) <= now.getTime();
}

/** Whether the maintenance page of a site is on, or is being switched on. */
export function isOn({ maintenance }: MaintenanceStanding): boolean {
  return maintenance?.state === 'on';
}
