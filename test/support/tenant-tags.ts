import type { ListHostedZonesResponse } from '@aws-sdk/client-route-53';
import type { Nameplate } from './nameplate.ts';

/** Tags an instance as a tenant's; the world's own when none is named. */
export async function giveInstance(
  { ask, world }: Nameplate,
  tenant: string,
  instanceId: string = world.instanceId,
): Promise<void> {
  const Tags = [{ Key: 'nameplate:tenant', Value: tenant }];
  await ask('ec2', 'CreateTags', { Resources: [instanceId], Tags });
}

/** Tags a hosted zone of the account as a tenant's. */
export async function giveZone({ ask }: Nameplate, tenant: string, zone: string): Promise<void> {
  const { HostedZones = [] } = await ask<ListHostedZonesResponse>('route53', 'ListHostedZones', {});
  const ResourceId = HostedZones.find(({ Name }) => Name === `${zone}.`)?.Id?.replace('/hostedzone/', '');
  const AddTags = [{ Key: 'nameplate:tenant', Value: tenant }];
  await ask('route53', 'ChangeTagsForResource', { ResourceType: 'hostedzone', ResourceId, AddTags });
}
