import type { CloudFront } from '../cloudfront.ts';
import { newEtag } from '../ids.ts';
import { deploy } from './deployment.ts';
import type { CompleteConfig, Distribution } from './distribution.ts';
import { changeSeenLate } from './seen-by.ts';

interface Replacement {
  distribution: Distribution;
  config: CompleteConfig;
}

/** Gives distributions other configurations and begins to deploy them: an edge location gets all of them at one moment. */
export function replaceConfigs(cloudFront: CloudFront, replacements: readonly Replacement[]): void {
  const now = cloudFront.host.clock.now();
  const swaps = replacements.map(({ distribution, config }) => {
    const before = distribution.config.ViewerCertificate.ACMCertificateArn;
    const { config: formerConfig, etag, lastModifiedAt } = distribution;
    changeSeenLate(cloudFront, distribution, { config: formerConfig, etag, lastModifiedAt });
    Object.assign(distribution, { config, etag: newEtag(cloudFront.draws), lastModifiedAt: now });
    return { distribution, before, after: config.ViewerCertificate.ACMCertificateArn };
  });
  deploy(
    cloudFront,
    replacements.map(({ distribution }) => distribution),
    'update',
  );
  const { certificates } = cloudFront.around;
  for (const { distribution, before, after } of swaps) {
    if (before === after) continue;
    if (after) certificates.use(after, distribution.arn);
    if (before) certificates.release(before, distribution.arn);
    distribution.certificateChangeUntil = distribution.deployedAt;
  }
}
