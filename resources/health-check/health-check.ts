import { Route53Client } from '@aws-sdk/client-route-53';
import { readHealthCheckTags } from '../../aws/health-checks/health-check-tags.ts';
import { listHealthChecks } from '../../aws/health-checks/list-health-checks.ts';
import { type HealthCheckSettings, healthCheckOf, isCheckOf } from '../../domain/failover/health-check.ts';
import { madeOf } from '../../domain/ledger/made-of.ts';
import { type StepOutputs, stepOf } from '../../domain/ledger/outputs.ts';
import { isExternal } from '../../domain/sites/dns.ts';
import { route53For } from '../record/traffic-records.ts';
import { zonesAfter } from '../record/zones-after.ts';
import { readZonesOfNames } from '../record/zones-of-names.ts';
import type { Look, Resource, Scope } from '../resource.ts';
import { wasKept } from '../scope.ts';
import { healthCheckChanges, healthCheckHandles, type SeenChecks, TYPE } from './changes.ts';

/**
 * The health check of Route 53 that decides between a site and its page. It asks the origin name, and not one that viewers use: its own
 * answer would decide what it asks.
 */
export const healthCheckResource: Resource<HealthCheckSettings, SeenChecks, StepOutputs['CreateHealthCheck']> = {
  type: TYPE,
  desired: ({ site }) => {
    const settings = site && healthCheckOf(site);
    return settings ? [settings] : [];
  },
  read: readChecks,
  changes: healthCheckChanges,
  handles: healthCheckHandles,
  afterwards: ({ zones, ...seen }, changes) => ({ ...seen, ...(zones && { zones: zonesAfter(zones, changes) }) }),
};

async function readChecks(look: Look, scope: Scope): Promise<SeenChecks> {
  // Route 53 is not asked for a site that never had a health check.
  if (healthCheckResource.desired(scope).length === 0 && !hasHadOne(scope)) return NOTHING;
  const route53 = look.clients(Route53Client);
  const all = await listHealthChecks(route53);
  const own = await Promise.all(
    all
      .filter(
        ({ id, callerReference }) => isCheckOf(scope.owner, callerReference) && !wasKept(scope, { type: TYPE, id }),
      )
      .map(async (each) => ({ ...each, tags: await readHealthCheckTags(route53, each.id) })),
  );
  const { record } = scope;
  const isReleased = look.phase === 'release' && record && own.length > 0 && !isExternal(record.item.site);
  // The check is in this account, and the records that follow it are where the site keeps its records.
  const zones = isReleased ? await readZonesOfNames(route53For(look, scope), record) : undefined;
  const calculated = all.flatMap(({ id, config: { ChildHealthChecks: children = [] } }) =>
    children.length > 0 ? [{ id, children }] : [],
  );
  return { own, count: all.length, calculated, ...(zones && { zones }) };
}

const NOTHING: SeenChecks = { own: [], count: 0, calculated: [] };

function hasHadOne({ record }: Scope): boolean {
  return record !== undefined && (madeOf(record, TYPE).length > 0 || stepOf(record, 'CreateHealthCheck') !== undefined);
}
