import type { Left } from './left.ts';
import type { SiteRecord } from './site-record.ts';

/** What the removing steps of this operation did not remove. */
export function leftBy({ item, steps }: SiteRecord): Left[] {
  return steps
    .filter(({ revision }) => revision === item.revision)
    .flatMap(({ output }) => (output?.['left'] as Left[] | undefined) ?? []);
}

export function leftInWords(left: readonly Left[]): string {
  return left.map(({ type, id, why }) => `the ${type} ${id}: ${why}`).join('. ');
}
