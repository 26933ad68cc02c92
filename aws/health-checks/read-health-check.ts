import { GetHealthCheckCommand, type Route53Client } from '@aws-sdk/client-route-53';
import { isCode } from '../error-code.ts';
import { type HealthCheck, healthCheck } from './health-check.ts';

/** A health check as it is now; undefined when there is none. */
export async function readHealthCheck(route53: Route53Client, id: string): Promise<HealthCheck | undefined> {
  try {
    const { HealthCheck: found } = await route53.send(new GetHealthCheckCommand({ HealthCheckId: id }));
    if (!found) throw new Error(`Cannot read the health check "${id}": the answer is empty`);
    return healthCheck(found);
  } catch (error) {
    if (isCode(error, 'NoSuchHealthCheck')) return undefined;
    throw error;
  }
}
