import { createHash } from 'node:crypto';

const HOUR_MS = 3_600_000;

/** Within how many hours each site is looked at (failures A15). */
export const ROUND_HOURS = 6;

/** Whether a site is looked at in this hour: each in one of six, so that a sixth of them asks AWS at a time. */
export function isTurn(domain: string, now: Date): boolean {
  const turn = createHash('sha256').update(domain).digest().readUInt32BE() % ROUND_HOURS;
  return Math.floor(now.getTime() / HOUR_MS) % ROUND_HOURS === turn;
}

/** Whether a site is looked at in this hour: it has its turn, or had no look at its last turn. `seenAt`: the last look in ISO 8601, where one is known. */
export function isDue(domain: string, { seenAt, now }: { seenAt: string | undefined; now: Date }): boolean {
  const isOverdue = seenAt !== undefined && now.getTime() - Date.parse(seenAt) > ROUND_HOURS * HOUR_MS;
  return isOverdue || isTurn(domain, now);
}
