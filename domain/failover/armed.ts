import { stepOf } from '../ledger/outputs.ts';
import type { SiteItem } from '../ledger/site-item.ts';
import type { SiteRecord } from '../ledger/site-record.ts';
import { minute } from '../minute.ts';
import { factsOf } from '../sites/life/operations.ts';
import { isLive } from '../sites/life/states.ts';
import { healthCheckOf } from './health-check.ts';
import type { Proofs } from './proof.ts';

/** A page that was not seen for longer is not relied on: it is looked at every hour. */
const PROVEN_MS = 2 * 3_600_000;

/** Whether viewers would see the page if the origin failed now, and why not. */
export function isArmed(
  record: SiteRecord,
  { page, healthCheck, now }: Omit<Proofs, 'certificate'> & { now: Date },
): { armed: boolean; why?: string } {
  if (record.item.operation) return { armed: false, why: 'an operation runs for the site' };
  if (!isLive(record.item)) return { armed: false, why: whyNotLive(record.item) };
  const isChecked = healthCheckOf(record.item.site) !== undefined;
  if (isChecked && stepOf(record, 'AwaitHealthCheck')?.state !== 'done')
    return { armed: false, why: 'no checker of Route 53 was seen to get an answer yet' };
  if (!page)
    return {
      armed: false,
      why: 'the page was not looked at yet: it is once the site is live, every hour, and by a drill',
    };
  const problems = [page, isChecked ? healthCheck : undefined].flatMap((proof) => proof?.problems ?? []);
  if (problems.length > 0) return { armed: false, why: problems.join('; ') };
  if (now.getTime() - Date.parse(page.at) > PROVEN_MS)
    return { armed: false, why: `the page was seen to answer last at ${minute(page.at)}` };
  return { armed: true };
}

function whyNotLive({ last }: SiteItem): string {
  return last && factsOf(last).movesTrafficOnly
    ? 'a switch was stopped: viewers see the site or the page until it is resumed or undone'
    : 'the site is not live as declared';
}
