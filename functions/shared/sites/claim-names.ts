import { claimName, dropName, readName, releaseName } from '../../../aws/ledger/claim-name.ts';
import type { NameItem, SiteItem } from '../../../aws/ledger/items.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { markBelow, readBelow, unmarkBelow } from '../../../aws/ledger/names-below.ts';
import { readSiteItem } from '../../../aws/ledger/read-site.ts';
import { Failure } from '../../../domain/errors.ts';
import { claimableAbove } from '../../../domain/names/names-above.ts';
import { pointer } from '../../../domain/problems/pointer.ts';
import type { FieldError } from '../../../domain/problems/problem.ts';
import { kindOf, whyNotClaimed } from '../../../domain/sites/name-in-the-way.ts';
import { namesOf } from '../../../domain/sites/names-of.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { Refusal } from '../api/api.ts';

/** A claim older than this, of a site that does not declare the name, was left behind by a request that died. */
const LEFT_BEHIND_MS = 60_000;

/** Every name that is a site's: those declared, and those of earlier documents whose things may still stand. */
export function ownNames({ site, former = [] }: Pick<SiteItem, 'site' | 'former'>): string[] {
  return [...namesOf(site).map(({ name }) => name), ...former];
}

/** How often a claim is tried again because somebody else has changed the name meanwhile. */
const MOST_TRIES = 5;

interface Wrong {
  kind: 'name-taken' | 'name-overlaps';
  error: FieldError;
}

/**
 * Claims every name of a site, then marks it under every name above it: of two tenants that claim a name and one below it
 * at once, one is refused, whichever comes when. Gives what undoes it: the names that nobody had before are given back.
 *
 * @throws {Refusal} "name-taken" or "name-overlaps" with every name that can't be claimed, and then none is claimed
 */
export async function claimNames(
  ledger: Ledger,
  site: Site,
  { request, now }: { request: string; now: Date },
): Promise<() => Promise<void>> {
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
      const { anew = false, inTheWay } = await claimOne(ledger, claim, now);
      if (anew) mine.push(claim);
      return inTheWay && wrong(claim, { path, inTheWay });
    }),
  );
  const refused = claims.some(Boolean)
    ? claims
    : await Promise.all(
        names.map(async ({ claim, path }) => {
          const inTheWay = await markAbove(ledger, claim, now);
          return inTheWay && wrong(claim, { path, inTheWay });
        }),
      );
  const found = refused.filter((each) => each !== undefined);
  const [first] = found;
  if (!first) return giveBack;
  await giveBack();
  throw new Refusal(first.kind, first.error.detail, { errors: found.map(({ error }) => error) });
}

/** Claims a name, also from a site that never came to be or no longer declares it. */
async function claimOne(ledger: Ledger, claim: NameItem, now: Date): Promise<{ anew?: boolean; inTheWay?: NameItem }> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const seen = await readName(ledger, claim.name);
    const { claim: standing } = seen;
    if (standing && !isSameOwner(standing, claim)) {
      if (await isHeld(ledger, standing, now)) return { inTheWay: standing };
      await releaseName(ledger, standing);
      continue;
    }
    const below = await foreignBelow(ledger, claim, now);
    if (below) return { inTheWay: below };
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

/** Whether a claim still counts: its site declares the name, or is about to. */
export async function isHeld(
  ledger: Ledger,
  { name: claimed, domain, tenant, claimedAt }: NameItem,
  now: Date,
): Promise<boolean> {
  if (now.getTime() - Date.parse(claimedAt) < LEFT_BEHIND_MS) return true;
  const owner = await readSiteItem(ledger, domain);
  if (!owner || owner.state === 'undone' || owner.site.tenant !== tenant) return false;
  return ownNames(owner).includes(claimed);
}

function isSameOwner(one: NameItem, other: NameItem): boolean {
  return one.domain === other.domain && one.tenant === other.tenant;
}

function wrong(claim: NameItem, { path, inTheWay }: { path: (string | number)[]; inTheWay: NameItem }): Wrong {
  const error = { pointer: pointer(path), detail: whyNotClaimed(claim, inTheWay) };
  return { kind: kindOf(claim, inTheWay), error };
}
