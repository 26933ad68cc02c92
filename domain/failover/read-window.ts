import type { FieldError } from '../problems/problem.ts';
import { isDismissed } from './desired-maintenance.ts';
import { instantOf, isTimeZone } from './local-time.ts';
import type { MaintenanceStanding } from './maintenance.ts';
import type { WindowRequest, WindowView } from './maintenance-schema.ts';
import { asksSince, isAhead, isOpen, type MaintenanceWindow } from './window.ts';

/** Most windows of a site that are not over. */
export const MAX_WINDOWS = 50;

const DAY_MS = 86_400_000;

/** The longest window. What lasts longer is switched on by request. */
const MAX_WINDOW_DAYS = 31;

/** How far ahead the start of a window may lie, and the end of what a person asks for. */
const MAX_AHEAD_DAYS = 366;

/** An instant with its offset: "2026-12-24T01:00:00Z", "2026-12-24T02:00+01:00". */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** The instant that a text says, to the millisecond; undefined for what says none. */
export function readInstant(text: string): Date | undefined {
  const time = Date.parse(text);
  return INSTANT.test(text) && isOnCalendar(text) && !Number.isNaN(time) ? new Date(time) : undefined;
}

/** The end of what a person asks for, or what is wrong with it. */
export function readUntil(text: string, now: Date): Date | FieldError {
  const until = readInstant(text);
  const wrong = (detail: string) => ({ pointer: '#/until', detail });
  if (!until) return wrong('Must be an instant, such as "2026-12-24T04:00:00Z"');
  if (until <= now) return wrong(inThePast(now));
  if (isTooFar(until, now)) return wrong(`${TOO_FAR}: leave it out for what lasts longer`);
  return until;
}

const TOO_FAR = `Must be at most ${MAX_AHEAD_DAYS} days ahead`;

const isTooFar = (instant: Date, now: Date): boolean => instant.getTime() - now.getTime() > MAX_AHEAD_DAYS * DAY_MS;

const inThePast = (now: Date): string => `Must be in the future: it is ${now.toISOString()} now`;

/** Whether there is that date and hour: "2026-02-30" is read as March 2nd. */
function isOnCalendar(text: string): boolean {
  const minute = text.slice(0, 'YYYY-MM-DDTHH:MM'.length);
  const time = Date.parse(`${minute}Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(minute);
}

/** A window as it is declared, or what is wrong with it. */
export function readWindow(
  { from, until, timeZone, message }: WindowRequest,
  { id, now }: { id: string; now: Date },
): MaintenanceWindow | FieldError[] {
  if (timeZone !== undefined && !isTimeZone(timeZone)) {
    const detail = `Cannot use the time zone "${timeZone}": give the name of one in the IANA database, such as "Europe/Berlin"`;
    return [{ pointer: '#/timeZone', detail }];
  }
  const begins = readTime(from, timeZone);
  const ends = readTime(until, timeZone);
  const unread = [
    ...(begins ? [] : [{ pointer: '#/from', detail: howToSay(timeZone) }]),
    ...(ends ? [] : [{ pointer: '#/until', detail: howToSay(timeZone) }]),
  ];
  if (!begins || !ends) return unread;
  const wrong = orderProblems({ begins, ends, now });
  if (wrong.length > 0) return wrong;
  return {
    id,
    from: begins.toISOString(),
    until: ends.toISOString(),
    ...(message !== undefined && { message }),
    ...(begins <= now && { declaredAt: now.toISOString() }),
    ...(timeZone !== undefined && { local: { from, until, timeZone } }),
  };
}

function readTime(text: string, timeZone: string | undefined): Date | undefined {
  return timeZone === undefined ? readInstant(text) : instantOf(text, timeZone);
}

function howToSay(timeZone: string | undefined): string {
  return timeZone === undefined
    ? 'Must be an instant, such as "2026-12-24T01:00:00Z"; a local time needs "timeZone"'
    : `Must be a local date and time in ${timeZone}, such as "2026-12-24T02:00"`;
}

function orderProblems({ begins, ends, now }: { begins: Date; ends: Date; now: Date }): FieldError[] {
  const lasts = ends.getTime() - begins.getTime();
  if (lasts <= 0) {
    const detail = `Must be later than "from": this is ${ends.toISOString()}, and that ${begins.toISOString()}`;
    return [{ pointer: '#/until', detail }];
  }
  if (ends <= now) return [{ pointer: '#/until', detail: inThePast(now) }];
  if (lasts > MAX_WINDOW_DAYS * DAY_MS) {
    const detail = `Must be at most ${MAX_WINDOW_DAYS} days after "from": switch the page on by request for what lasts longer`;
    return [{ pointer: '#/until', detail }];
  }
  if (isTooFar(begins, now)) return [{ pointer: '#/from', detail: TOO_FAR }];
  return [];
}

/** A window as the API shows it. */
export function shownWindow(window: MaintenanceWindow, standing: MaintenanceStanding, now: Date): WindowView {
  const { announced: _, declaredAt: __, ...shown } = window;
  return { ...shown, state: stateOf(window, standing, now) };
}

function stateOf(window: MaintenanceWindow, standing: MaintenanceStanding, now: Date): WindowView['state'] {
  if (!isOpen(window, now)) return isAhead(window, now) ? 'ahead' : 'over';
  return isDismissed(asksSince(window), standing) ? 'dismissed' : 'open';
}

/** Windows by when they begin. */
export function inOrder(windows: readonly MaintenanceWindow[]): MaintenanceWindow[] {
  return [...windows].sort((one, other) => one.from.localeCompare(other.from) || one.id.localeCompare(other.id));
}
