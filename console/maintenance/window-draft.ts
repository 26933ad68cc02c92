import { instantOf } from '../../domain/failover/local-time.ts';
import type { WindowRequest } from '../../domain/failover/maintenance-schema.ts';
import { readWindow } from '../../domain/failover/read-window.ts';
import type { WindowView } from './calendar-blocks.ts';
import { localOf } from './calendar-span.ts';

/** A window as a person types it: local times, "2026-12-24T02:00", in a time zone. */
export interface WindowDraft {
  from: string;
  until: string;
  timeZone: string;
  message: string;
}

const HOUR_MS = 3_600_000;

/** The next window that is likely: two hours from the next full hour on, in the time zone of the reader. */
export function newDraft(now: Date, timeZone: string): WindowDraft {
  const from = Math.ceil((now.getTime() + 1) / HOUR_MS) * HOUR_MS;
  const local = (at: number) => localOf(timeZone, new Date(at));
  return { from: local(from), until: local(from + 2 * HOUR_MS), timeZone, message: '' };
}

/** A window that is changed: as it was declared, or by the instants in the time zone of the reader. */
export function draftOf({ from, until, local, message = '' }: WindowView, timeZone: string): WindowDraft {
  const minute = (text: string) => text.slice(0, 'YYYY-MM-DDTHH:MM'.length);
  if (local) return { from: minute(local.from), until: minute(local.until), timeZone: local.timeZone, message };
  return { from: localOf(timeZone, new Date(from)), until: localOf(timeZone, new Date(until)), timeZone, message };
}

/** What is sent. */
export function requestOf({ message, ...times }: WindowDraft): WindowRequest {
  return { ...times, ...(message.trim() !== '' && { message }) };
}

/** What a draft means, or what the API would say is wrong with it. */
export function readDraft(
  draft: WindowDraft,
  now: Date,
): { from: Date; until: Date; notes: string[] } | { problems: { pointer: string; detail: string }[] } {
  const window = readWindow(requestOf(draft), { id: '', now });
  if (Array.isArray(window)) return { problems: window };
  const notes = [clockNote('begins', draft.from, draft.timeZone), clockNote('ends', draft.until, draft.timeZone)];
  return {
    from: new Date(window.from),
    until: new Date(window.until),
    notes: notes.filter((note) => note !== undefined),
  };
}

/** What the clocks do to a local time: one that they leave out, or show twice; undefined for any other. */
export function clockNote(what: 'begins' | 'ends', local: string, timeZone: string): string | undefined {
  const at = instantOf(local, timeZone);
  if (!at) return undefined;
  const shown = localOf(timeZone, at);
  const clock = (text: string) => text.slice('YYYY-MM-DDT'.length);
  if (shown !== local.slice(0, shown.length))
    return `The clocks in ${timeZone} leave out ${clock(local)} on that day: it ${what} at ${clock(shown)}`;
  const again = [1, 2]
    .map((half) => new Date(at.getTime() + (half * HOUR_MS) / 2))
    .find((later) => localOf(timeZone, later) === shown);
  return again && `The clocks in ${timeZone} show ${clock(local)} twice on that day: it ${what} at the first`;
}
