import type { AlarmMemory } from '../failover/alarm.ts';
import type { AutomaticFailover } from '../failover/automatic-failover.ts';
import type { MaintenanceInputs } from '../failover/desired-maintenance.ts';
import type { Proofs } from '../failover/proof.ts';
import type { MaintenanceWindow } from '../failover/window.ts';

/** What asks for the maintenance of a site beside a person, and what the last looks at its failover have found. Written apart from the site, whose operation may run meanwhile. */
export interface MaintenanceItem extends MaintenanceInputs, Proofs {
  domain: string;
  /** When the site was declared: what was asked for of a site that is gone is not asked of the next one of its name. */
  siteCreatedAt: string;
  /** Counts the writes. */
  version: number;
  windows: MaintenanceWindow[];
  alarm?: AlarmMemory;
  /** The alarm that was not there when it was read last, by its ARN: people were told. */
  missingAlarm?: string;
  /** The failover that Route 53 has made by itself, while it lasts. */
  failover?: AutomaticFailover;
  /** When the sweep has to look at the site: ISO 8601 in UTC; absent when nothing is due by itself. */
  dueAt?: string;
}

/** Of a site of which nothing was asked yet. */
export function noMaintenance({ domain, createdAt }: { domain: string; createdAt: string }): MaintenanceItem {
  return { domain, siteCreatedAt: createdAt, version: 0, windows: [] };
}
