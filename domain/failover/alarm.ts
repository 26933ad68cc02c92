/** How bad and good an alarm must be seen before it switches. Failures F1. */
export const ALARM_RULE = {
  /** Bad periods in a row until the page goes on. */
  badPeriods: 3,
  /** Healthy minutes in a row until the origin is back. */
  healthyMinutes: 10,
  /** Switches by the alarm within so many minutes, at most. */
  flips: 2,
  flipMinutes: 30,
} as const;

export const ALARM_STATES = ['OK', 'ALARM', 'INSUFFICIENT_DATA'] as const;

/** An alarm as CloudWatch has it now. */
export interface AlarmReading {
  state: (typeof ALARM_STATES)[number];
  /** Since when it is in that state: ISO 8601 in UTC. */
  since: string;
  /** The first minute of the data that it was put into that state by: ISO 8601 in UTC; absent where CloudWatch does not tell. */
  dataSince?: string;
  /** How many bad periods it needs itself for "ALARM". */
  badPeriods: number;
  periodSeconds: number;
  /** A mute rule keeps its actions back, or they are disabled. */
  isMuted: boolean;
}

/** What is remembered of the alarm of a site. */
export interface AlarmMemory {
  arn: string;
  reading: AlarmReading;
  /** What it asks for, by the rule. */
  asks: 'on' | 'off';
  /** When it began to ask for that. */
  askedAt?: string;
  /** When it changed what it asks for, as long as that counts: ISO 8601 in UTC. */
  flips?: string[];
  /** It would ask for the other state and has changed too often: until when it is held back. */
  heldUntil?: string;
}

const MINUTE_MS = 60_000;

/**
 * What an alarm asks for once it was read. One that is muted or has no data changes nothing: missing data is neither bad nor healthy.
 * Another alarm than before begins anew.
 */
export function observedAlarm(
  before: AlarmMemory | undefined,
  { arn, reading, now }: { arn: string; reading: AlarmReading; now: Date },
): AlarmMemory {
  const known: Omit<AlarmMemory, 'reading'> = before?.arn === arn ? before : { arn, asks: 'off' };
  const { heldUntil: _, ...kept } = known;
  const flips = (known.flips ?? []).filter((at) => now.getTime() - Date.parse(at) < ALARM_RULE.flipMinutes * MINUTE_MS);
  const same = { ...kept, reading, flips };
  const wants = wantedBy(reading, now);
  if (wants === undefined || wants === known.asks) return same;
  const [first] = flips;
  if (first !== undefined && flips.length >= ALARM_RULE.flips) return { ...same, heldUntil: endOfFlips(first) };
  const at = now.toISOString();
  return { ...same, asks: wants, askedAt: at, flips: [...flips, at] };
}

/** The next instant at which what an alarm asks for may change although its state does not. */
export function alarmDueAt({ reading, asks, heldUntil }: AlarmMemory): string | undefined {
  if (heldUntil !== undefined) return heldUntil;
  if (reading.isMuted) return undefined;
  if (reading.state === 'ALARM' && asks === 'off') return new Date(badSince(reading)).toISOString();
  if (reading.state === 'OK' && asks === 'on') return new Date(healthySince(reading)).toISOString();
  return undefined;
}

function wantedBy(reading: AlarmReading, now: Date): 'on' | 'off' | undefined {
  if (reading.isMuted) return undefined;
  if (reading.state === 'ALARM') return badSince(reading) <= now.getTime() ? 'on' : undefined;
  if (reading.state === 'OK') return healthySince(reading) <= now.getTime() ? 'off' : undefined;
  return undefined;
}

/** An alarm of fewer periods than the rule has been bad for the others by then. */
function badSince({ since, badPeriods, periodSeconds }: AlarmReading): number {
  return Date.parse(since) + Math.max(0, ALARM_RULE.badPeriods - badPeriods) * periodSeconds * 1000;
}

function healthySince({ since }: AlarmReading): number {
  return Date.parse(since) + ALARM_RULE.healthyMinutes * MINUTE_MS;
}

function endOfFlips(first: string): string {
  return new Date(Date.parse(first) + ALARM_RULE.flipMinutes * MINUTE_MS).toISOString();
}
