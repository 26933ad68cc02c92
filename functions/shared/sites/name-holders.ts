import { readEnvironment } from '../../../aws/environment.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { readNames } from '../../../aws/ledger/read-names.ts';
import { challenges, isChallengeOf } from '../../../domain/entries/challenge.ts';
import { entryInWords } from '../../../domain/entries/entry.ts';
import type { NameItem } from '../../../domain/ledger/name-item.ts';
import { claimableAbove } from '../../../domain/names/names-above.ts';
import type { Holder } from '../../../domain/sites/name-holder.ts';
import { namesOf } from '../../../domain/sites/names-of.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { claimantOf } from '../../../resources/manual-record/manual-records.ts';
import { foreignBelow, isHeld, standingOf } from './claim-names.ts';

/** What would keep the site from claiming its names, as a plan may look: nothing is claimed or written. */
export async function readNameHolders(
  ledger: Ledger,
  { domain, tenant, ...site }: Site,
  now: Date,
): Promise<{ wanted: string; holder: Holder }[]> {
  const names = namesOf({ domain, ...site }).map(({ name }) => name);
  const above = names.flatMap((wanted) => claimableAbove(wanted).map((name) => ({ wanted, name })));
  const seen = await readNames(ledger, [...new Set([...names, ...above.map(({ name }) => name)])]);
  const claims = [...seen.values()].flatMap(({ claim }) => claim ?? []);
  const held: NameItem[] = [];
  for (const claim of claims) {
    const isForeign = claim.tenant !== tenant || (claim.domain !== domain && names.includes(claim.name));
    if (isForeign && (await isHeld(ledger, claim, now))) held.push(claim);
  }
  const below = await Promise.all(
    names
      // A claim below a name is complete once the name above says so.
      .filter((wanted) => seen.get(wanted)?.below !== undefined)
      .map(async (wanted) => ({
        wanted,
        holder: await foreignBelow(ledger, { name: wanted, ...(tenant !== undefined && { tenant }) }, now),
      })),
  );
  const found = [
    ...[...names.map((wanted) => ({ wanted, name: wanted })), ...above].flatMap(({ wanted, name }) => {
      const holder = held.find((claim) => claim.name === name && (name === wanted || claim.tenant !== tenant));
      return holder ? [{ wanted, holder }] : [];
    }),
    ...below.flatMap(({ wanted, holder }) => (holder ? [{ wanted, holder }] : [])),
  ];
  const judged = await Promise.all(
    found.map(async ({ wanted, holder }) => ({ wanted, holder, standing: await standingOf(ledger, holder, now) })),
  );
  const proofs = challenges(
    { domain, ...site },
    claimantOf(readEnvironment(), { domain, ...site, ...(tenant !== undefined && { tenant }) }),
  );
  return judged.flatMap(({ wanted, holder, standing }) => {
    // A declaration has a lapsed claim taken back.
    if (standing === 'lapsed' && holder.tenant !== tenant) return [];
    const proof = standing === 'unproven' && proofs.find((entry) => isChallengeOf(entry, wanted));
    return [{ wanted, holder: { ...holder, ...(proof && { proof: entryInWords(proof) }) } }];
  });
}
