import { outputIfDone } from '../ledger/outputs.ts';
import type { SiteRecord } from '../ledger/site-record.ts';

/** The names that the distribution does not serve yet: nothing of ours answers for them before they are moved to it, or DNS leads there. */
export function movedLater(record: SiteRecord): readonly string[] {
  const moves = outputIfDone(record, 'MoveAliases') ? [] : (outputIfDone(record, 'ServeAliases')?.moves ?? []);
  return [...moves, ...pointedFirst(record)];
}

/**
 * The names that DNS leads to a distribution which does not serve them: CloudFront lets no other one have them for as long (failures C1),
 * so their records move first.
 */
export function pointedFirst(record: SiteRecord): readonly string[] {
  return outputIfDone(record, 'ServeAliases')?.pointedFirst ?? [];
}
