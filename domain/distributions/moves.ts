import { outputIfDone } from '../ledger/outputs.ts';
import type { SiteRecord } from '../ledger/site-record.ts';

/** The names that other distributions of the account serve until they are moved, once all else is ready: nothing of ours answers for them. */
export function movedLater(record: SiteRecord): readonly string[] {
  return outputIfDone(record, 'MoveAliases') ? [] : (outputIfDone(record, 'ServeAliases')?.moves ?? []);
}
