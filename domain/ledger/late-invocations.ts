import { Failure } from '../errors.ts';
import type { SiteItem } from './site-item.ts';

/** The longest that a function of a stopped workflow goes on: its timeout in infra/stack.ts, and 5 s for two clocks. */
const STRAGGLERS_MS = 35_000;

/**
 * Lets an operation begin when nothing of the one before is under way any more: whoever stops a workflow doesn't stop the
 * functions that it has called, and what they still make must be there to be found.
 *
 * @throws {Failure} "NotReady" until then
 */
export function waitForLateInvocations({ last }: Pick<SiteItem, 'last'>, now: Date): void {
  if (!last || now.getTime() >= new Date(last.endedAt).getTime() + STRAGGLERS_MS) return;
  throw new Failure('NotReady', 'Waiting until all that the operation before has under way has ended');
}
