import type { CloudFront } from './cloudfront.ts';
import type { Distribution } from './distributions/distribution.ts';

/** The zone that an alias to any distribution gives. Source: Route 53 API reference, AliasTarget; checked 2026-11-29. */
export const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';

/** Makes the distribution's name known; it resolves from the creation on. */
export function registerName({ around: { awsNames } }: CloudFront, distribution: Distribution): void {
  awsNames.set(distribution.domainName, {
    zoneId: CLOUDFRONT_ZONE,
    a: () => distribution.addresses.map(({ ipv4 }) => ipv4),
    aaaa: () => (distribution.config.IsIPV6Enabled ? distribution.addresses.map(({ ipv6 }) => ipv6) : []),
    healthy: () => true,
    ipv6ByBareName: true,
  });
}
