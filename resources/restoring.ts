import { Failure } from '../domain/errors.ts';
import { type StepName, stepOf } from '../domain/ledger/outputs.ts';
import type { SiteRecord } from '../domain/ledger/site-record.ts';
import { type EdgeRemoval, removalsInWords, STOP_THAT_TOOL } from '../domain/load-balancers/edge-removals.ts';
import { UNSEEN_MS } from './eventual-consistency.ts';

/** The steps that create the edge. What one of them has just created, AWS may not return yet. */
const CREATING: readonly StepName[] = [
  'OpenSecurityGroups',
  'CreateLoadBalancer',
  'CreateTargetGroup',
  'CreateHttpListener',
  'ReserveAddress',
  'AttachCertificate',
];

/**
 * Has the workflow restore what is missing, once in an execution. Afterwards says what it is, for the step to give up by.
 *
 * @throws {Failure} "Missing" the first time, "NotReady" while AWS may not return yet what was just created
 */
export function restoreOnce(
  removals: readonly EdgeRemoval[],
  { restored, record, now }: { restored: boolean; record: SiteRecord; now: Date },
): string | undefined {
  if (removals.length === 0) return undefined;
  const what = removals.map((removal) => removal.what).join(', and ');
  if (isJustCreated(record, now)) {
    throw new Failure('NotReady', `Waiting: AWS may not return yet what was just created (${what})`);
  }
  const message = removalsInWords(removals, { restored });
  if (!restored) throw new Failure('Missing', `${message}. Restoring it, once`);
  return `${message}. ${STOP_THAT_TOOL}`;
}

function isJustCreated(record: SiteRecord, now: Date): boolean {
  return CREATING.some((name) => {
    const { revision, endedAt } = stepOf(record, name) ?? {};
    if (revision !== record.item.revision || endedAt === undefined) return false;
    return now.getTime() - Date.parse(endedAt) < UNSEEN_MS;
  });
}
