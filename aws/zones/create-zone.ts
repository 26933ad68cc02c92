import { CreateHostedZoneCommand, type Route53Client } from '@aws-sdk/client-route-53';
import { isCode } from '../error-code.ts';
import { listed } from './list-zones.ts';
import { type HostedZone, nameServersOf } from './read-zone.ts';

/** Makes a public hosted zone; undefined when one was made with this reference before (failures R14). */
export async function createZone(
  route53: Route53Client,
  { name, callerReference, comment }: { name: string; callerReference: string; comment: string },
): Promise<HostedZone | undefined> {
  try {
    const { HostedZone, DelegationSet } = await route53.send(
      new CreateHostedZoneCommand({
        Name: name,
        CallerReference: callerReference,
        HostedZoneConfig: { Comment: comment, PrivateZone: false },
      }),
    );
    if (!HostedZone) throw new Error(`Cannot create the hosted zone "${name}": the answer is empty`);
    return { ...listed(HostedZone), nameServers: nameServersOf(DelegationSet?.NameServers), callerReference };
  } catch (error) {
    if (isCode(error, 'HostedZoneAlreadyExists')) return undefined;
    throw error;
  }
}
