import { AwsError, type Call } from '../../wire/service.ts';
import type { Bucket, StoredObject } from './bucket.ts';
import { accessDenied, noSuchBucket } from './errors.ts';

/** The buckets of the account. Names are one space for all regions, and for all accounts of AWS. */
export class BucketStore {
  /** By name. */
  readonly buckets = new Map<string, Bucket>();

  /**
   * Throws as S3 does for one that is absent, of another account, or asked for in another region than its own.
   */
  get(name: string | undefined, { region, account }: Pick<Call, 'region' | 'account'>): Bucket {
    const found = this.buckets.get(name ?? '');
    if (!found) throw noSuchBucket(name ?? '');
    if (found.region !== region) throw wrongRegion(region, found.region);
    if (found.account !== account) throw accessDenied();
    return found;
  }

  object(bucket: string, key: string): StoredObject | undefined {
    return this.buckets.get(bucket)?.objects.get(key);
  }
}

const wrongRegion = (given: string, Region: string): AwsError =>
  new AwsError(
    'AuthorizationHeaderMalformed',
    `The authorization header is malformed; the region '${given}' is wrong; expecting '${Region}'`,
    { status: 400, Region },
  );
