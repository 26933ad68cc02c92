import type { DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResult } from '@aws-sdk/client-ec2';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { type Field, filtered } from '../filters.ts';
import type { Zone } from '../zones.ts';

/** Describes the zones of the region. */
export function describeAvailabilityZones(
  ec2: Ec2,
): Operation<DescribeAvailabilityZonesRequest, DescribeAvailabilityZonesResult> {
  return {
    run({ ZoneNames, ZoneIds, Filters }, call) {
      const { name: region, zones } = ec2.region(call.region);
      const fields: Record<string, Field<Zone>> = {
        'zone-name': ({ name }) => name,
        'zone-id': ({ id }) => id,
        'region-name': () => region,
        'group-name': () => `${region}-zg-1`,
        'opt-in-status': () => 'opt-in-not-required',
        state: () => 'available',
        'zone-type': () => 'availability-zone',
      };
      const named = [
        ...(ZoneNames ?? []).map((wanted) => pick(zones, wanted, 'name')),
        ...(ZoneIds ?? []).map((wanted) => pick(zones, wanted, 'id')),
      ];
      const found = filtered(named.length > 0 ? named : zones, Filters, { fields });
      return {
        AvailabilityZones: found.map(({ name, id }) => ({
          ZoneName: name,
          ZoneId: id,
          RegionName: region,
          GroupName: `${region}-zg-1`,
          NetworkBorderGroup: region,
          ZoneType: 'availability-zone',
          OptInStatus: 'opt-in-not-required',
          State: 'available',
          Messages: [],
        })),
      };
    },
  };
}

function pick(zones: Zone[], wanted: string, by: 'name' | 'id'): Zone {
  const zone = zones.find((it) => it[by] === wanted);
  if (!zone) throw new AwsError('InvalidParameterValue', `Invalid availability zone: [${wanted}]`);
  return zone;
}
