import type { Left } from '../ledger/left.ts';
import type { RemovalPlan } from '../records/removal.ts';
import type { Unphased } from './change.ts';
import { recordsReleased } from './record-changes.ts';

/** What was made for earlier documents of a site and the new one doesn't keep, as the removing steps find it. */
export interface Releases {
  records: readonly Unphased[];
  listeners: readonly Unphased[];
  loadBalancers: readonly Unphased[];
  targetGroups: readonly Unphased[];
  securityGroups: readonly Unphased[];
  addresses: readonly Unphased[];
  certificates: readonly Unphased[];
  validation: readonly Pick<RemovalPlan, 'changes' | 'left'>[];
  /** What is ours no longer, or in use elsewhere, and why it stays. */
  left: readonly Left[];
}

/** What a change lets go once the new document has been seen to work, in the order of the workflow. */
export function releaseChanges(releases: Releases): Unphased[] {
  return [
    ...releases.records,
    ...releases.listeners,
    ...releases.loadBalancers,
    ...releases.targetGroups,
    ...releases.securityGroups,
    ...releases.addresses,
    ...releases.certificates,
    ...releases.validation.flatMap(recordsReleased),
    ...releases.left.map(({ type, id, why }): Unphased => {
      const message = `Leave the ${type} ${id}: ${why}`;
      return { verb: 'retain', resource: { type, name: id, id }, message };
    }),
  ];
}
