import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import type { CloudFront } from '../cloudfront.ts';
import { invalidArgument } from '../errors.ts';
import { checkAssociations } from '../functions/associations.ts';
import { findPolicy } from '../response-headers/policy.ts';
import { checkAliases } from './aliases.ts';
import { checkBehaviors } from './behaviors.ts';
import { checkErrorResponses } from './error-responses.ts';
import { checkSupported } from './not-here.ts';
import { checkOriginGroups } from './origin-groups.ts';
import { checkOrigins } from './origins.ts';
import { checkQuantities } from './quantities.ts';
import { checkShares } from './shares.ts';
import { checkViewerCertificate } from './viewer-certificate.ts';

/** Throws for a configuration that CloudFront would not take; conflicts with other distributions are looked for apart. */
export function checkConfig(cloudFront: CloudFront, config: DistributionConfig): void {
  const { host, around, accessControls } = cloudFront;
  checkQuantities(config);
  checkSupported(config);
  if (!config.CallerReference) throw invalidArgument('The parameter CallerReference is required.');
  if (config.Comment && config.Comment.length > 128) {
    throw invalidArgument('The parameter Comment is too long: it must have 128 characters or fewer.');
  }
  // Those for tenants have none.
  if (config.PriceClass === 'None') throw invalidArgument('The parameter PriceClass is not valid.');
  checkOrigins(config, (id) => accessControls.has(id));
  checkOriginGroups(config);
  checkBehaviors(config, {
    isHeadersPolicy: (id) => findPolicy(cloudFront, id) !== undefined,
    checkFunctions: (behavior) => checkAssociations(cloudFront, behavior),
  });
  checkShares(cloudFront, config);
  checkErrorResponses(config);
  checkAliases(config);
  checkViewerCertificate(config, {
    find: (arn, region) => around.certificates.find(arn, region),
    authorities: around.authorities,
    now: host.clock.now(),
  });
}
