import { type Owner, ownerTags } from '../ownership.ts';
import type { ResourceRef, Unphased } from './change.ts';

/** A resource without owner that is adopted: its tags say so from then on. */
export function adopted(
  resource: ResourceRef,
  before: object & { tags: Record<string, string> },
  { owner, after = {}, message }: { owner: Owner; after?: object; message: string },
): Unphased {
  return {
    verb: 'adopt',
    resource,
    before,
    after: { ...before, ...after, tags: { ...before.tags, ...ownerTags(owner) } },
    message: `Adopt the ${resource.type} "${resource.name}": ${message}; what it was is remembered, and undo restores it`,
  };
}

/** A resource that was adopted, untagged and set to what it was: nothing of it is deleted. */
export function restored(resource: ResourceRef, before: object, after: object): Unphased {
  const message = `Give back the ${resource.type} "${resource.name}" (${resource.id}) as it was before it was adopted`;
  return { verb: 'restore', resource, before, after, message };
}
