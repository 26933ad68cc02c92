import type { Ailing, Closed, Redo } from '../../domain/gates/verdict.ts';
import { type StepName, stepOf } from '../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../domain/ledger/site-record.ts';
import { type EdgeRemoval, removalsInWords, STOP_THAT_TOOL } from '../../domain/load-balancers/edge-removals.ts';
import type { Finding } from '../../domain/probes/certificate.ts';
import { UNSEEN_MS } from '../eventual-consistency.ts';
import type { GateScope } from '../gate.ts';
import { recordOf } from '../scope.ts';

/** The steps that create the edge. What one of them has just created, AWS may not return yet. */
const CREATING: readonly StepName[] = [
  'OpenSecurityGroups',
  'CreateLoadBalancer',
  'CreateTargetGroup',
  'CreateHttpListener',
  'ReserveAddress',
  'AttachCertificate',
  'CreateDistribution',
  'AddListenerCertificate',
];

interface At {
  record: SiteRecord;
  /** Whether the execution has restored once. */
  restored: boolean;
  now: Date;
}

/** What is missing is restored by the workflow, once in an execution; undefined where nothing is. */
export function judgeRemovals(
  removals: readonly EdgeRemoval[],
  { record, restored, now }: At,
): Closed | Redo | Ailing | undefined {
  if (removals.length === 0) return undefined;
  if (isJustCreated(record, now)) {
    const what = removals.map((removal) => removal.what).join(', and ');
    return { state: 'closed', message: `Waiting: AWS may not return yet what was just created (${what})` };
  }
  const who = removalsInWords(removals, { restored });
  if (!restored) return { state: 'redo', message: `${who}. Restoring it, once` };
  const message = `${who}. ${STOP_THAT_TOOL}`;
  return { state: 'ailing', message, failure: `${message}. Then declare the site again` };
}

/** What is missing of the edge that a gate probes: it is restored before the probe, or is a finding beside those of the probe. */
export function judgeBeforeProbe(
  removals: readonly EdgeRemoval[],
  scope: GateScope,
): { first?: Closed | Redo; findings: Finding[] } {
  const { restored, now } = scope;
  const removed = judgeRemovals(removals, { record: recordOf(scope), restored, now });
  if (!removed) return { findings: [] };
  if (removed.state !== 'ailing') return { first: removed, findings: [] };
  return { findings: [{ reason: 'removed', message: removed.message }] };
}

function isJustCreated(record: SiteRecord, now: Date): boolean {
  return CREATING.some((name) => {
    const { revision, endedAt } = stepOf(record, name) ?? {};
    if (revision !== record.item.revision || endedAt === undefined) return false;
    return now.getTime() - Date.parse(endedAt) < UNSEEN_MS;
  });
}
