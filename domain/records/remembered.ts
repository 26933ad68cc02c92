import { minute } from '../minute.ts';
import type { RecordChange } from './change.ts';
import { ADDRESS_TYPES } from './owned.ts';
import type { RecordSet } from './record-set.ts';

/**
 * How long resolvers remember that a name of a Route 53 zone has no answer, unless its SOA record was changed. Source: Route
 * 53 Developer Guide, "The start of authority (SOA) record", checked 2026-11-29 (failures R18).
 */
const NEGATIVE_SECONDS = 900;

/** An alias has no TTL of its own. Source: Route 53 Developer Guide, "Choosing between alias and non-alias records". */
export const ALIAS_SECONDS = 60;

/** What resolvers may go on answering once records have changed. */
export interface Remembered {
  /** The longest TTL among the addresses that were replaced; 0 when none was. */
  oldSeconds: number;
  /** Names that had no answer before. */
  absent: string[];
}

/** What resolvers may remember of the names once the changes are made, and of what stood there `before` an earlier run. */
export function remembered(changes: readonly RecordChange[], before: readonly RecordSet[] = []): Remembered {
  const isAddress = ({ type }: RecordSet) => ADDRESS_TYPES.includes(type);
  const old = [...changes.flatMap((change) => change.before ?? []), ...before].filter(isAddress);
  const come = changes.flatMap(({ after }) => (after && isAddress(after) ? [after.name] : []));
  return {
    oldSeconds: Math.max(0, ...old.map(({ ttlSeconds = ALIAS_SECONDS }) => ttlSeconds)),
    absent: [...new Set(come)].filter((name) => !old.some((set) => set.name === name)),
  };
}

/** The same for people; empty when nothing may be remembered. */
export function rememberedInWords({ oldSeconds, absent }: Remembered, from: Date): string[] {
  const names = absent.map((name) => `"${name}"`).join(', ');
  return [
    ...(oldSeconds > 0 ? [`Resolvers may answer with the old records ${untilForgotten(oldSeconds, from)}`] : []),
    ...(absent.length > 0
      ? [`Resolvers that asked before may have no answer for ${names} ${untilForgotten(NEGATIVE_SECONDS, from)}`]
      : []),
  ];
}

/** When the last of it is forgotten. */
export function forgottenAt({ oldSeconds, absent }: Remembered, from: Date): Date {
  const seconds = Math.max(oldSeconds, absent.length > 0 ? NEGATIVE_SECONDS : 0);
  return new Date(from.getTime() + seconds * 1000);
}

/** "until 2026-11-22 14:05 UTC (TTL 86400 s)" */
export function untilForgotten(ttlSeconds: number, from: Date): string {
  return `until ${minute(new Date(from.getTime() + ttlSeconds * 1000))} (TTL ${ttlSeconds} s)`;
}
