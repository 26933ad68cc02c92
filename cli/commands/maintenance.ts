import type * as z from 'zod/mini';
import type { Drill } from '../../domain/failover/drill.ts';
import type {
  MaintenanceRequest,
  WindowRequest,
  WindowView,
  windowList,
} from '../../domain/failover/maintenance-schema.ts';
import { minute } from '../../domain/minute.ts';
import { begin } from '../begin.ts';
import { Ending, EXIT, type ExitCode } from '../exit-codes.ts';
import { paint } from '../paint.ts';
import { type ApiOptions, openSession, sayJson } from '../session.ts';
import { table } from '../text/table.ts';
import { type OperationOptions, watched } from './operations.ts';

const pathOf = (domain: string): string => `/v1/sites/${encodeURIComponent(domain)}`;

interface SwitchOptions extends OperationOptions {
  message?: string;
  until?: string;
  hold?: boolean;
}

/** Leads viewers to the maintenance page, or back. */
export const switched =
  (state: MaintenanceRequest['state']) =>
  async (domain: string, { message, until, hold, ...options }: SwitchOptions): Promise<ExitCode> => {
    const session = await openSession(options);
    const request: MaintenanceRequest = {
      state,
      ...(message !== undefined && { message }),
      ...(until !== undefined && { until }),
      ...(hold && { hold }),
    };
    await begin(session, domain, (stop) => session.api.change('PUT', `${pathOf(domain)}/maintenance`, request, stop));
    return watched(session, domain, { wait: options.wait, wanted: 'live' });
  };

interface WindowOptions extends ApiOptions {
  from: string;
  until: string;
  timeZone?: string;
  message?: string;
}

/** A time that differs from zone to zone. */
const LOCAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/;

/** Declares a window: the page is on from its start until its end. */
export async function schedule(
  domain: string,
  { from, until, timeZone, message, ...options }: WindowOptions,
): Promise<ExitCode> {
  for (const time of [from, until])
    if (timeZone === undefined && LOCAL_TIME.test(time))
      throw new Ending(
        `Cannot tell when "${time}" is: give --time-zone, such as Europe/Berlin, or ${time}Z`,
        EXIT.usage,
      );
  const { api, json, say, next } = await openSession(options);
  const window = await api.change<WindowView>('POST', `${pathOf(domain)}/maintenance/windows`, {
    from,
    until,
    ...(timeZone !== undefined && { timeZone }),
    ...(message !== undefined && { message }),
  } satisfies WindowRequest);
  if (json) sayJson(window);
  say(
    `The page of ${domain} is on from ${minute(window.from)} until ${minute(window.until)}; that is announced a day and an hour before.`,
  );
  next(`maintenance windows ${domain}`);
  return EXIT.done;
}

/** The windows of a site. */
export async function windows(
  domain: string,
  { cancel, ...options }: ApiOptions & { cancel?: string },
): Promise<ExitCode> {
  const { api, json, say, next } = await openSession(options);
  const path = `${pathOf(domain)}/maintenance/windows`;
  if (cancel !== undefined) await api.change('DELETE', `${path}/${encodeURIComponent(cancel)}`);
  const { windows: found } = await api.get<z.output<typeof windowList>>(path);
  if (json) sayJson({ windows: found });
  if (cancel !== undefined) say(`Cancelled the window ${cancel}.`);
  const rows = found.map(({ id, state, from, until, message = '' }) => [
    id,
    state,
    minute(from),
    minute(until),
    message,
  ]);
  say(
    found.length === 0
      ? `${domain} has no maintenance windows`
      : table(['id', 'state', 'from', 'until', 'message'], rows),
  );
  next(found.length === 0 ? `maintenance schedule ${domain} --from ... --until ...` : `maintenance drill ${domain}`);
  return EXIT.done;
}

/** Looks at everything that a failover needs; no traffic is moved. */
export async function drill(domain: string, options: ApiOptions): Promise<ExitCode> {
  const { api, json, say, next } = await openSession(options);
  const report = await api.change<Drill>('POST', `${pathOf(domain)}/drill`);
  if (json) sayJson(report);
  const longest = Math.max(...report.checks.map(({ check }) => check.length));
  for (const { check, ok, found, fix } of report.checks)
    say(
      `  ${ok ? paint('green', '✔') : paint('red', '✖')} ${check.padEnd(longest)} ${found}${fix === undefined ? '' : `\n      fix: ${fix}`}`,
    );
  say(report.ready ? '\nReady: viewers would see the page if the origin failed now' : '\nNot ready');
  next(report.ready ? `maintenance on ${domain}` : `maintenance drill ${domain}`);
  return report.ready ? EXIT.done : EXIT.failed;
}
