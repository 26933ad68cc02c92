import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { writeStep } from '../../../aws/ledger/write-step.ts';
import type { Made } from '../../../domain/ledger/made.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';

/** Takes what is gone out of the ledger, so that the steps that made it show only what stands. */
export async function forget(ledger: Ledger, { item, steps }: SiteRecord, gone: readonly Made[]): Promise<void> {
  const isGone = (made: Made) => gone.some(({ type, id }) => made.type === type && made.id === id);
  for (const step of steps) {
    if (step.made.some(isGone)) {
      await writeStep(ledger, item.domain, { ...step, made: step.made.filter((made) => !isGone(made)) });
    }
  }
}
