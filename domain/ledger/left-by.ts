import type { Left } from './left.ts';
import { outputIfDone, type RemovingStep } from './outputs.ts';
import type { SiteRecord } from './site-record.ts';

/** What the removing steps of this operation did not remove. */
export function leftBy({ item, steps }: SiteRecord): Left[] {
  return steps
    .filter(({ revision }) => revision === item.revision)
    .flatMap(({ output }) => (output?.['left'] as Left[] | undefined) ?? []);
}

/** The ids of what a removing step of this operation, when it is done, did not remove. */
export function leftOf(record: SiteRecord, ...names: RemovingStep[]): string[] {
  return names.flatMap((name) => outputIfDone(record, name)?.left.map(({ id }) => id) ?? []);
}

export function leftInWords(left: readonly Left[]): string {
  return left.map(({ type, id, why }) => `the ${type} ${id}: ${why}`).join('. ');
}
