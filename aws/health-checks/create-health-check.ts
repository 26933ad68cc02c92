import { CreateHealthCheckCommand, type HealthCheckConfig, type Route53Client } from '@aws-sdk/client-route-53';
import { isCode } from '../error-code.ts';
import { type HealthCheck, healthCheck } from './health-check.ts';

/**
 * Creates a health check, or gives the one that was created with the same reference and settings. Undefined when the reference was
 * used with other settings, or by a check that was deleted (failures R23).
 */
export async function createHealthCheck(
  route53: Route53Client,
  { callerReference, config }: { callerReference: string; config: HealthCheckConfig },
): Promise<HealthCheck | undefined> {
  try {
    const { HealthCheck: created } = await route53.send(
      new CreateHealthCheckCommand({ CallerReference: callerReference, HealthCheckConfig: config }),
    );
    if (!created) throw new Error('Cannot create the health check: the answer is empty');
    return healthCheck(created);
  } catch (error) {
    if (isCode(error, 'HealthCheckAlreadyExists')) return undefined;
    throw error;
  }
}
