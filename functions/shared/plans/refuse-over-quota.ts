import type { Environment } from '../../../aws/environment.ts';
import type { Change } from '../../../domain/changes/change.ts';
import { exceeded, quotas, type Usage, whyExceeded } from '../../../domain/preflight/quotas.ts';
import { servedNames } from '../../../domain/sites/served-names.ts';
import type { SeenZone } from '../../../domain/zones/seen-zone.ts';
import { Refusal } from '../api/api.ts';
import { askLimits } from './ask-limits.ts';
import type { Survey } from './check-world.ts';

/**
 * Lets no operation begin that AWS itself says the account has no room for. What AWS only allows by default may have been
 * granted: that is seen when it is made.
 *
 * @throws {Refusal} "quota-reached" with every quota that would be exceeded
 */
export async function refuseOverQuota(
  survey: Survey,
  {
    changes,
    zones,
    usage,
    environment,
  }: { changes: readonly Change[]; zones: readonly SeenZone[]; usage: Usage; environment: Environment },
): Promise<void> {
  const { site } = survey;
  const limits = await askLimits(survey, { changes, zones, environment });
  const touched = quotas(changes, { usage, limits, zones, certificateNames: servedNames(site).length });
  const errors = exceeded(touched)
    .filter(({ granted }) => granted)
    .map((quota) => ({ pointer: '#', detail: whyExceeded(quota) }));
  if (errors.length === 0) return;
  const detail = `Cannot begin with "${site.domain}": the account has no room for what it needs; nothing was made`;
  throw new Refusal('quota-reached', detail, { errors });
}
