import { mostNames } from '../../../domain/certificates/place.ts';
import { exceeded, quotas, whyExceeded } from '../../../domain/preflight/quotas.ts';
import { Refusal } from '../api/api.ts';
import type { AccountSurvey } from './account-survey.ts';

/**
 * Lets no operation begin that AWS itself says the account has no room for. What AWS only allows by default may have been
 * granted: that is seen when it is made.
 *
 * @throws {Refusal} "quota-reached" with every quota that would be exceeded
 */
export function refuseOverQuota({ site, changes, zones, usage, limits }: AccountSurvey): void {
  const touched = quotas(changes, { usage, limits, zones, certificateNames: mostNames(site) });
  const errors = exceeded(touched)
    .filter(({ granted }) => granted)
    .map((quota) => ({ pointer: '#', detail: whyExceeded(quota) }));
  if (errors.length === 0) return;
  const detail = `Cannot begin with "${site.domain}": the account has no room for what it needs; nothing was made`;
  throw new Refusal('quota-reached', detail, { errors });
}
