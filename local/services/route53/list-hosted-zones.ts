import type { ListHostedZonesRequest, ListHostedZonesResponse } from '@aws-sdk/client-route-53';
import type { Operation } from '../../wire/service.ts';
import { AwsError } from '../../wire/service.ts';
import { pageOf } from './page.ts';
import { plainId, type Route53 } from './route53.ts';

/** Source: ListHostedZones in the API reference, checked 2026-11-22. */
const PAGE_SIZE = 100;

export function listHostedZones(route53: Route53): Operation<ListHostedZonesRequest, ListHostedZonesResponse> {
  return {
    run({ Marker: marker, MaxItems: asked = PAGE_SIZE, HostedZoneType: kind, DelegationSetId: delegationSet }) {
      const size = Math.min(asked, PAGE_SIZE);
      const zones = [...route53.zones.values()].filter(
        (zone) => delegationSet === undefined && (kind === undefined || zone.isPrivate),
      );
      const start = marker === undefined ? 0 : zones.findIndex(({ id }) => id === plainId(marker));
      if (start < 0) throw new AwsError('InvalidInput', `The marker ${marker} is not valid`, { status: 400 });
      const { items, next } = pageOf(zones.slice(start), size);
      return {
        HostedZones: items.map((zone) => zone.listed()),
        Marker: marker,
        IsTruncated: next !== undefined,
        ...(next && { NextMarker: next.id }),
        MaxItems: size,
      };
    },
  };
}
