import { type Route53Client, UpdateHealthCheckCommand, type UpdateHealthCheckRequest } from '@aws-sdk/client-route-53';
import { isCode } from '../error-code.ts';
import { type HealthCheck, healthCheck } from './health-check.ts';

/** The settings that can be changed. */
export type ChangedSettings = Omit<UpdateHealthCheckRequest, 'HealthCheckId' | 'HealthCheckVersion'>;

/** Changes a health check as it was read; undefined when another client has changed or deleted it since. */
export async function updateHealthCheck(
  route53: Route53Client,
  { id, version }: Pick<HealthCheck, 'id' | 'version'>,
  settings: ChangedSettings,
): Promise<HealthCheck | undefined> {
  try {
    const { HealthCheck: updated } = await route53.send(
      new UpdateHealthCheckCommand({ HealthCheckId: id, HealthCheckVersion: version, ...settings }),
    );
    if (!updated) throw new Error(`Cannot change the health check "${id}": the answer is empty`);
    return healthCheck(updated);
  } catch (error) {
    if (isCode(error, 'HealthCheckVersionMismatch', 'NoSuchHealthCheck')) return undefined;
    throw error;
  }
}
