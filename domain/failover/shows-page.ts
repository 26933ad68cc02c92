import type { Site } from '../sites/site.ts';
import { isOn, type MaintenanceStanding } from './maintenance.ts';
import { movesInside } from './moves-inside.ts';

/** Whether the distribution of a site answers every request with the page: before an origin while that is asked for, else always. */
export function showsPage(site: Pick<Site, 'edge' | 'failover'>, standing: MaintenanceStanding = {}): boolean {
  return !movesInside(site) || (site.failover !== undefined && isOn(standing));
}
