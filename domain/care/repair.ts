import { storedCertificate } from '../certificates/stored-certificate.ts';
import type { Change } from '../changes/change.ts';
import type { FindingCode } from '../doctor/codes.ts';
import type { Site } from '../sites/site.ts';
import type { Alert } from './alert.ts';

/** One that did not last is not tried again before: another tool may remove it as often as it is put back. */
const AGAIN_AFTER_MS = 6 * 3_600_000;

/** What another tool has changed or removed, and an operation of the site puts back. */
const REPAIRABLE: readonly FindingCode[] = [
  'resourceMissing',
  'recordsChanged',
  'validationRecordMissing',
  'certificateUnattached',
  'certificateNotIssued',
  'healthCheckNotReady',
  'healthCheckAlarmNotReady',
];

/** What an operation that nobody has asked for may do. */
const REPAIRS = {
  /** To write validation records again; their names begin with a label that begins with "_". */
  validation: ({ verb, phase, resource: { type, name } }: Change) =>
    type === 'record' && phase === 'prepare' && verb === 'create' && name.startsWith('_'),
  /** To import a certificate again, under its ARN. */
  import: ({ verb, resource: { type } }: Change) =>
    (type === 'certificate' || type === 'viewer certificate') && verb === 'update',
  /** A new instance would not have what was on the disk of the former, and one that was stopped may rest for a reason. */
  all: ({ resource: { type } }: Change) => type !== 'instance',
};

export type RepairKind = keyof typeof REPAIRS;

/** What the function that repairs is called with. */
export interface RepairOrder {
  domain: string;
  kinds: readonly RepairKind[];
}

/** Whether an operation may begin that makes these changes: each of them is of a kind that was ordered. */
export function mayRepair(changes: readonly Change[], kinds: readonly RepairKind[]): boolean {
  return changes.every((change) => kinds.some((kind) => REPAIRS[kind](change)));
}

/**
 * What is to be put back of a site by its alerts as they are now, and the alerts that it is for. The secret of an imported certificate may
 * have another one by now, whether or not that is due.
 */
export function repairOf(
  alerts: readonly Alert[],
  site: Pick<Site, 'drift' | 'certificate'>,
  now: Date,
): { kinds: RepairKind[]; alerts: Alert[] } {
  const isAll = site.drift === 'repair';
  const imports: RepairKind[] = storedCertificate(site)?.imported ? ['import'] : [];
  const due = alerts.filter(
    ({ state, code, isOurs }) => state === 'open' && (isAll ? REPAIRABLE.includes(code) : isOurs),
  );
  const isTooSoon = due.some(
    ({ repairedAt }) => repairedAt !== undefined && now.getTime() - Date.parse(repairedAt) < AGAIN_AFTER_MS,
  );
  if (due.length === 0 || isTooSoon) return { kinds: imports, alerts: [] };
  return { kinds: [isAll ? 'all' : 'validation', ...imports], alerts: due };
}
