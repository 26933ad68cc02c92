import { isOn, type MaintenanceStanding } from '../failover/maintenance.ts';

/** What the page says in place of the message of the document, while it is on. */
export function maintenanceMessage(standing: MaintenanceStanding | undefined): string | undefined {
  return standing && isOn(standing) ? standing.maintenance?.message : undefined;
}
