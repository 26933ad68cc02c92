import type {
  DeleteBucketRequest,
  GetBucketLocationOutput,
  GetBucketLocationRequest,
  HeadBucketOutput,
  HeadBucketRequest,
  ListBucketsOutput,
  ListBucketsRequest,
} from '@aws-sdk/client-s3';
import { AwsError, type Operation } from '../../wire/service.ts';
import { onBucket } from './access.ts';
import { bucketArn } from './bucket.ts';
import type { BucketStore } from './store.ts';

type Empty = Record<string, never>;

export const headBucket = (store: BucketStore): Operation<HeadBucketRequest, HeadBucketOutput> => ({
  ...onBucket,
  action: 's3:ListBucket',
  run({ Bucket }, call) {
    const { region, name } = store.get(Bucket, call);
    return { BucketRegion: region, BucketArn: bucketArn(name), AccessPointAlias: false };
  },
});

/** An empty answer is us-east-1. */
export const getBucketLocation = (
  store: BucketStore,
): Operation<GetBucketLocationRequest, GetBucketLocationOutput> => ({
  ...onBucket,
  run({ Bucket }, call) {
    const { region } = store.get(Bucket, call);
    return { LocationConstraint: (region === 'us-east-1' ? '' : region) as 'eu-west-1' };
  },
});

export const listBuckets = (store: BucketStore): Operation<ListBucketsRequest, ListBucketsOutput> => ({
  action: 's3:ListAllMyBuckets',
  run({ Prefix = '', BucketRegion, MaxBuckets, ContinuationToken }, { account }) {
    const all = [...store.buckets.values()]
      .filter((bucket) => bucket.account === account && bucket.name.startsWith(Prefix))
      .filter(({ region }) => BucketRegion === undefined || region === BucketRegion)
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    const rest = all.filter(({ name }) => ContinuationToken === undefined || name > fromToken(ContinuationToken));
    const page = rest.slice(0, MaxBuckets ?? rest.length);
    return {
      Buckets: page.map(({ name, createdAt, region }) => ({
        Name: name,
        CreationDate: createdAt,
        BucketRegion: region,
        BucketArn: bucketArn(name),
      })),
      Owner: { ID: ownerId(account) },
      ...(page.length < rest.length && { ContinuationToken: Buffer.from(page.at(-1)?.name ?? '').toString('base64') }),
      ...(Prefix !== '' && { Prefix }),
    };
  },
});

const fromToken = (token: string): string => Buffer.from(token, 'base64').toString();

/** The canonical user of an account: 64 hexadecimal digits. */
export const ownerId = (account: string): string => account.padStart(64, '0');

export const deleteBucket = (store: BucketStore): Operation<DeleteBucketRequest, Empty> => ({
  ...onBucket,
  run({ Bucket }, call) {
    const { name, objects } = store.get(Bucket, call);
    if (objects.size > 0) {
      throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty', {
        status: 409,
        BucketName: name,
      });
    }
    store.buckets.delete(name);
    return {};
  },
});
