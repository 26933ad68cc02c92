import type {
  GetDistributionConfigRequest,
  GetDistributionConfigResult,
  GetDistributionRequest,
  GetDistributionResult,
} from '@aws-sdk/client-cloudfront';
import type { Operation } from '../../../wire/service.ts';
import type { CloudFront } from '../cloudfront.ts';
import { onDistribution } from '../permissions.ts';
import { shownDistribution } from './distribution.ts';
import { findDistribution } from './find.ts';
import { seenBy } from './seen-by.ts';

export function getDistribution(cloudFront: CloudFront): Operation<GetDistributionRequest, GetDistributionResult> {
  return {
    ...onDistribution(cloudFront, ({ Id }) => Id),
    run({ Id }, call) {
      const distribution = seenBy(cloudFront, findDistribution(cloudFront, Id), call);
      return { Distribution: shownDistribution(distribution, cloudFront.host.clock.now()), ETag: distribution.etag };
    },
  };
}

export function getDistributionConfig(
  cloudFront: CloudFront,
): Operation<GetDistributionConfigRequest, GetDistributionConfigResult> {
  return {
    ...onDistribution(cloudFront, ({ Id }) => Id),
    run({ Id }, call) {
      const { config, etag } = seenBy(cloudFront, findDistribution(cloudFront, Id), call);
      return { DistributionConfig: config, ETag: etag };
    },
  };
}
