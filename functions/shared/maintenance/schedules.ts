import { createHash } from 'node:crypto';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { client } from '../../../aws/clients.ts';
import { readScheduleTarget } from '../../../aws/environment.ts';
import { keepSchedule, removeSchedule } from '../../../aws/schedules/schedules.ts';
import type { MaintenanceWindow } from '../../../domain/failover/window.ts';
import { resourceName } from '../../../domain/ownership.ts';

/** Has the site looked at when a window begins and when it ends. What is past is left to `followNow`. */
export async function scheduleWindow(domain: string, { id, from, until }: MaintenanceWindow, now: Date): Promise<void> {
  for (const [edge, instant] of [
    ['from', from],
    ['until', until],
  ] as const) {
    const at = new Date(instant);
    if (at > now)
      await keepSchedule(client(SchedulerClient), readScheduleTarget(), {
        name: nameOf(domain, id, edge),
        at,
        input: { domain },
      });
    else await removeSchedule(client(SchedulerClient), readScheduleTarget(), nameOf(domain, id, edge));
  }
}

/** Nothing happens when a window that is cancelled would have begun, or ended. */
export async function unscheduleWindow(domain: string, id: string): Promise<void> {
  for (const edge of ['from', 'until'] as const)
    await removeSchedule(client(SchedulerClient), readScheduleTarget(), nameOf(domain, id, edge));
}

/** Has the site looked at when what was asked for comes to its end. */
export async function scheduleEnd(domain: string, until: string): Promise<void> {
  const one = { name: nameOf(domain, 'request', 'until'), at: new Date(until), input: { domain } };
  await keepSchedule(client(SchedulerClient), readScheduleTarget(), one);
}

/** Has the site looked at when its alarm may ask for something else although its state does not change. */
export async function scheduleAlarm(domain: string, at: string): Promise<void> {
  const one = { name: nameOf(domain, 'alarm', 'until'), at: new Date(at), input: { domain } };
  await keepSchedule(client(SchedulerClient), readScheduleTarget(), one);
}

/** Has nothing looked at any more at the times that windows, requests and the alarm of a site have set. */
export async function unscheduleSite(domain: string, windows: readonly Pick<MaintenanceWindow, 'id'>[]): Promise<void> {
  for (const { id } of windows) await unscheduleWindow(domain, id);
  for (const id of ['request', 'alarm'])
    await removeSchedule(client(SchedulerClient), readScheduleTarget(), nameOf(domain, id, 'until'));
}

/** "np-0123456789ab-1f2e3d4c-from": at most 64 characters. */
function nameOf(domain: string, id: string, edge: 'from' | 'until'): string {
  return `${resourceName(domain)}-${id}-${edge}`;
}

/** The id of a window, from the request that declares it: the same request again declares the same window. */
export function windowId(request: string): string {
  return createHash('sha256').update(request).digest('hex').slice(0, 12);
}
