import { isMarkerName } from '../records/marker.ts';
import { RESOURCE_TYPES, type ResourceType } from '../resources/resource-type.ts';
import { stepOf } from './outputs.ts';
import type { SiteRecord } from './site-record.ts';

/** A resource by what AWS calls it. */
export interface ResourceId {
  type: ResourceType;
  id: string;
}

/** Every resource that is the site's by now, once, without owner markers; what it adopted and what it made alike. */
export function ownResources({ steps }: Pick<SiteRecord, 'steps'>): ResourceId[] {
  const ours = steps.flatMap(({ made }) => made.filter((each) => each.ours && !isMarkerName(each.id)));
  const found = ours.flatMap(({ type, id }) =>
    RESOURCE_TYPES.filter((each) => each === type).map((of) => [of, id] as const),
  );
  return [...new Map(found.map(([type, id]) => [`${type} ${id}`, { type, id }])).values()];
}

/** What the site had when it was first taken back in its present life. */
export function hadBefore(record: SiteRecord): ResourceId[] {
  const claimed = stepOf(record, 'ClaimUndo');
  if (!claimed || claimed.startedAt < record.item.createdAt) return [];
  return claimed.output?.had ?? [];
}

/** What its undo has deleted, given back or passed on so far. */
export function releasedOf(record: SiteRecord): ResourceId[] {
  const standing = ownResources(record);
  return hadBefore(record).filter(({ type, id }) => !standing.some((each) => each.type === type && each.id === id));
}
