import { readAlerts } from '../../../aws/ledger/alerts.ts';
import type { Alert } from '../../../domain/care/alert.ts';
import type { Concerns } from '../../../domain/care/concern.ts';
import { type LookedAt, settle } from '../../../domain/care/settle.ts';
import { type Telling, writeAndTell } from './tell-alert.ts';

/** A worker that has not told by then has died: functions run for half that time. */
const TOLD_WITHIN_MS = 60_000;

/** The alerts of a site as they are before a look at it, once people were told what a worker that died has left: by one of those that find it. */
export async function alertsBefore(around: Telling, domain: string, now: Date): Promise<Alert[]> {
  const alerts = await readAlerts(around.ledger, domain);
  const isLeft = ({ untold, raisedAt = '', escalatedAt = '', resolvedAt = '' }: Alert) => {
    const since = { raised: raisedAt, escalated: escalatedAt, resolved: resolvedAt };
    return untold !== undefined && now.getTime() - Date.parse(since[untold]) > TOLD_WITHIN_MS;
  };
  return Promise.all(alerts.map((alert) => (isLeft(alert) ? writeAndTell(around, alert) : alert)));
}

/**
 * Writes what a look has found over the alerts that were read before it, and tells people: one that another look has written meanwhile is
 * that look's. The alerts as they are then.
 */
export async function settleAlerts(
  around: Telling,
  { before, found, item, now }: { before: readonly Alert[]; found: Concerns; item: LookedAt; now: Date },
): Promise<Alert[]> {
  const standing = new Map(before.map((alert) => [alert.id, alert]));
  for (const alert of settle(before, found, { item, now })) standing.set(alert.id, await writeAndTell(around, alert));
  return [...standing.values()];
}
