const DAY_MS = 86_400_000;

/**
 * How many days a public certificate lives that is issued from a day on. The limits of the CA/Browser Forum are 200, 100 and 47 days; AWS
 * says "under 100" and not how far.
 * Source: CA/Browser Forum ballot SC-081v3; AWS Certificate Manager User Guide, "Public certificate characteristics"; checked 2026-11-30.
 */
const LIFETIMES = [
  { from: Date.parse('2029-03-15T00:00:00Z'), days: 47 },
  { from: Date.parse('2027-03-15T00:00:00Z'), days: 99 },
  { from: 0, days: 198 },
];

/** Source: the same guide, "ACME certificate characteristics"; checked 2026-11-29. */
export const ACME_VALIDITY_DAYS = 45;

/** How many days a public certificate lives that is issued `now`. */
export function publicDays(now: Date): number {
  return LIFETIMES.find(({ from }) => now.getTime() >= from)?.days ?? 0;
}

/** When a certificate issued `now` (AWS time) begins, as ACM tells it: with the day. */
export function beginsAt(now: Date): Date {
  return new Date(Math.floor(now.getTime() / DAY_MS) * DAY_MS);
}

/**
 * When a certificate issued `now` begins and ends, as it says itself. It begins with ACM's day, but never after `wallNow`: clients outside
 * judge by their own clock, and AWS time may run ahead of it.
 */
export function validity(now: Date, wallNow: Date, days = publicDays(now)): { notBefore: Date; notAfter: Date } {
  const day = beginsAt(now).getTime();
  const wallSecond = Math.floor(wallNow.getTime() / 1000) * 1000;
  return {
    notBefore: new Date(Math.min(day, wallSecond)),
    notAfter: new Date(day + days * DAY_MS - 1000),
  };
}
