import type { DescribeVolumesRequest, DescribeVolumesResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../wire/service.ts';
import type { Ec2 } from '../ec2.ts';
import { type Field, filtered } from '../filters.ts';
import { find } from '../ids.ts';
import { page } from '../paging.ts';
import { shownVolume, type Volume } from './volume.ts';

/** Describes the volumes of the region. */
export function describeVolumes(ec2: Ec2): Operation<DescribeVolumesRequest, DescribeVolumesResult> {
  const fields: Record<string, Field<Volume>> = {
    'attachment.instance-id': ({ attached, instanceId }) => (attached ? instanceId : undefined),
    encrypted: ({ encrypted }) => encrypted,
    status: ({ attached }) => (attached ? 'in-use' : 'available'),
    'volume-id': ({ volumeId }) => volumeId,
    'volume-type': ({ type }) => type,
  };
  return {
    run({ VolumeIds, Filters, MaxResults, NextToken }, call) {
      const region = ec2.region(call.region);
      const all = VolumeIds?.length
        ? VolumeIds.map((id) => find(region.volumes, 'volume', id))
        : region.volumes.values();
      const found = filtered(all, Filters, { fields, tags: ({ volumeId }) => region.tags.of(volumeId) });
      const { items, ...next } = page(found, { MaxResults, NextToken, ids: VolumeIds, idsName: 'volumesSet' });
      return { Volumes: items.map((volume) => shownVolume(region, volume)), ...next };
    },
  };
}
