import type { Resolver } from '../../../aws/dns/resolver.ts';
import { readEnvironment } from '../../../aws/environment.ts';
import { challenges, isChallengeOf } from '../../../domain/entries/challenge.ts';
import { isProvenBy } from '../../../domain/entries/proof.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { roleOf } from '../../../domain/sites/dns.ts';
import { isDeclared } from '../../../domain/sites/life/states.ts';
import { namesOf } from '../../../domain/sites/names-of.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { claimantOf } from '../../../resources/manual-record/manual-records.ts';
import { answeredChallenges } from '../../../resources/ownership/answered-challenges.ts';

/**
 * The names of a site whose hosted zones may be read. In another account they are read once the name is proven: by the site
 * as it stands, or by a challenge that is answered now. None while the domain is not.
 */
export async function readableNames(
  site: Site,
  { record, newResolver, now }: { record: SiteRecord | undefined; newResolver: () => Resolver; now: Date },
): Promise<string[]> {
  const names = namesOf(site).map(({ name }) => name);
  if (!roleOf(site)) return names;
  const proofs = proofsOf(record, site);
  const open = names.filter((name) => !isProvenBy(proofs, name, now));
  const asked = challenges(site, claimantOf(readEnvironment(), site)).filter((challenge) =>
    open.some((name) => isChallengeOf(challenge, name)),
  );
  const answered = asked.length > 0 ? await answeredChallenges(newResolver(), asked) : [];
  const readable = names.filter(
    (name) => !open.includes(name) || answered.some((challenge) => isChallengeOf(challenge, name)),
  );
  return readable.includes(site.domain) ? readable : [];
}

function proofsOf(record: SiteRecord | undefined, { tenant }: Site) {
  if (!record || !isDeclared(record.item) || record.item.site.tenant !== tenant) return {};
  return record.item.proven ?? {};
}
