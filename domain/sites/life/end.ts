import type { Left } from '../../ledger/left.ts';
import type { Operation } from '../../ledger/operation.ts';
import type { ResourceId } from '../../ledger/released.ts';
import type { SiteItem } from '../../ledger/site-item.ts';
import type { FailureReason } from '../reason.ts';
import { ended, withMaintenance } from './begin.ts';
import { factsOf } from './operations.ts';
import { endsAs } from './requests.ts';
import { isGoingBack } from './standing.ts';

/** A site while its operation runs. */
export type Operating = SiteItem & { operation: Operation };

/** The site once its operation has made the document true, or nothing of it exists; `left` is what could not be removed,
 * `keeps` what was to stay. */
export function succeeded(
  item: Operating,
  { left, keeps = [], now }: { left: readonly Left[]; keeps?: readonly ResourceId[]; now: Date },
): SiteItem {
  const { operation, left: _, former: __, last, ...site } = item;
  const at = now.toISOString();
  const done = {
    ...site,
    state: endsAs(operation.name, 'succeeded'),
    ...(left.length > 0 && { left: [...left] }),
    ...(keeps.length > 0 && { kept: [...keeps] }),
    updatedAt: at,
  };
  if (!factsOf(operation).desiresDocument) return done;
  // Without a page there is nothing that could be on.
  const kept = site.site.failover ? done : withMaintenance(done, {});
  return { ...kept, ...(last && { last }), live: site.site, liveAt: site.liveAt ?? at };
}

/** The site once its traffic has moved: what its document says and what is left of others is as it was. */
export function switched({ operation: _, last: __, ...site }: Operating, now: Date): SiteItem {
  return { ...site, state: endsAs('switch', 'succeeded'), updatedAt: now.toISOString() };
}

/** The site while a switch that has failed is put back: from now on the former maintenance is desired. */
export function puttingBack(item: Operating, now: Date): SiteItem {
  return { ...withMaintenance(item, item.operation.from ?? {}), updatedAt: now.toISOString() };
}

/** The site once a switch has failed and was put back: live as before, with the reason. */
export function notSwitched(
  { operation, ...site }: Operating,
  { reason, now }: { reason: FailureReason; now: Date },
): SiteItem {
  const state = endsAs('switch', 'succeeded');
  return { ...site, state, reason, last: ended(operation, now), updatedAt: now.toISOString() };
}

/** The site once its operation has failed: an undo follows, or a person has to act. */
export function failed(
  { operation, ...site }: Operating,
  { reason, isUndone, now }: { reason: FailureReason; isUndone: boolean; now: Date },
): SiteItem & { reason: FailureReason } {
  const state = endsAs(operation.name, isUndone ? 'failed' : 'stopped');
  return { ...site, state, reason, last: ended(operation, now), updatedAt: now.toISOString() };
}

/**
 * Whether an operation that fails is undone. Left to us, a site that never was live leaves nothing behind, and one that viewers
 * know is never taken apart unasked; one that cannot be brought back to what was live waits for a person.
 */
export function isUndoneWhenFailed(item: Operating): boolean {
  const onFailure = item.site.onFailure ?? (item.liveAt === undefined ? 'undo' : 'hold');
  return factsOf(item.operation).undoneWhenFailed && !isGoingBack(item) && onFailure === 'undo';
}
