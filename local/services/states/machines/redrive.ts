import type { ExecutionRedriveStatus } from '@aws-sdk/client-sfn';
import type { Execution } from '../execution/execution.ts';

/** How long after its end an execution can be redriven. Source: Step Functions guide, "Redriving executions"; checked 2026-11-22. */
const PERIOD_MS = 14 * 86_400_000;

/** Whether an execution can go on from where it failed, and if not, why. */
export function redriveOf(
  { status, stopDate, history }: Execution,
  now: Date,
): { redriveStatus: ExecutionRedriveStatus; redriveStatusReason?: string } {
  const no = (reason: string) => ({ redriveStatus: 'NOT_REDRIVABLE' as const, redriveStatusReason: reason });
  if (!stopDate || status === 'SUCCEEDED') return no(`Execution is ${status} and cannot be redriven`);
  if (now.getTime() - stopDate.getTime() > PERIOD_MS) return no('Execution redrive period exceeded');
  if (history.full) return no('Execution history event limit exceeded');
  return { redriveStatus: 'REDRIVABLE' };
}
