const DAY_MS = 86_400_000;

/** Parts of the lifetime that may be left, and then days: right for a certificate that lives 198 days, and for one that lives 6. */
const SHARES = [1 / 3, 1 / 6];
const DAYS = [30, 15, 7, 3, 1];

/** Until when a certificate lives, and since when. */
export interface Lifetime {
  validFrom: Date;
  validTo: Date;
}

/** What may be left of a lifetime when people are told, in milliseconds: a third, a sixth, then those days that come later. */
export function expiryStages(lifetime: Lifetime): number[] {
  const shares = SHARES.map((share) => share * lengthOf(lifetime));
  const last = Math.min(...shares);
  return [...shares, ...DAYS.map((days) => days * DAY_MS).filter((left) => left < last)];
}

/**
 * How many of its stages a certificate has reached; undefined for none. One that is renewed by itself does not count the first: ACM
 * renews with 45 of 198 days left, less than a third (failures A17).
 */
export function expiryStage(
  lifetime: Lifetime,
  { renewsItself, now }: { renewsItself: boolean; now: Date },
): number | undefined {
  const left = leftOf(lifetime, now);
  const reached = expiryStages(lifetime).filter((stage) => left <= stage).length;
  return reached > (renewsItself ? 1 : 0) ? reached : undefined;
}

/** Milliseconds; negative once it has ended. */
export function leftOf({ validTo }: Pick<Lifetime, 'validTo'>, now: Date): number {
  return validTo.getTime() - now.getTime();
}

/** Of the whole lifetime, 0 to 1. */
export function shareLeft(lifetime: Lifetime, now: Date): number {
  return Math.min(1, Math.max(0, leftOf(lifetime, now) / Math.max(1, lengthOf(lifetime))));
}

export function daysLeft(lifetime: Pick<Lifetime, 'validTo'>, now: Date): number {
  return Math.floor(leftOf(lifetime, now) / DAY_MS);
}

/**
 * With how much left a renewal of ACM has begun, in milliseconds. It begins with 45 days; when that will be of a certificate that lives 47
 * days is not documented. Source: ACM User Guide, "Managed certificate renewal"; checked 2026-11-30.
 */
export function renewalBegins(lifetime: Lifetime): number {
  return Math.min(45 * DAY_MS, lengthOf(lifetime) / 2);
}

const lengthOf = ({ validFrom, validTo }: Lifetime): number => validTo.getTime() - validFrom.getTime();
