import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { Environment } from '../../../aws/environment.ts';
import { recordNameOf } from '../../../domain/changes/record-changes.ts';
import { isProvenBy } from '../../../domain/entries/proof.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { subjectOf } from '../../../domain/records/removal.ts';
import { roleOf } from '../../../domain/sites/dns.ts';
import { namesOf, pointerToName } from '../../../domain/sites/names-of.ts';
import type { Site } from '../../../domain/sites/site.ts';
import type { SeenZone } from '../../../domain/zones/seen-zone.ts';
import type { Survey } from './check-world.ts';
import { type PlannedChanges, planChanges } from './plan-changes.ts';
import { refuseConflicts } from './refuse-conflicts.ts';
import { refuseFindings } from './refuse-findings.ts';
import { refuseOverQuota } from './refuse-over-quota.ts';

interface Beginning {
  survey: Survey;
  /** The site as it stands. */
  record: SiteRecord | undefined;
  environment: Environment;
  newResolver: () => Resolver;
  now: Date;
}

/**
 * Lets an operation that was not planned begin only where its plan could be applied: a person may have to delegate a zone
 * or enter records for days before the workflow would meet what is in the way.
 *
 * @returns the changes, decided from the world as it is now
 * @throws {Refusal} when something foreign is in the way, DNS has to be mended first, or the account has no room
 */
export async function checkUnplanned({ survey, ...looking }: Beginning): Promise<PlannedChanges> {
  const { environment } = looking;
  const seen = await planChanges(survey, looking);
  const cannot = `Cannot begin with "${survey.site.domain}"`;
  refuseConflicts(mayShow(survey.site, { ...looking, zones: seen.zones }) ? seen.changes : [], 'in-the-way', {
    pointerTo: (change) => pointerToName(survey.site, subjectOf(recordNameOf(change))),
    cannot,
    next: 'send the request again',
  });
  await refuseFindings({ site: survey.site, zones: seen.zones }, { dns: looking.newResolver(), cannot });
  await refuseOverQuota(survey, { ...seen, environment });
  return seen;
}

/** What is in a zone of another account or tenant is shown once the names are proven, which the operation asks for first. */
function mayShow(
  site: Site,
  { record, zones, now }: Pick<Beginning, 'record' | 'now'> & { zones: readonly SeenZone[] },
): boolean {
  const isAnothers = roleOf(site) !== undefined || zones.some((zone) => zone.kind === 'existing' && zone.anothers);
  return !isAnothers || namesOf(site).every(({ name }) => isProvenBy(record?.item.proven ?? {}, name, now));
}
