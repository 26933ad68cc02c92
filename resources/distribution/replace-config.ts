import { CloudFrontClient, type DistributionConfig } from '@aws-sdk/client-cloudfront';
import { client } from '../../aws/clients.ts';
import { type Distribution, readDistribution } from '../../aws/distributions/read-distribution.ts';
import { updateDistribution } from '../../aws/distributions/update-distribution.ts';
import { Failure } from '../../domain/errors.ts';
import { differences } from './differences.ts';

/** How often a change is merged anew because the distribution was changed since it was read (failures C2). */
const MOST_MERGES = 5;

/**
 * Changes the configuration of a distribution: all that was read is sent back with it, and read and merged again where it was
 * changed meanwhile (failures C3). Nothing is sent where nothing of ours would differ.
 *
 * @throws {Failure} "NotReady" while others change it, or reads show what was before
 */
export async function replaceConfig<Known extends Distribution>(
  known: Known,
  merge: (config: DistributionConfig) => DistributionConfig,
): Promise<Known> {
  const cloudFront = client(CloudFrontClient);
  let current: Known = known;
  for (let merges = 0; merges < MOST_MERGES; merges += 1) {
    const { id, etag } = current;
    const config = merge(current.config);
    if (!differences(current.config, config)) return current;
    const updated = await updateDistribution(cloudFront, { id, etag, config });
    if (updated) return { ...current, ...updated };
    const found = await readDistribution(cloudFront, id);
    if (!found) throw new Failure('NotReady', `Waiting until GetDistribution returns the distribution ${id}`);
    current = { ...current, ...found };
  }
  throw new Failure(
    'NotReady',
    `Waiting: the distribution ${known.id} was changed each time that it was read: it is read again`,
  );
}

/** The same for what is no setting of the document: whether it serves at all. */
export function disableDistribution<Known extends Distribution>(known: Known): Promise<Known> {
  return replaceConfig(known, (config) => (config.Enabled ? { ...config, Enabled: false } : config));
}
