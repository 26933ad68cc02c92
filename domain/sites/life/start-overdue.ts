/** The first step runs within seconds; later than this, the workflow has not started, or Lambda does not run. */
const OVERDUE_MS = 60_000;

interface Started {
  revision: number;
  operation?: { startedAt: string };
}

/** What is waited for, as an answer shows it. */
interface Waiting {
  step: string;
  for: string;
  since: string;
}

/**
 * An operation of which no step has begun: Step Functions may have throttled the start, and only the caller repeats a request
 * that was answered so. Undefined for one that is under way or was asked for just now.
 */
export function startOverdue(
  { operation, revision }: Started,
  { steps, now }: { steps: readonly { revision: number }[]; now: Date },
): Waiting | undefined {
  if (!operation || steps.some((step) => step.revision === revision)) return undefined;
  if (now.getTime() - Date.parse(operation.startedAt) <= OVERDUE_MS) return undefined;
  const why =
    'No step has begun: the workflow may not have started, as when the request for it was answered 503. Repeat that request with the same Idempotency-Key, which starts it, or cancel the operation';
  return { step: 'StartExecution', for: why, since: operation.startedAt };
}
