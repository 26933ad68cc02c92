import type { CloudFront } from '../cloudfront.ts';
import { aliasesOf } from '../distributions/distribution.ts';
import { coversName } from './names.ts';

/** An alias and where it is, in whatever account. */
export interface Holder {
  alias: string;
  distributionId: string;
  accountId: string;
}

/** Every alias that is on a distribution other than `except`. */
export function holders({ distributions, strangers, host }: CloudFront, except: string): Holder[] {
  const own = [...distributions.values()]
    .filter(({ id }) => id !== except)
    .flatMap((one) => aliasesOf(one).map((alias) => ({ alias, distributionId: one.id, accountId: host.account })));
  return [...own, ...strangers.map(({ alias, id, accountId }) => ({ alias, distributionId: id, accountId }))];
}

/**
 * The aliases that are the same as a name, cover it, or are covered by it.
 * Source: CloudFront API reference, ListConflictingAliases; checked 2026-11-29.
 */
export function overlapping(cloudFront: CloudFront, name: string, except: string): Holder[] {
  return holders(cloudFront, except)
    .filter(({ alias }) => coversName(alias, name) || coversName(name, alias))
    .toSorted((a, b) => (a.alias < b.alias ? -1 : 1));
}

/** "*******QLMR5EX": enough to know one's own by. */
export const masked = (text: string, shown: number): string => '*'.repeat(text.length - shown) + text.slice(-shown);
