import type { OriginAccessControlConfig } from '@aws-sdk/client-cloudfront';
import type { CloudFront } from '../cloudfront.ts';

/** How CloudFront signs what it asks of an origin, so that a private bucket lets it in. */
export interface AccessControl {
  id: string;
  etag: string;
  config: OriginAccessControlConfig;
}

/** The ids of the distributions that use it, of the configuration that is deployed or on its way. */
export const usersOf = ({ distributions }: CloudFront, id: string): string[] =>
  [...distributions.values()]
    .filter(({ config }) => config.Origins.Items?.some((origin) => origin.OriginAccessControlId === id))
    .map((distribution) => distribution.id);
