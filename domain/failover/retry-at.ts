import type { SiteItem } from '../ledger/site-item.ts';
import { factsOf } from '../sites/life/operations.ts';

/** How long after a switch that failed the schedule or the alarm begins another one. */
const RETRY_MS = 30 * 60_000;

/** When a switch that nobody asks for may begin, where the last one has failed lately: it would meet the same. Undefined for now. */
export function retryAt({ reason, last }: Pick<SiteItem, 'reason' | 'last'>, now: Date): string | undefined {
  if (!reason || !last || !factsOf(last).movesTrafficOnly) return undefined;
  const at = Date.parse(last.endedAt) + RETRY_MS;
  return at > now.getTime() ? new Date(at).toISOString() : undefined;
}
