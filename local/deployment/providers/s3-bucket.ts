import type { PublicAccessBlockConfiguration } from '@aws-sdk/client-s3';
import type { Provider, Tag } from '../provider.ts';
import { list, object, tags } from '../shape.ts';

interface BucketProperties {
  BucketName?: string;
  BucketEncryption?: {
    ServerSideEncryptionConfiguration: { ServerSideEncryptionByDefault?: object; BucketKeyEnabled?: boolean }[];
  };
  OwnershipControls?: { Rules: { ObjectOwnership: string }[] };
  PublicAccessBlockConfiguration?: PublicAccessBlockConfiguration;
  Tags?: Tag[];
}

/** AWS::S3::Bucket, by CreateBucket and what sets it. */
export const s3Bucket: Provider<BucketProperties> = {
  type: 'AWS::S3::Bucket',
  properties: {
    BucketName: 'string',
    BucketEncryption: object({
      ServerSideEncryptionConfiguration: list(
        object({ ServerSideEncryptionByDefault: object({ SSEAlgorithm: 'string' }), BucketKeyEnabled: 'boolean' }),
      ),
    }),
    OwnershipControls: object({ Rules: list(object({ ObjectOwnership: 'string' })) }),
    PublicAccessBlockConfiguration: object({
      BlockPublicAcls: 'boolean',
      BlockPublicPolicy: 'boolean',
      IgnorePublicAcls: 'boolean',
      RestrictPublicBuckets: 'boolean',
    }),
    Tags: tags,
  },
  async create({ properties, name, region, call }) {
    const Bucket = properties.BucketName ?? name(63).toLowerCase();
    const { PublicAccessBlockConfiguration: blocked, BucketEncryption, OwnershipControls, Tags } = properties;
    await call('s3', 'CreateBucket', {
      Bucket,
      ...(region !== 'us-east-1' && { CreateBucketConfiguration: { LocationConstraint: region } }),
    });
    if (blocked) await call('s3', 'PutPublicAccessBlock', { Bucket, PublicAccessBlockConfiguration: blocked });
    if (BucketEncryption) {
      const Rules = BucketEncryption.ServerSideEncryptionConfiguration.map(
        ({ ServerSideEncryptionByDefault: rule, BucketKeyEnabled }) => ({
          ApplyServerSideEncryptionByDefault: rule,
          ...(BucketKeyEnabled !== undefined && { BucketKeyEnabled }),
        }),
      );
      await call('s3', 'PutBucketEncryption', { Bucket, ServerSideEncryptionConfiguration: { Rules } });
    }
    if (OwnershipControls) await call('s3', 'PutBucketOwnershipControls', { Bucket, OwnershipControls });
    if (Tags) await call('s3', 'PutBucketTagging', { Bucket, Tagging: { TagSet: Tags } });
    return {
      ref: Bucket,
      attributes: {
        Arn: `arn:aws:s3:::${Bucket}`,
        DomainName: `${Bucket}.s3.amazonaws.com`,
        RegionalDomainName: `${Bucket}.s3.${region}.amazonaws.com`,
      },
    };
  },
  // On AWS a bucket that is not empty fails as well.
  async delete(call, { made }) {
    await call('s3', 'DeleteBucket', { Bucket: made.ref });
  },
};
