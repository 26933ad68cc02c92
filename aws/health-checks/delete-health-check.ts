import { DeleteHealthCheckCommand, type Route53Client } from '@aws-sdk/client-route-53';
import { isCode } from '../error-code.ts';

/** Deletes a health check, if it is still there. Route 53 does so although records use it (failures R22). */
export async function deleteHealthCheck(route53: Route53Client, id: string): Promise<void> {
  try {
    await route53.send(new DeleteHealthCheckCommand({ HealthCheckId: id }));
  } catch (error) {
    if (!isCode(error, 'NoSuchHealthCheck')) throw error;
  }
}
