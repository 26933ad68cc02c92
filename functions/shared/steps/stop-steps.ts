import type { Reason, SiteRecord, StepItem } from '../../../aws/ledger/items.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { writeStep } from '../../../aws/ledger/write-step.ts';

/** Writes down that what still ran or waited has ended with its operation. */
export async function stopSteps(
  ledger: Ledger,
  { item, steps }: SiteRecord,
  { reason, now }: { reason: Reason; now: Date },
): Promise<void> {
  for (const step of steps) {
    if (step.revision === item.revision) await stop(ledger, step, { domain: item.domain, reason, now });
  }
}

async function stop(
  ledger: Ledger,
  step: StepItem,
  { domain, reason, now }: { domain: string; reason: Reason; now: Date },
): Promise<void> {
  if (step.state !== 'running' && step.state !== 'waiting') return;
  const why = reason.error === 'Cancelled' ? 'the operation was cancelled' : `${reason.step} failed`;
  const message = step.name === reason.step ? reason.message : `Stopped, because ${why}`;
  const { waitingFor: _, waitingUntil: __, looks: ___, ...rest } = step;
  await writeStep(ledger, domain, { ...rest, state: 'failed', endedAt: now.toISOString(), message });
}
