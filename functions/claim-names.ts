import { claimName, releaseName } from '../aws/ledger/claim-name.ts';
import type { NameItem } from '../aws/ledger/items.ts';
import type { Ledger } from '../aws/ledger/ledger.ts';
import { readSiteItem } from '../aws/ledger/read-site.ts';
import { pointer } from '../domain/problems/pointer.ts';
import type { FieldError } from '../domain/problems/problem.ts';
import { namesOf } from '../domain/sites/names-of.ts';
import type { Site } from '../domain/sites/site.ts';
import { Refusal } from './api.ts';

/** A claim older than this, of a site that does not declare the name, was left behind by a request that died. */
const LEFT_BEHIND_MS = 60_000;

/**
 * Claims every name of a site. Gives what undoes it: the names that nobody had before are given back.
 *
 * @throws {Refusal} "name-taken" with every name that belongs to another site, and then none is claimed
 */
export async function claimNames(
  ledger: Ledger,
  site: Site,
  { request, now }: { request: string; now: Date },
): Promise<() => Promise<void>> {
  const mine: NameItem[] = [];
  const giveBack = async () => {
    for (const claim of mine) await releaseName(ledger, claim);
  };
  const taken: FieldError[] = [];
  for (const { name, path } of namesOf(site)) {
    const claim: NameItem = { name, domain: site.domain, request, claimedAt: now.toISOString() };
    const { owner, anew } = await claimFor(ledger, claim, now);
    if (anew) mine.push(claim);
    if (owner === site.domain) continue;
    const detail = `Cannot claim "${name}": it belongs to the site "${owner}"; leave it out here or there`;
    taken.push({ pointer: pointer(path), detail });
  }
  const [first] = taken;
  if (!first) return giveBack;
  await giveBack();
  throw new Refusal('name-taken', first.detail, { errors: taken });
}

/** Claims a name, also from a site that never came to be or no longer declares it. */
async function claimFor(ledger: Ledger, claim: NameItem, now: Date): Promise<{ owner: string; anew: boolean }> {
  const { standing, anew } = await claimName(ledger, claim);
  if (!standing) return { owner: claim.domain, anew };
  if (await isHeld(ledger, standing, now)) return { owner: standing.domain, anew: false };
  await releaseName(ledger, standing);
  const again = await claimName(ledger, claim);
  return { owner: again.standing?.domain ?? claim.domain, anew: again.anew };
}

/** Whether a claim still counts: its site declares the name, or is about to. */
export async function isHeld(
  ledger: Ledger,
  { name: claimed, domain, claimedAt }: NameItem,
  now: Date,
): Promise<boolean> {
  const owner = await readSiteItem(ledger, domain);
  const declared = owner !== undefined && namesOf(owner.site).some(({ name }) => name === claimed);
  return declared || now.getTime() - Date.parse(claimedAt) < LEFT_BEHIND_MS;
}
