import type { Route53Client } from '@aws-sdk/client-route-53';
import type { HostedZone } from '../../aws/zones/read-zone.ts';
import { readZoneTags } from '../../aws/zones/zone-tags.ts';
import { isAnothersZone, isForeign } from '../../domain/zones/caller-reference.ts';

/** Whether the challenge proves the names in a zone. Its tags are read for a tenant's site alone. */
export async function readIsAnothers(
  route53: Route53Client,
  { id, callerReference }: Pick<HostedZone, 'id' | 'callerReference'>,
  tenant: string | undefined,
): Promise<boolean> {
  const asks = tenant !== undefined && isForeign(callerReference);
  return isAnothersZone(tenant, { callerReference, tags: asks ? await readZoneTags(route53, id) : undefined });
}
