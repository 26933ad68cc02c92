const DAY_MS = 86_400_000;

/** Source: AWS Certificate Manager User Guide, "Public certificate characteristics"; checked 2026-11-22. */
const VALIDITY_DAYS = 198;

/** Source: the same guide, "ACME certificate characteristics"; checked 2026-11-29. */
export const ACME_VALIDITY_DAYS = 45;

/** When a certificate issued `now` (AWS time) begins, as ACM tells it: with the day. */
export function beginsAt(now: Date): Date {
  return new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
}

/**
 * When a certificate issued `now` begins and ends, as it says itself. It begins with ACM's day, but never after `wallNow`: clients outside
 * judge by their own clock, and AWS time may run ahead of it.
 */
export function validity(now: Date, wallNow: Date, days = VALIDITY_DAYS): { notBefore: Date; notAfter: Date } {
  const day = beginsAt(now).getTime();
  const wallSecond = Math.floor(wallNow.getTime() / 1000) * 1000;
  return {
    notBefore: new Date(Math.min(day, wallSecond)),
    notAfter: new Date(day + days * DAY_MS - 1000),
  };
}
