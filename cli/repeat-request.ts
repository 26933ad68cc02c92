/** Requests for one answer at most. */
const MAX_ATTEMPTS = 5;

/** A longer Retry-After is shown as a refusal instead of waited for. */
const LONGEST_WAIT_SECONDS = 10;

/** What API Gateway answers by itself: its stage's throttle, a function that is throttled, a function that ended without an answer. */
const GATEWAY_STATUSES: ReadonlySet<number> = new Set([429, 500, 503]);

/** Waits so many seconds. */
export type Wait = (seconds: number) => Promise<unknown>;

/**
 * Repeats a request that is safe to repeat: one that changes nothing, or one with an Idempotency-Key. It is repeated when
 * the answer says when (Retry-After), or is API Gateway's own and no problem document: then after 1, 2, 4 and 8 s.
 *
 * @returns the first answer that says neither, or the last one
 */
export async function repeatRequest(request: () => Promise<Response>, wait: Wait): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const response = await request();
    const seconds = secondsUntilRepeat(response, attempt);
    if (seconds === undefined || attempt === MAX_ATTEMPTS) return response;
    await response.body?.cancel();
    await wait(seconds);
  }
}

function secondsUntilRepeat({ status, headers }: Response, attempt: number): number | undefined {
  const retryAfter = headers.get('retry-after');
  if (retryAfter !== null) return Number(retryAfter) <= LONGEST_WAIT_SECONDS ? Number(retryAfter) : undefined;
  const isGateways = GATEWAY_STATUSES.has(status) && headers.get('content-type') !== 'application/problem+json';
  return isGateways ? 2 ** (attempt - 1) : undefined;
}
