import type { ListHostedZonesResponse } from '@aws-sdk/client-route-53';
import { aZone } from '../../support/a-zone.ts';
import type { Place, Surroundings } from './surroundings.ts';

/** Until all name servers of Route 53 have it. */
const SPREAD_MS = 60_000;

/** The account has the zone above the site's. */
export const ZONE_ABOVE: Surroundings = {
  async begin(place) {
    await zoneAbove(place);
    return async () => undefined;
  },
};

/** And another delegates the name in it to a name server that answers nothing. */
export const DELEGATION_OF_THEIRS: Surroundings = {
  declares: () => ({ adopt: true }),

  async begin(place) {
    const zone = await zoneAbove(place);
    await change(place, { zone, action: 'CREATE' });
    return () => change(place, { zone, action: 'DELETE' });
  },
};

/** The id of the hosted zone above the domain, which is made where it is not there. */
async function zoneAbove({ ground: { nameplate }, domain }: Place): Promise<string> {
  const name = domain.slice(domain.indexOf('.') + 1);
  const { HostedZones = [] } = await nameplate.ask<ListHostedZonesResponse>('route53', 'ListHostedZones');
  const standing = HostedZones.find(({ Name }) => Name === `${name}.`)?.Id;
  const id = standing ?? (await aZone(nameplate, name));
  await nameplate.aws.clock.advance(SPREAD_MS);
  return id;
}

async function change(
  { ground: { nameplate }, domain }: Place,
  { zone, action: Action }: { zone: string; action: 'CREATE' | 'DELETE' },
): Promise<void> {
  const { ask, aws } = nameplate;
  const ResourceRecordSet = { Name: domain, Type: 'NS', TTL: 60, ResourceRecords: [{ Value: 'ns1.theirs.test.' }] };
  await ask('route53', 'ChangeResourceRecordSets', {
    HostedZoneId: zone,
    ChangeBatch: { Changes: [{ Action, ResourceRecordSet }] },
  });
  await aws.clock.advance(SPREAD_MS);
}
