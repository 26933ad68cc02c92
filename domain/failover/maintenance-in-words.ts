import type { Maintenance, MaintenanceCause, MaintenanceStanding } from './maintenance.ts';

const WHY: Record<MaintenanceCause, Record<Maintenance['state'], string>> = {
  request: { on: 'it was asked for', off: 'it was asked for, or what was asked for has ended' },
  schedule: { on: 'a maintenance window is open', off: 'the maintenance window has ended' },
  alarm: { on: 'the alarm of the site is bad', off: 'the alarm of the site was healthy long enough' },
};

/** What viewers are to see and why, for the timeline: "The maintenance page is on, because …, until …". */
export function inWords({ maintenance }: MaintenanceStanding): string {
  const { state = 'off', cause = 'request', until, message } = maintenance ?? {};
  const what = state === 'on' ? 'viewers see the maintenance page' : 'viewers see the site';
  const end = until === undefined ? '' : `, until ${until}`;
  const words = state === 'on' && message !== undefined ? `; it says "${message}"` : '';
  return `${what}, because ${WHY[cause][state]}${end}${words}`;
}
