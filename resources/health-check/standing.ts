import type { HealthCheck } from '../../aws/health-checks/health-check.ts';
import type { HealthCheckSettings } from '../../domain/failover/health-check.ts';
import type { Made } from '../../domain/ledger/made.ts';
import { type SeenChecks, TYPE } from './changes.ts';

/** The health check that the document uses, and those of the site that are retained. */
export function standingChecks(_: readonly HealthCheckSettings[], { own }: SeenChecks): Made[] {
  return own.map(madeCheck);
}

export function madeCheck({ id, config }: Pick<HealthCheck, 'id' | 'config'>): Made {
  return { type: TYPE, id, ours: true, detail: config.FullyQualifiedDomainName ?? id };
}
