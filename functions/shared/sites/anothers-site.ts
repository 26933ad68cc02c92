import { readEnvironment } from '../../../aws/environment.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { challenges } from '../../../domain/entries/challenge.ts';
import { entryInWords } from '../../../domain/entries/entry.ts';
import type { SiteItem } from '../../../domain/ledger/site-item.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { isDeclared } from '../../../domain/sites/life/states.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { claimantOf } from '../../../resources/manual-record/manual-records.ts';
import { type Conflict, namesRefused, standingOf } from './claim-names.ts';

/** The claim of a declared domain by the site of another tenant; undefined where there is none. */
export function domainConflict({ domain, tenant }: Site, standing: SiteItem): Conflict | undefined {
  const { site, createdAt: claimedAt } = standing;
  if (!isDeclared(standing) || site.tenant === tenant) return undefined;
  const holder = { name: domain, domain, ...(site.tenant !== undefined && { tenant: site.tenant }) };
  const wanted = { name: domain, ...(tenant !== undefined && { tenant }) };
  return { path: ['domain'], wanted, holder: { ...holder, request: '', claimedAt } };
}

/**
 * The record of a site as a plan for the declared one may read it: nothing of another tenant's site goes into a plan.
 *
 * @returns undefined when the other tenant's claim has lapsed
 * @throws {Refusal} "name-taken" as a declaration would
 */
export async function plannableRecord(
  ledger: Ledger,
  declared: Site,
  { record, now }: { record: SiteRecord | undefined; now: Date },
): Promise<SiteRecord | undefined> {
  const conflict = record && domainConflict(declared, record.item);
  if (!conflict) return record;
  const standing = await standingOf(ledger, conflict.holder, now);
  if (standing === 'lapsed' || standing === 'free') return undefined;
  const [challenge] = standing === 'unproven' ? challenges(declared, claimantOf(readEnvironment(), declared)) : [];
  const proof = challenge && { proof: entryInWords(challenge) };
  throw namesRefused([{ ...conflict, holder: { ...conflict.holder, ...proof } }]);
}
