import { type HostedZone, ListHostedZonesCommand, type Route53Client } from '@aws-sdk/client-route-53';

/** The hosted zone of a listing: the id bare, the name without its trailing dot. */
export interface ListedZone {
  id: string;
  name: string;
}

/**
 * Every public hosted zone of the account, all pages. A page that fails throws: half a list would make a zone look
 * absent.
 */
export async function listPublicZones(route53: Route53Client): Promise<ListedZone[]> {
  const zones: ListedZone[] = [];
  let marker: string | undefined;
  do {
    const page = await route53.send(
      new ListHostedZonesCommand({ ...(marker === undefined ? {} : { Marker: marker }) }),
    );
    for (const zone of page.HostedZones ?? []) if (!zone.Config?.PrivateZone) zones.push(listed(zone));
    marker = page.IsTruncated ? page.NextMarker : undefined;
    if (page.IsTruncated && marker === undefined) throw new Error('Cannot list the hosted zones: a page has no marker');
  } while (marker !== undefined);
  return zones;
}

/** The id without "/hostedzone/", the name lower case without its trailing dot. */
export function listed(zone: HostedZone): ListedZone {
  return {
    id: (zone.Id ?? '').replace(/^\/hostedzone\//, ''),
    name: (zone.Name ?? '').replace(/\.$/, '').toLowerCase(),
  };
}
