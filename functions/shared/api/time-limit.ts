import { Refusal } from './refusal.ts';

/** How soon a caller may try again when a request took too long. */
const RETRY_AFTER_SECONDS = 5;

/**
 * Ends a request before API Gateway does: it waits 30 s, cold start included, and then answers a bare 503. What was asked
 * goes on until Lambda freezes it, and its result is dropped.
 * Source: API Gateway Developer Guide, "Quotas for configuring and running an HTTP API", integration timeout; checked 2026-11-29.
 *
 * @throws {Refusal} "busy" after `ms`
 */
export async function within<T>(ms: number, working: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const detail =
      'The request took too long and was given up; send it again with the same Idempotency-Key: what it began goes on, and nothing is begun twice';
    const refusal = new Refusal('busy', detail, { headers: { 'retry-after': String(RETRY_AFTER_SECONDS) } });
    timer = setTimeout(reject, Math.max(0, ms), refusal);
  });
  try {
    return await Promise.race([working, late]);
  } finally {
    clearTimeout(timer);
  }
}
