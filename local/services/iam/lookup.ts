import { AwsError } from '../../wire/service.ts';
import { violation } from '../../wire/violation.ts';
import type { IamStore, ManagedPolicy, Role } from './store.ts';

/** The role of that name. Throws NoSuchEntity. */
export function roleNamed(store: IamStore, name: string): Role {
  const role = store.roles.get(name.toLowerCase());
  if (!role) throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`);
  return role;
}

/** The managed policy of that ARN. Throws NoSuchEntity. */
export function policyAt(store: IamStore, arn: string): ManagedPolicy {
  const policy = store.policies.get(arn);
  if (!policy) throw new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`);
  return policy;
}

/** A policy document as IAM hands it out: percent-encoded by RFC 3986. */
export const encoded = (document: string): string =>
  encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** One page of a list, by Marker and MaxItems. */
export function pageOf<T>(
  items: T[],
  { Marker, MaxItems = 100 }: { Marker?: string | undefined; MaxItems?: number | undefined },
): { items: T[]; IsTruncated: boolean; Marker?: string } {
  if (MaxItems < 1 || MaxItems > 1000) {
    const bound = MaxItems < 1 ? 'greater than or equal to 1' : 'less than or equal to 1000';
    const constraint = `Member must have value ${bound}`;
    throw violation(MaxItems, { member: 'maxItems', constraint, code: 'ValidationError' });
  }
  const start = Number(Marker ?? 0);
  if (!Number.isInteger(start) || start < 0) throw new AwsError('ValidationError', 'Invalid Marker.');
  const end = start + MaxItems;
  const truncated = end < items.length;
  return { items: items.slice(start, end), IsTruncated: truncated, ...(truncated ? { Marker: String(end) } : {}) };
}
