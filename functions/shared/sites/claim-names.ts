import { claimName, dropName, readName, releaseName } from '../../../aws/ledger/claim-name.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { markBelow, readBelow, unmarkBelow } from '../../../aws/ledger/names-below.ts';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { Failure } from '../../../domain/errors.ts';
import type { NameItem } from '../../../domain/ledger/name-item.ts';
import { claimableAbove } from '../../../domain/names/names-above.ts';
import { pointer } from '../../../domain/problems/pointer.ts';
import type { FieldError } from '../../../domain/problems/problem.ts';
import { type ClaimStanding, claimStanding } from '../../../domain/sites/claim-standing.ts';
import { type Holder, kindOf, whyNotClaimed } from '../../../domain/sites/name-holder.ts';
import { namesOf } from '../../../domain/sites/names-of.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { Refusal } from '../api/api.ts';

/** A claim older than this, of a site that does not declare the name, was left behind by a request that died. */
const LEFT_BEHIND_MS = 60_000;

/** How often a claim is tried again because another request has changed the name meanwhile. */
const MOST_TRIES = 5;

/** A name of a site that another one's claim keeps it from. */
export interface Conflict {
  /** Where the site declares the name. */
  path: (string | number)[];
  wanted: Pick<NameItem, 'name' | 'tenant'>;
  holder: NameItem & Pick<Holder, 'proof'>;
}

/**
 * Claims every name of a site, then marks it under every name above it: of two tenants that claim a name and one below it
 * at once, one is refused, whichever comes when. Gives what undoes it: the names that were free before are given back; or
 * every name that can't be claimed, and then none is claimed.
 */
export async function tryClaim(
  ledger: Ledger,
  site: Site,
  { request, now }: { request: string; now: Date },
): Promise<{ giveBack: () => Promise<void>; conflicts?: never } | { giveBack?: never; conflicts: Conflict[] }> {
  const { domain, tenant } = site;
  const names = namesOf(site).map(({ name, path }) => ({
    path,
    claim: { name, domain, ...(tenant !== undefined && { tenant }), request, claimedAt: now.toISOString() },
  }));
  const mine: NameItem[] = [];
  const giveBack = async () => {
    for (const claim of mine) await release(ledger, claim);
  };
  const claims = await Promise.all(
    names.map(async ({ claim, path }) => {
      const { anew = false, taken } = await claimOne(ledger, claim, now);
      if (anew) mine.push(claim);
      return taken && { path, wanted: claim, holder: taken };
    }),
  );
  const refused = claims.some(Boolean)
    ? claims
    : await Promise.all(
        names.map(async ({ claim, path }) => {
          const taken = await markAbove(ledger, claim, now);
          return taken && { path, wanted: claim, holder: taken };
        }),
      );
  const conflicts = refused.filter((each) => each !== undefined);
  if (conflicts.length === 0) return { giveBack };
  await giveBack();
  return { conflicts };
}

/** The refusal of a site, with every name that it can't claim. */
export function namesRefused(conflicts: readonly Conflict[]): Refusal {
  const errors: FieldError[] = conflicts.map(({ path, wanted, holder }) => ({
    pointer: pointer(path),
    detail: whyNotClaimed(wanted, holder),
  }));
  const [first] = conflicts;
  if (!first) throw new Error('Cannot refuse names without a conflict');
  return new Refusal(kindOf(first.wanted, first.holder), errors[0]?.detail ?? '', { errors });
}

/** Claims a name, also from a site that never came to be or no longer declares it. */
async function claimOne(ledger: Ledger, claim: NameItem, now: Date): Promise<{ anew?: boolean; taken?: NameItem }> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const seen = await readName(ledger, claim.name);
    const { claim: standing } = seen;
    if (standing && !isSameOwner(standing, claim)) {
      if (await isHeld(ledger, standing, now)) return { taken: standing };
      await releaseName(ledger, standing);
      continue;
    }
    const below = await foreignBelow(ledger, claim, now);
    if (below) return { taken: below };
    const claimed = await claimName(ledger, claim, seen);
    if (claimed) return claimed;
  }
  throw new Failure('Throttled', `Cannot claim "${claim.name}": others are claiming it or names below it`);
}

/** Marks a claimed name under every name above it, unless another tenant has one of those. */
async function markAbove(ledger: Ledger, claim: NameItem, now: Date): Promise<NameItem | undefined> {
  const found = await Promise.all(
    claimableAbove(claim.name).map(async (above) => {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        if (await markBelow(ledger, above, claim)) return undefined;
        const { claim: standing } = await readName(ledger, above);
        if (!standing || standing.tenant === claim.tenant) continue;
        if (await isHeld(ledger, standing, now)) return standing;
        await releaseName(ledger, standing);
      }
      throw new Failure('Throttled', `Cannot claim "${claim.name}": others are claiming "${above}"`);
    }),
  );
  return found.find((each) => each !== undefined);
}

/** A name below that another tenant has. */
export async function foreignBelow(
  ledger: Ledger,
  { name, tenant }: Pick<NameItem, 'name' | 'tenant'>,
  now: Date,
): Promise<NameItem | undefined> {
  for (const mark of await readBelow(ledger, name)) {
    if (mark.tenant !== tenant && (await isHeld(ledger, mark, now))) return mark;
  }
  return undefined;
}

/** Gives back what one request has claimed anew. */
async function release(ledger: Ledger, claim: NameItem): Promise<void> {
  for (const above of claimableAbove(claim.name)) await unmarkBelow(ledger, above, claim);
  await releaseName(ledger, claim);
}

/** Gives up a name of a site, whichever request claimed it. */
export async function giveUpName(ledger: Ledger, { name, domain }: Pick<NameItem, 'name' | 'domain'>): Promise<void> {
  for (const above of claimableAbove(name)) await unmarkBelow(ledger, above, { name, domain });
  await dropName(ledger, { name, domain });
}

/** How a claim counts by what its site is; "kept" while its request may still be about to write the site. */
export async function standingOf(
  ledger: Ledger,
  { name, domain, tenant, claimedAt }: NameItem,
  now: Date,
): Promise<ClaimStanding> {
  const owner = await readSiteItem(ledger, domain);
  const standing = owner && owner.site.tenant === tenant ? claimStanding(owner, name, now) : 'free';
  return standing === 'free' && now.getTime() - Date.parse(claimedAt) < LEFT_BEHIND_MS ? 'kept' : standing;
}

/** Whether a claim still counts, proven or not: its site declares the name, or is about to. */
export async function isHeld(ledger: Ledger, claim: NameItem, now: Date): Promise<boolean> {
  return (await standingOf(ledger, claim, now)) !== 'free';
}

function isSameOwner(one: NameItem, other: NameItem): boolean {
  return one.domain === other.domain && one.tenant === other.tenant;
}
