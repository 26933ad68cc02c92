import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { Environment } from '../../../aws/environment.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { readPlan } from '../../../aws/ledger/plans.ts';
import { differences } from '../../../domain/changes/differences.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import type { PlanReference } from '../../../domain/plans/reference.ts';
import { pointer } from '../../../domain/problems/pointer.ts';
import { type DifferingField, differingFields } from '../../../domain/sites/differing-fields.ts';
import type { Site } from '../../../domain/sites/site.ts';
import type { Foresee } from '../../../resources/resource.ts';
import { Refusal } from '../api/api.ts';
import type { Survey } from './check-world.ts';
import { type PlannedChanges, planChanges } from './plan-changes.ts';
import { refuseConflicts } from './refuse-conflicts.ts';
import { refuseFindings } from './refuse-findings.ts';
import { refuseOverQuota } from './refuse-over-quota.ts';

interface Applying {
  /** The document, as it came with the plan. */
  declared: Site;
  survey: Survey;
  /** The site as it stands. */
  record: SiteRecord | undefined;
  environment: Environment;
  newResolver: () => Resolver;
  now: Date;
}

/**
 * Sees to it that the operation which is about to begin carries out exactly the plan that was seen: the changes are
 * decided anew from the world as it is now and compared.
 *
 * @returns the changes, what keeps something from being released, and the checksum of what was seen to fall silent
 * @throws {Refusal} when the plan is gone, has conflicts, or no longer is what would happen, naming what has changed; when
 *   it was made for another document, naming the fields; or when DNS has to be mended first, or the account has no room
 */
export async function checkPlan(
  ledger: Ledger,
  reference: PlanReference,
  { declared, survey, record, environment, newResolver, now }: Applying,
): Promise<PlannedChanges & { silences?: string }> {
  const { domain } = survey.site;
  const cannot = `Cannot apply the plan "${reference.id}" to "${domain}"`;
  const plan = await readPlan(ledger, reference.id, now);
  if (!plan) throw new Refusal('plan-gone', `${cannot}: there is no such plan, or it has expired; plan again`);
  if (plan.domain !== domain || plan.checksum !== reference.checksum) {
    const why = plan.domain === domain ? 'its checksum is another one' : `it is a plan for "${plan.domain}"`;
    throw new Refusal('plan-outdated', `${cannot}: ${why}; plan again`);
  }
  refuseOtherDocument(declared, plan.site, cannot);
  refuseConflicts(plan.changes, 'plan-conflicts', { pointerTo: () => '#/plan', cannot, next: 'plan again' });
  // Name servers are asked anew by the step that copies what they answer; what they told the plan is compared.
  const foresee: Foresee = async ({ name }) => plan.undelegated?.find(({ zone }) => zone === name);
  const looking = { record, environment, newResolver, now, foresee };
  const { changes, obstacles, ...seen } = await planChanges(survey, looking);
  const changed = differences(plan.changes, changes);
  // A document with its aliases or blocks in another order is the same, and its changes come in another order.
  if (changed.length === 0) {
    await refuseFindings({ site: survey.site, zones: seen.zones }, { dns: newResolver(), cannot });
    await refuseOverQuota(survey, { changes, ...seen, environment });
    return { changes, obstacles, ...seen, ...(plan.silences !== undefined && { silences: plan.silences }) };
  }
  const errors = changed.map((detail) => ({ pointer: '#/plan', detail }));
  const count = changed.length === 1 ? '1 change differs' : `${changed.length} changes differ`;
  throw new Refusal('plan-outdated', `${cannot}: ${count} from what it says; see "errors", then plan again`, {
    errors,
  });
}

/** Equal changes are not enough: what a document asks for beyond them, such as `onFailure`, was not in the plan that was read. */
function refuseOtherDocument(declared: Site, planned: Site, cannot: string): void {
  const fields = differingFields(declared, planned);
  if (fields.length === 0) return;
  const errors = fields.map((field) => ({ pointer: pointer(field.path), detail: difference(field) }));
  const which = fields.length === 1 ? '1 field differs' : `${fields.length} fields differ`;
  const next = 'plan this document, or send the one that was planned';
  throw new Refusal('plan-for-another-document', `${cannot}: it was made for another document, ${which}; ${next}`, {
    errors,
  });
}

/** A plan shows no external id of a role. */
function difference({ path, before, after }: DifferingField): string {
  const name = `"${path.join('.')}"`;
  if (path.includes('externalId')) return `${name} is not that of the planned document`;
  return `${name} is ${inWords(after)} in this document and ${inWords(before)} in the planned one`;
}

const inWords = (value: unknown): string => (value === undefined ? 'not given' : JSON.stringify(value));
