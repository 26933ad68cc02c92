import type { Left } from '../ledger/left.ts';
import type { RemovalPlan } from '../records/removal.ts';
import type { ResourceType } from '../resources/resource-type.ts';
import { restored } from './adopted.ts';
import type { ResourceRef, Unphased } from './change.ts';
import { recordsReleased } from './record-changes.ts';

/** What was made for earlier documents of a site and the new one doesn't keep, as the removing steps find it. */
export interface Releases {
  records: readonly Unphased[];
  listeners: readonly Unphased[];
  loadBalancers: readonly Unphased[];
  targetGroups: readonly Unphased[];
  securityGroups: readonly Unphased[];
  addresses: readonly Unphased[];
  certificates: readonly { arn: string; names: readonly string[] }[];
  validation: readonly Pick<RemovalPlan, 'changes' | 'left'>[];
  /** How a thing stood before it was adopted, and is put back; undefined for what was made. */
  before: (type: ResourceType, id: string) => object | undefined;
  /** What is ours no longer, or in use elsewhere, and why it stays. */
  left: readonly Left[];
}

/** What a change lets go once the new document has been seen to work, in the order of the workflow. */
export function releaseChanges(domain: string, releases: Releases): Unphased[] {
  const released = (resource: ResourceRef, standing: object, message: string): Unphased => {
    const before = releases.before(resource.type, resource.id ?? '');
    return before ? restored(resource, standing, before) : deleted(resource, standing, message);
  };
  return [
    ...releases.records,
    ...releases.listeners,
    ...releases.loadBalancers,
    ...releases.targetGroups,
    ...releases.securityGroups,
    ...releases.addresses,
    ...releases.certificates.map(({ arn, names }) =>
      released(
        { type: 'certificate', name: domain, id: arn },
        { names },
        `Delete the certificate ${arn}, which the site no longer uses`,
      ),
    ),
    ...releases.validation.flatMap(recordsReleased),
    ...releases.left.map(({ type, id, why }): Unphased => {
      const message = `Leave the ${type} ${id}: ${why}`;
      return { verb: 'retain', resource: { type, name: id, id }, message };
    }),
  ];
}

function deleted(resource: ResourceRef, before: object, message: string): Unphased {
  return { verb: 'delete', resource, before, message };
}
