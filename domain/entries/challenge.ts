import { createHash } from 'node:crypto';
import { namesOf } from '../sites/names-of.ts';
import type { Site } from '../sites/site.ts';
import { isAtOrBelow } from '../zones/longest-match.ts';
import type { Entry } from './entry.ts';

/** Enough of a SHA-256 that no two are equal by chance. */
const TOKEN_CHARACTERS = 32;

/** Who claims a name: a token proves nothing for another claimant (failures S2). */
export interface Claimant {
  /** The AWS account that Nameplate runs in, and the stack's name there. */
  account: string;
  stack: string;
  /** Whose site it is, where one stack serves several. */
  tenant?: string;
}

/**
 * The TXT records that prove the claimant's right to the site's names, to be entered by whoever can write to their zones.
 * One for each name that doesn't lie below another: whoever may write there may write below.
 */
export function challenges(site: Site, claimant: Claimant): Entry[] {
  const names = namesOf(site).map(({ name }) => name);
  const tops = names.filter((name) => !names.some((other) => other !== name && isAtOrBelow(name, other)));
  return tops.map((name) => ({
    name: challengeName(name),
    type: 'TXT',
    values: [`${CHALLENGE}${token(name, claimant)}`],
    for: 'ownership',
  }));
}

/** Where the challenge of a name is answered. */
export const challengeName = (name: string): string => `_nameplate-challenge.${name}`;

/** Whether a challenge proves a name: its own, or that of a name above it. */
export function isChallengeOf({ name: challenge }: Pick<Entry, 'name'>, name: string): boolean {
  return isAtOrBelow(name, challenge.slice(challengeName('').length));
}

/** What every answer to a challenge begins with. */
export const CHALLENGE = 'nameplate-challenge=';

/** Derived, so that the same claim asks for the same record at any time: it may stay for the next check (failures S3). */
function token(name: string, { account, stack, tenant }: Claimant): string {
  const claim = JSON.stringify([account, stack, tenant ?? null, name]);
  return createHash('sha256').update(claim).digest('hex').slice(0, TOKEN_CHARACTERS);
}
