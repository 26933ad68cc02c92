import type { Verdict } from '../../../domain/gates/verdict.ts';

/** How the change of one zone was seen. */
export type ZoneSync =
  | { status: 'PENDING' | 'INSYNC' }
  /** Route 53 does not know the change: what the newest owner marker says, and what each name server answers. */
  | { marker: string | undefined; answers: string[][] }
  | { failure: string };

/** Undefined where a person has entered the records: they were seen on all name servers then. */
export type SyncSight = readonly ZoneSync[] | undefined;

export function judgeSync(zones: SyncSight): Verdict<Record<string, never>> {
  if (!zones)
    return {
      state: 'open',
      output: {},
      message: 'All name servers of your provider were seen to answer with the records',
    };
  if (zones.every(isSynced))
    return { state: 'open', output: {}, message: 'All name servers of Route 53 answer with the change' };
  return { state: 'closed', message: 'Waiting until all name servers of Route 53 answer with the change' };
}

/** The owner marker moves with every batch: name servers that all answer with the newest one have the batch. */
function isSynced(zone: ZoneSync): boolean {
  if ('status' in zone) return zone.status === 'INSYNC';
  if ('failure' in zone) return false;
  const { marker } = zone;
  return zone.answers.every((texts) => marker !== undefined && texts.includes(marker));
}
