import type { Resolver } from '../../../aws/dns/resolver.ts';
import { recordNameOf } from '../../../domain/changes/record-changes.ts';
import { isProvenBy } from '../../../domain/entries/proof.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { subjectOf } from '../../../domain/records/removal.ts';
import { roleOf } from '../../../domain/sites/dns.ts';
import { namesOf, pointerToName } from '../../../domain/sites/names-of.ts';
import type { AccountSurvey } from './account-survey.ts';
import { refuseConflicts } from './refuse-conflicts.ts';
import { refuseFindings } from './refuse-findings.ts';
import { refuseOverQuota } from './refuse-over-quota.ts';

/**
 * Lets an operation that was not planned begin only where its plan could be applied: a person may have to delegate a zone
 * or enter records for days before the workflow would meet what is in the way.
 *
 * @throws {Refusal} when something foreign is in the way, DNS has to be mended first, or the account has no room
 */
export async function checkUnplanned(
  survey: AccountSurvey,
  { record, dns, now }: { record: SiteRecord | undefined; dns: Resolver; now: Date },
): Promise<void> {
  const { site, changes } = survey;
  const cannot = `Cannot begin with "${site.domain}"`;
  refuseConflicts(mayShow(survey, { record, now }) ? changes : [], 'in-the-way', {
    pointerTo: (change) => pointerToName(site, subjectOf(recordNameOf(change))),
    cannot,
    next: 'send the request again',
  });
  await refuseFindings(survey, { dns, cannot });
  refuseOverQuota(survey);
}

/** What is in a zone of another account or tenant is shown once the names are proven, which the operation asks for first. */
function mayShow(
  { site, zones }: Pick<AccountSurvey, 'site' | 'zones'>,
  { record, now }: { record: SiteRecord | undefined; now: Date },
): boolean {
  const isAnothers = roleOf(site) !== undefined || zones.some((zone) => zone.kind === 'existing' && zone.anothers);
  return !isAnothers || namesOf(site).every(({ name }) => isProvenBy(record?.item.proven ?? {}, name, now));
}
