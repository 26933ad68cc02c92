import { createHash } from 'node:crypto';

const HOUR_MS = 3_600_000;

/** Within how many hours each site is looked at (failures A15). */
export const ROUND_HOURS = 6;

/** Whether a site is looked at in this hour: each in one of six, so that a sixth of them asks AWS at a time. */
export function isTurn(domain: string, now: Date): boolean {
  const turn = createHash('sha256').update(domain).digest().readUInt32BE() % ROUND_HOURS;
  return Math.floor(now.getTime() / HOUR_MS) % ROUND_HOURS === turn;
}
