import { DeleteHostedZoneCommand, type Route53Client } from '@aws-sdk/client-route-53';
import { isCode } from '../error-code.ts';

/** Deletes a hosted zone; one that isn't there is deleted already. Route 53 refuses one that holds records. */
export async function deleteZone(route53: Route53Client, id: string): Promise<void> {
  try {
    await route53.send(new DeleteHostedZoneCommand({ Id: id }));
  } catch (error) {
    if (!isCode(error, 'NoSuchHostedZone')) throw error;
  }
}
