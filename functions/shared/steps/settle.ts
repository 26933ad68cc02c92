import type { StepItem } from '../../../aws/ledger/items.ts';
import { Failure } from '../../../domain/errors.ts';
import type { Finding } from '../../../domain/probes/certificate.ts';
import { waitedMs } from './waited.ts';

/** How long an edge may take to show everywhere what it was told, and a web server to come back. */
const GRACE_MS = 5 * 60_000;

/**
 * Lets a step go on that found nothing wrong.
 *
 * @throws {Failure} "NotReady" while what is wrong may still settle, "Misconfigured" when it had its time
 */
export function settle(
  findings: readonly Finding[],
  { previous, ...at }: { previous: StepItem | undefined; revision: number; now: Date },
): void {
  if (findings.length === 0) return;
  const list = [...new Set(findings.map(({ message }) => message))].join('; ');
  if (waitedMs(previous, at) <= GRACE_MS) throw new Failure('NotReady', `Waiting until this settles: ${list}`);
  throw new Failure('Misconfigured', `${list}. Mend it, then declare the site again`);
}
