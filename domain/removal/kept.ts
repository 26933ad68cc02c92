import type { Change } from '../changes/change.ts';
import { madeOf } from '../ledger/made-of.ts';
import type { ResourceId } from '../ledger/released.ts';
import type { SiteRecord } from '../ledger/site-record.ts';

/** Types that are kept, and ids of single resources. */
export type Keeps = readonly string[];

/** Whether a resource is kept. */
export function isKept(keeps: Keeps | undefined, { type, id }: { type: string; id?: string | undefined }): boolean {
  return keeps !== undefined && (keeps.includes(type) || (id !== undefined && keeps.includes(id)));
}

/** Of what was decided without it: what is kept is not removed, and bears no mark of ours afterwards. Records are planned by themselves. */
export function asKept(changes: readonly Change[], keeps: Keeps | undefined, record: SiteRecord | undefined): Change[] {
  const isOurs = ({ verb, resource: { type, id } }: Change): boolean =>
    verb !== 'retain' || (record !== undefined && madeOf(record, type).some((made) => made.id === id));
  return changes.flatMap((change): Change[] => {
    const { resource, phase, before = {} } = change;
    const { type, name, id = name } = resource;
    if (phase !== 'release' || type === 'record' || !isKept(keeps, resource)) return [change];
    if (!isOurs(change)) return [];
    const message = `Keep the ${type} ${id}: it serves as it does, and nothing of Nameplate changes or deletes it any more`;
    return [{ verb: 'unmark', phase, resource, before, message }];
  });
}

/** What of a list is kept. */
export function keptOf<Each extends ResourceId>(keeps: Keeps | undefined, resources: readonly Each[]): Each[] {
  return resources.filter((each) => isKept(keeps, each));
}
