import { instantOf, localTime, wallDate } from '../../clock/zoned.ts';
import { cron } from '../eventbridge/schedules/cron.ts';

/** When a schedule is due. */
export interface Occurrences {
  kind: 'at' | 'rate' | 'cron';
  /** The first instant after the given one. `origin` is what a rate counts from. */
  next(after: Date, origin: Date): Date | undefined;
}

const UNITS_MS: Record<string, number> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };
/** A cron expression that never meets a time that exists is given up after so many tries. */
const MAX_GAPS = 1_000;

/**
 * Reads "at(…)", "rate(…)" or "cron(…)" in a zone; undefined for what is none of them. A local time that a change of the clocks leaves
 * out is skipped, one that it repeats is met once, at the first of the two.
 * Source: EventBridge Scheduler User Guide, "Schedule types", "Daylight savings time"; for "at" the guide is silent. Checked 2026-11-30.
 */
export function occurrencesOf(expression: string, zone: string): Occurrences | undefined {
  const [, kind, body = ''] = /^(at|rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'at') return once(body, zone);
  if (kind === 'rate') return rate(body);
  return kind === 'cron' ? recurring(body, zone) : undefined;
}

function once(body: string, zone: string): Occurrences | undefined {
  const local = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(body) ? wallDate(body) : undefined;
  if (!local) return undefined;
  const at = instantOf(local, zone);
  return { kind: 'at', next: (after) => (at && at > after ? at : undefined) };
}

/**
 * Scheduler takes "rate(2 minute)", which rules of EventBridge do not: so recordings of AWS in LocalStack's tests show; checked 2026-12-01. A plural
 * for one is in none of them, and is refused as rules refuse it.
 */
function rate(body: string): Occurrences | undefined {
  const [, count = '', unit = '', plural = ''] = /^([1-9]\d*) +(minute|hour|day)(s?)$/.exec(body) ?? [];
  const ms = Number(count) * (UNITS_MS[unit] ?? 0);
  if (ms <= 0 || (count === '1' && plural !== '')) return undefined;
  return {
    kind: 'rate',
    next(after, origin) {
      const passed = Math.floor((after.getTime() - origin.getTime()) / ms);
      return new Date(origin.getTime() + Math.max(0, passed + 1) * ms);
    },
  };
}

function recurring(body: string, zone: string): Occurrences | undefined {
  const schedule = cron(body);
  if (!schedule) return undefined;
  return {
    kind: 'cron',
    next(after) {
      let local: Date | undefined = localTime(after, zone);
      for (let tries = 0; tries < MAX_GAPS && local; tries++) {
        local = schedule(local);
        const at = local && instantOf(local, zone);
        if (at && at > after) return at;
      }
      return undefined;
    },
  };
}
