import type { Certificate } from './certificate.ts';

const HOUR_MS = 3_600_000;

/** How long ACM looks for the validation records: a request that missed it is dead. Source: ACM User Guide, "DNS validation", checked 2026-11-22. */
const VALIDATION_HOURS = 72;

/**
 * How long it rests before ACM is asked anew, after the first request that timed out, the second … What kept ACM from
 * seeing the records has lasted for three days, so that a person has to look first; and certificates that are asked for
 * count toward a year's quota (failures A7, A9).
 *
 *   request  asked at  times out at
 *   1           0 h       72 h
 *   2          73 h      145 h
 *   3         147 h      219 h
 *   4         223 h      295 h
 *   5         303 h      375 h, which is 15.6 days: given up
 */
const REST_HOURS: readonly number[] = [1, 2, 4, 8];

/** How often ACM is asked in all, by one operation. */
export const MAX_REQUESTS = REST_HOURS.length + 1;

/** How long an operation waits for its certificate at most: the end of the last row. */
export const LONGEST_WAIT_HOURS = REST_HOURS.reduce((sum, hours) => sum + hours, MAX_REQUESTS * VALIDATION_HOURS);

/** What happened, and where to look. */
export const NOTHING_SEEN = `ACM saw no validation record within ${VALIDATION_HOURS} hours. Check that the CNAME records that ACM asked for resolve from outside (delegation, a private zone of the same name)`;

/** When ACM gives up a request. */
export function validationEndsAt({ requestedAt }: { requestedAt: Date }): Date {
  return new Date(requestedAt.getTime() + VALIDATION_HOURS * HOUR_MS);
}

/**
 * When ACM is asked anew for a certificate that it gave up, as told by the certificate and which request of the operation
 * it was, from 1. Undefined for any other certificate, and once ACM has been asked often enough.
 */
export function rerequest(
  { status, names, requestedAt }: Pick<Certificate, 'status' | 'names' | 'requestedAt'>,
  { request, now }: { request: number; now: Date },
): { at: Date; message: string } | undefined {
  const restHours = REST_HOURS[request - 1];
  if (status !== 'VALIDATION_TIMED_OUT' || restHours === undefined) return undefined;
  const timedOutAt = requestedAt ? validationEndsAt({ requestedAt }) : now;
  const at = new Date(timedOutAt.getTime() + restHours * HOUR_MS);
  const list = names.map((name) => `"${name}"`).join(', ');
  const next = `ACM is asked anew at ${at.toISOString()}, for time ${request + 1} of ${MAX_REQUESTS}`;
  return { at, message: `No certificate for ${list} yet: ${NOTHING_SEEN}. ${next}` };
}
