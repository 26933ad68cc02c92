import type { ListDistributionsRequest, ListDistributionsResult } from '@aws-sdk/client-cloudfront';
import type { Operation } from '../../../wire/service.ts';
import type { CloudFront } from '../cloudfront.ts';
import { page } from '../page.ts';
import { summaryOf } from './distribution.ts';
import { listedFor } from './listed-late.ts';

export function listDistributions(
  cloudFront: CloudFront,
): Operation<ListDistributionsRequest, ListDistributionsResult> {
  return {
    run({ Marker, MaxItems }, call) {
      const now = cloudFront.host.clock.now();
      const newestFirst = listedFor(cloudFront, call).toReversed();
      const { items, ...rest } = page(newestFirst, { Marker, MaxItems, idOf: ({ id }) => id });
      return {
        DistributionList: {
          Marker: Marker ?? '',
          MaxItems: rest.size,
          IsTruncated: rest.next !== undefined,
          Quantity: items.length,
          ...(rest.next !== undefined && { NextMarker: rest.next }),
          ...(items.length > 0 && { Items: items.map((one) => summaryOf(one, now)) }),
        },
      };
    },
  };
}
