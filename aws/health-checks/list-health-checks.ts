import {
  ListHealthChecksCommand,
  type ListHealthChecksCommandOutput,
  type Route53Client,
} from '@aws-sdk/client-route-53';
import { type HealthCheck, healthCheck } from './health-check.ts';

/** Every health check of the account, all pages. A page that fails throws: half a list would make a check look absent. */
export async function listHealthChecks(route53: Route53Client): Promise<HealthCheck[]> {
  const found: HealthCheck[] = [];
  let marker: string | undefined;
  do {
    const page: ListHealthChecksCommandOutput = await route53.send(
      new ListHealthChecksCommand({ ...(marker !== undefined && { Marker: marker }) }),
    );
    found.push(...(page.HealthChecks ?? []).map(healthCheck));
    marker = page.IsTruncated ? page.NextMarker : undefined;
    if (page.IsTruncated && marker === undefined)
      throw new Error('Cannot list the health checks: a page has no marker');
  } while (marker !== undefined);
  return found;
}
