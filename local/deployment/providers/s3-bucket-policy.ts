import type { Provider } from '../provider.ts';

/** AWS::S3::BucketPolicy, by PutBucketPolicy. */
export const s3BucketPolicy: Provider<{ Bucket: string; PolicyDocument: object }> = {
  type: 'AWS::S3::BucketPolicy',
  properties: { Bucket: 'string', PolicyDocument: 'json' },
  async create({ properties: { Bucket, PolicyDocument }, name, call }) {
    await call('s3', 'PutBucketPolicy', { Bucket, Policy: JSON.stringify(PolicyDocument) });
    return { ref: name() };
  },
  updates: ['PolicyDocument'],
  update: ({ properties: { Bucket, PolicyDocument }, call }) =>
    call('s3', 'PutBucketPolicy', { Bucket, Policy: JSON.stringify(PolicyDocument) }),
  delete: (call, { properties: { Bucket } }) => call('s3', 'DeleteBucketPolicy', { Bucket }),
};
