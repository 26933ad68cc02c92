import { evaluateResourcePolicy } from '../../permissions/resource-policy.ts';
import type { Permissions } from '../../wire/permissions.ts';
import type { Call, Principal } from '../../wire/service.ts';
import { type Bucket, bucketArn } from './bucket.ts';
import { accessDenied } from './errors.ts';

/** For an operation on one bucket. */
export const onBucket = {
  resources: ({ Bucket = '' }: { Bucket?: string | undefined }): string[] => [bucketArn(Bucket)],
};

/** For an operation on one object. */
export const onObject = {
  resources: ({ Bucket = '', Key = '' }: { Bucket?: string | undefined; Key?: string | undefined }): string[] => [
    `${bucketArn(Bucket)}/${Key}`,
  ],
};

/** Whether a caller may know that an object is not there: without s3:ListBucket all that is absent is denied. */
export type MayList = (bucket: Bucket, call: Pick<Call, 'principal' | 'region'>) => boolean;

export const mayList =
  (refusal: Permissions['refusal'] | undefined): MayList =>
  ({ name }, { principal, region }) =>
    refusal?.({ principal, action: 's3:ListBucket', resources: [bucketArn(name)], conditions: {}, region }) ===
    undefined;

/** Throws AccessDenied unless the bucket's policy lets that AWS service do this, for what it acts for. */
export function checkBucketPolicy(
  { policy, name, account }: Bucket,
  { principal, action, key }: { principal: Principal; action: string; key?: string },
): void {
  const verdict = evaluateResourcePolicy(policy, {
    principal,
    action,
    resource: key === undefined ? bucketArn(name) : `${bucketArn(name)}/${key}`,
    conditions: {
      'aws:SourceArn': [principal.sourceArn ?? principal.arn],
      'aws:SourceAccount': [account],
      'aws:SecureTransport': ['true'],
      'aws:PrincipalIsAWSService': ['true'],
    },
  });
  if (verdict !== 'allow') throw accessDenied();
}
