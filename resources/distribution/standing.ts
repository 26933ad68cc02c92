import type { Distribution } from '../../aws/distributions/read-distribution.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { isOwnedBy } from '../../domain/ownership.ts';
import type { Scope } from '../resource.ts';
import { type SeenDistributions, TYPE } from './changes.ts';
import type { DesiredDistribution } from './desired.ts';

/** The distribution that the document uses, and those of the site that are retained. */
export function standingDistributions(
  _: readonly DesiredDistribution[],
  { own }: SeenDistributions,
  { owner }: Scope,
): Made[] {
  return own.filter(({ tags }) => isOwnedBy(owner, tags)).map(madeDistribution);
}

export function madeDistribution({ id, domainName }: Pick<Distribution, 'id' | 'domainName'>): Made {
  return { type: TYPE, id, ours: true, detail: domainName, domainName };
}
