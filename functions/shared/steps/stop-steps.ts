import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { writeStep } from '../../../aws/ledger/write-step.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { StepItem } from '../../../domain/ledger/step-item.ts';
import type { FailureReason } from '../../../domain/sites/reason.ts';

/** Writes down that what still ran or waited has ended with its operation. */
export async function stopSteps(
  ledger: Ledger,
  { item, steps }: SiteRecord,
  { reason, now }: { reason: FailureReason; now: Date },
): Promise<void> {
  for (const step of steps) {
    if (step.revision === item.revision) await stop(ledger, step, { domain: item.domain, reason, now });
  }
}

async function stop(
  ledger: Ledger,
  step: StepItem,
  { domain, reason, now }: { domain: string; reason: FailureReason; now: Date },
): Promise<void> {
  if (step.state !== 'running' && step.state !== 'waiting') return;
  const message = step.name === reason.step ? reason.message : `Stopped, because ${why(reason)}`;
  const { waitingFor: _, waitingUntil: __, looks: ___, ...rest } = step;
  await writeStep(ledger, domain, { ...rest, state: 'failed', endedAt: now.toISOString(), message });
}

function why({ error, step }: FailureReason): string {
  if (error === 'Cancelled') return 'the operation was cancelled';
  return error === 'Superseded' ? 'a new version of Nameplate was deployed' : `${step} failed`;
}
