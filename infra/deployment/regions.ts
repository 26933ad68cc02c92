import { CLOUDFRONT_REGION } from '../../domain/certificates/place.ts';

/** Whether Nameplate in that region has a stack beside it: CloudFront's certificates are in another one. */
export const needsForwarding = (home: string): boolean => home !== CLOUDFRONT_REGION;

/** The regions that stacks are deployed to. */
export const regionsOf = (home: string): string[] => (needsForwarding(home) ? [home, CLOUDFRONT_REGION] : [home]);
