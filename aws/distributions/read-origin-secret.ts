import type { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { ORIGIN_HEADER } from '../../domain/distributions/origin-header.ts';
import { readDistribution } from './read-distribution.ts';

/** The secret that a distribution sends to its origins; undefined where it sends none, or is not found yet. */
export async function readOriginSecret(cloudFront: CloudFrontClient, id: string): Promise<string | undefined> {
  const found = await readDistribution(cloudFront, id);
  const headers = (found?.config.Origins?.Items ?? []).flatMap(({ CustomHeaders }) => CustomHeaders?.Items ?? []);
  const own = headers.find(({ HeaderName }) => HeaderName?.toLowerCase() === ORIGIN_HEADER.toLowerCase());
  return own?.HeaderValue || undefined;
}
