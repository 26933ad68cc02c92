import type { CreateBucketOutput, CreateBucketRequest } from '@aws-sdk/client-s3';
import type { Host } from '../../host.ts';
import { AwsError, type Call, type Operation } from '../../wire/service.ts';
import { ALL_BLOCKED, type Bucket, bucketArn } from './bucket.ts';
import { checkTags } from './bucket-tags.ts';
import { notHere } from './errors.ts';
import { isBucketName } from './names.ts';
import { BUCKETS } from './quotas.ts';
import type { BucketStore } from './store.ts';

/** The region that clients name by saying nothing. */
const UNNAMED_REGION = 'us-east-1';

export const createBucket = (host: Host, store: BucketStore): Operation<CreateBucketRequest, CreateBucketOutput> => ({
  resources: ({ Bucket = '' }) => [bucketArn(Bucket)],
  run(input, call) {
    const name = input.Bucket ?? '';
    const { LocationConstraint: location, Tags = [] } = input.CreateBucketConfiguration ?? {};
    if (!isBucketName(name)) {
      throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', { status: 400, BucketName: name });
    }
    checkOptions(input);
    checkTags(Tags);
    checkLocation(location, call);
    const found = store.buckets.get(name);
    if (found && found.account !== call.account) throw taken(name);
    if (found) return again(found, call);
    if (store.buckets.size >= BUCKETS) {
      throw new AwsError('TooManyBuckets', 'You have attempted to create more buckets than allowed', { status: 400 });
    }
    store.buckets.set(name, {
      name,
      region: call.region,
      account: call.account,
      createdAt: host.clock.now(),
      objects: new Map(),
      tags: Tags,
      publicAccessBlock: ALL_BLOCKED,
    });
    return {
      Location: call.region === UNNAMED_REGION ? `/${name}` : `http://${name}.s3.amazonaws.com/`,
      BucketArn: bucketArn(name),
    };
  },
});

function checkOptions({ ACL, ObjectLockEnabledForBucket, ObjectOwnership, ...input }: CreateBucketRequest): void {
  if (ACL !== undefined && ACL !== 'private') {
    throw new AwsError(
      'InvalidBucketAclWithObjectOwnership',
      "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting",
      { status: 400 },
    );
  }
  if (ObjectOwnership !== undefined && ObjectOwnership !== 'BucketOwnerEnforced') {
    throw notHere(`ObjectOwnership ${ObjectOwnership}`);
  }
  if (ObjectLockEnabledForBucket) throw notHere('Object Lock');
  if (input.CreateBucketConfiguration?.Bucket?.Type || input.CreateBucketConfiguration?.Location)
    throw notHere('A directory bucket');
}

/** In us-east-1 none may be named; elsewhere the region of the endpoint must be. */
function checkLocation(location: string | undefined, { region }: Call): void {
  if (region === UNNAMED_REGION && location === undefined) return;
  if (region === UNNAMED_REGION && location === UNNAMED_REGION) {
    throw new AwsError('InvalidLocationConstraint', 'The specified location-constraint is not valid', {
      status: 400,
      LocationConstraint: location,
    });
  }
  if (location === region) return;
  throw new AwsError(
    'IllegalLocationConstraintException',
    `The ${location ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
    { status: 400 },
  );
}

/** In us-east-1 a second creation by the same account is none; elsewhere it is refused. */
function again(bucket: Bucket, { region }: Call): CreateBucketOutput {
  if (region === UNNAMED_REGION && bucket.region === region) return { Location: `/${bucket.name}` };
  throw new AwsError(
    'BucketAlreadyOwnedByYou',
    'Your previous request to create the named bucket succeeded and you already own it.',
    {
      status: 409,
      BucketName: bucket.name,
    },
  );
}

const taken = (BucketName: string): AwsError =>
  new AwsError(
    'BucketAlreadyExists',
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
    { status: 409, BucketName },
  );
