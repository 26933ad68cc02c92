import { type HostedZone, ListHostedZonesCommand, type Route53Client } from '@aws-sdk/client-route-53';

/** The hosted zone of a listing: the id bare, the name without its trailing dot. */
export interface ListedZone {
  id: string;
  name: string;
  /** How many record sets are in it, where AWS tells it. */
  recordCount?: number;
}

/**
 * Every public hosted zone of the account, all pages. A page that fails throws: half a list would make a zone look
 * absent.
 */
export async function listPublicZones(route53: Route53Client): Promise<ListedZone[]> {
  return (await listZones(route53)).public;
}

/** The same, with the number of all zones, private ones included: the account's quota counts them too. */
export async function listZones(route53: Route53Client): Promise<{ public: ListedZone[]; count: number }> {
  const zones: ListedZone[] = [];
  let count = 0;
  let marker: string | undefined;
  do {
    const page = await route53.send(
      new ListHostedZonesCommand({ ...(marker === undefined ? {} : { Marker: marker }) }),
    );
    count += page.HostedZones?.length ?? 0;
    for (const zone of page.HostedZones ?? []) if (!zone.Config?.PrivateZone) zones.push(listed(zone));
    marker = page.IsTruncated ? page.NextMarker : undefined;
    if (page.IsTruncated && marker === undefined) throw new Error('Cannot list the hosted zones: a page has no marker');
  } while (marker !== undefined);
  return { public: zones, count };
}

/** The id without "/hostedzone/", the name lower case without its trailing dot. */
export function listed(zone: HostedZone): ListedZone {
  return {
    id: (zone.Id ?? '').replace(/^\/hostedzone\//, ''),
    name: (zone.Name ?? '').replace(/\.$/, '').toLowerCase(),
    ...(zone.ResourceRecordSetCount !== undefined && { recordCount: zone.ResourceRecordSetCount }),
  };
}
