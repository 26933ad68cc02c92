import { Route53Client } from '@aws-sdk/client-route-53';
import { client } from '../../../aws/clients.ts';
import { readHealthCheck } from '../../../aws/health-checks/read-health-check.ts';
import { healthCheckOf } from '../../../domain/failover/health-check.ts';
import { outputIfDone } from '../../../domain/ledger/outputs.ts';
import type { SiteRecord } from '../../../domain/ledger/site-record.ts';
import { configOf, differences } from '../../../resources/health-check/config.ts';

/**
 * What is wrong with the health check of a site, as another tool has left it: Route 53 takes a disabled one for healthy, and says of
 * a missing one that its status cannot be predicted (failures R22, R25). Undefined where none decides between the site and its page.
 */
export async function lookAtHealthCheck(record: SiteRecord): Promise<string[] | undefined> {
  const settings = healthCheckOf(record.item.site);
  if (!settings) return undefined;
  const id = outputIfDone(record, 'CreateHealthCheck')?.healthCheckId;
  const found = id === undefined ? undefined : await readHealthCheck(client(Route53Client), id);
  if (!found)
    return [
      `The health check ${id ?? ''} is missing: whether Route 53 answers with the site or its page cannot be relied on without one`,
    ];
  const { words } = differences(found.config, configOf(settings));
  if (words.length === 0) return [];
  return [`The health check ${id} was changed: it has to ${words.join(' and ')}`];
}
