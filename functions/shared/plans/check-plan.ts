import type { Resolver } from '../../../aws/dns/resolver.ts';
import type { Ledger } from '../../../aws/ledger/ledger.ts';
import { readPlan } from '../../../aws/ledger/plans.ts';
import { differences } from '../../../domain/changes/differences.ts';
import type { PlanItem } from '../../../domain/ledger/plan-item.ts';
import type { PlanReference } from '../../../domain/plans/reference.ts';
import { pointer } from '../../../domain/problems/pointer.ts';
import { type DifferingField, differingFields } from '../../../domain/sites/differing-fields.ts';
import type { Site } from '../../../domain/sites/site.ts';
import { Refusal } from '../api/api.ts';
import type { AccountSurvey } from './account-survey.ts';
import { refuseConflicts } from './refuse-conflicts.ts';
import { refuseFindings } from './refuse-findings.ts';
import { refuseOverQuota } from './refuse-over-quota.ts';

/**
 * The plan that a request refers to.
 *
 * @throws {Refusal} when the plan is gone, is another one, has conflicts, or was made for another document, naming the fields
 */
export async function referredPlan(
  ledger: Ledger,
  reference: PlanReference,
  { declared, now }: { declared: Site; now: Date },
): Promise<PlanItem> {
  const { domain } = declared;
  const cannot = cannotApply(reference, domain);
  const plan = await readPlan(ledger, reference.id, now);
  if (!plan) throw new Refusal('plan-gone', `${cannot}: there is no such plan, or it has expired; plan again`);
  if (plan.domain !== domain || plan.checksum !== reference.checksum) {
    const why = plan.domain === domain ? 'its checksum is another one' : `it is a plan for "${plan.domain}"`;
    throw new Refusal('plan-outdated', `${cannot}: ${why}; plan again`);
  }
  refuseOtherDocument(declared, plan.site, cannot);
  refuseConflicts(plan.changes, 'plan-conflicts', { pointerTo: () => '#/plan', cannot, next: 'plan again' });
  return plan;
}

/**
 * Sees to it that the operation which is about to begin carries out exactly the plan that was seen: the changes that were
 * decided anew, from the account as it is now, are compared.
 *
 * @throws {Refusal} when the plan no longer is what would happen, naming what has changed; or when DNS has to be mended
 *   first, or the account has no room
 */
export async function checkPlan(plan: PlanItem, survey: AccountSurvey, dns: Resolver): Promise<void> {
  const cannot = cannotApply(plan, plan.domain);
  const changed = differences(plan.changes, survey.changes);
  // A document with its aliases or blocks in another order is the same, and its changes come in another order.
  if (changed.length === 0) {
    await refuseFindings(survey, { dns, cannot });
    refuseOverQuota(survey);
    return;
  }
  const errors = changed.map((detail) => ({ pointer: '#/plan', detail }));
  const count = changed.length === 1 ? '1 change differs' : `${changed.length} changes differ`;
  throw new Refusal('plan-outdated', `${cannot}: ${count} from what it says; see "errors", then plan again`, {
    errors,
  });
}

const cannotApply = ({ id }: PlanReference, domain: string): string => `Cannot apply the plan "${id}" to "${domain}"`;

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
