import { isProvenBy, type Proofs } from '../entries/proof.ts';
import type { Left } from '../ledger/left.ts';
import type { OperationName } from './life/operations.ts';
import { desiredDocument } from './life/standing.ts';
import type { SiteState } from './life/states.ts';
import { isDeclared, isLive } from './life/states.ts';
import { namesOf } from './names-of.ts';
import type { Site } from './site.ts';

/** An unproven claim lapses so long after the last operation of its site began or ended. */
export const UNPROVEN_DAYS = 14;

const DAY_MS = 24 * 3_600_000;

/**
 * How much a site's claim of a name counts against another tenant. "free": not at all. "unproven": until another tenant
 * proves the name. "lapsed": unproven for so long that it needs no other's proof. "leaving": it is given up by the
 * operation that runs. "kept": always.
 */
export type ClaimStanding = 'free' | 'unproven' | 'lapsed' | 'leaving' | 'kept';

interface ClaimingSite {
  site: Site;
  state: SiteState;
  live?: Site;
  former?: readonly string[];
  operation?: { name: OperationName };
  last?: { name: OperationName };
  proven?: Proofs;
  left?: readonly Pick<Left, 'type'>[];
  updatedAt: string;
}

/** How a site's claim of a name stands now. */
export function claimStanding(claiming: ClaimingSite, name: string, now: Date): ClaimStanding {
  const { site, live, former = [], operation, proven = {}, updatedAt } = claiming;
  if (!isDeclared(claiming)) return name === site.domain && leavesZone(claiming) ? 'unproven' : 'free';
  const declared = namesIn(site).includes(name);
  if (!declared && !former.includes(name)) return 'free';
  if ((isLive(claiming) && declared) || (live && namesIn(live).includes(name))) return 'kept';
  if (isProvenBy(proven, name, now)) return 'kept';
  const desired = desiredDocument(claiming);
  if (operation && !(desired && declared)) return 'leaving';
  return now.getTime() - Date.parse(updatedAt) > UNPROVEN_DAYS * DAY_MS ? 'lapsed' : 'unproven';
}

/** Whether an undo left a hosted zone: the name may still be delegated to it (failures S1). */
export function leavesZone({ left = [] }: Pick<ClaimingSite, 'left'>): boolean {
  return left.some(({ type }) => type === 'hosted zone');
}

const namesIn = (site: Site): string[] => namesOf(site).map(({ name }) => name);
