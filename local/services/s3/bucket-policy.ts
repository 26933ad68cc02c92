import type {
  DeleteBucketPolicyRequest,
  DeletePublicAccessBlockRequest,
  GetBucketPolicyOutput,
  GetBucketPolicyRequest,
  GetBucketPolicyStatusOutput,
  GetBucketPolicyStatusRequest,
  GetPublicAccessBlockOutput,
  GetPublicAccessBlockRequest,
  PutBucketPolicyRequest,
  PutPublicAccessBlockRequest,
} from '@aws-sdk/client-s3';
import { listed, type PolicyDocument, type PolicyStatement } from '../../permissions/policy.ts';
import type { Operation } from '../../wire/service.ts';
import { onBucket } from './access.ts';
import { type Bucket, bucketArn } from './bucket.ts';
import { accessDenied, notSet } from './errors.ts';
import { policyIn } from './policy-document.ts';
import type { BucketStore } from './store.ts';

type Empty = Record<string, never>;

export const putBucketPolicy = (store: BucketStore): Operation<PutBucketPolicyRequest, Empty> => ({
  ...onBucket,
  run({ Bucket, Policy = '' }, call) {
    const bucket = store.get(Bucket, call);
    const policy = policyIn(Policy, bucket);
    if (bucket.publicAccessBlock?.BlockPublicPolicy && isPublic(policy)) {
      throw accessDenied(
        `User: ${call.principal.arn} is not authorized to perform: s3:PutBucketPolicy on resource: "${bucketArn(bucket.name)}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
      );
    }
    bucket.policy = policy;
    return {};
  },
});

export const getBucketPolicy = (store: BucketStore): Operation<GetBucketPolicyRequest, GetBucketPolicyOutput> => ({
  ...onBucket,
  run: ({ Bucket }, call) => ({ Policy: JSON.stringify(policyOf(store.get(Bucket, call))) }),
});

export const getBucketPolicyStatus = (
  store: BucketStore,
): Operation<GetBucketPolicyStatusRequest, GetBucketPolicyStatusOutput> => ({
  ...onBucket,
  run: ({ Bucket }, call) => ({ PolicyStatus: { IsPublic: isPublic(policyOf(store.get(Bucket, call))) } }),
});

export const deleteBucketPolicy = (store: BucketStore): Operation<DeleteBucketPolicyRequest, Empty> => ({
  ...onBucket,
  run({ Bucket }, call) {
    delete store.get(Bucket, call).policy;
    return {};
  },
});

export const putPublicAccessBlock = (store: BucketStore): Operation<PutPublicAccessBlockRequest, Empty> => ({
  ...onBucket,
  action: 's3:PutBucketPublicAccessBlock',
  run({ Bucket, PublicAccessBlockConfiguration: given = {} }, call) {
    store.get(Bucket, call).publicAccessBlock = {
      BlockPublicAcls: given.BlockPublicAcls ?? false,
      IgnorePublicAcls: given.IgnorePublicAcls ?? false,
      BlockPublicPolicy: given.BlockPublicPolicy ?? false,
      RestrictPublicBuckets: given.RestrictPublicBuckets ?? false,
    };
    return {};
  },
});

export const getPublicAccessBlock = (
  store: BucketStore,
): Operation<GetPublicAccessBlockRequest, GetPublicAccessBlockOutput> => ({
  ...onBucket,
  action: 's3:GetBucketPublicAccessBlock',
  run({ Bucket }, call) {
    const { publicAccessBlock, name } = store.get(Bucket, call);
    if (publicAccessBlock) return { PublicAccessBlockConfiguration: publicAccessBlock };
    throw notSet('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found', name);
  },
});

export const deletePublicAccessBlock = (store: BucketStore): Operation<DeletePublicAccessBlockRequest, Empty> => ({
  ...onBucket,
  action: 's3:PutBucketPublicAccessBlock',
  run({ Bucket }, call) {
    delete store.get(Bucket, call).publicAccessBlock;
    return {};
  },
});

function policyOf({ policy, name }: Bucket): PolicyDocument {
  if (!policy) throw notSet('NoSuchBucketPolicy', 'The bucket policy does not exist', name);
  return policy;
}

/** What narrows a caller to few: with one of these and a fixed value a policy for everyone is not public. */
const NARROWING =
  /^(aws:(principalarn|principalaccount|principalorgid|sourcearn|sourceaccount|sourceip|sourcevpc|sourcevpce|userid)|s3:dataaccesspointarn)$/i;

/** Source: Amazon S3 User Guide, "The meaning of 'public'"; checked 2026-11-30. */
function isPublic(policy: PolicyDocument): boolean {
  return listed(policy.Statement).some(
    ({ Effect, Principal, NotPrincipal, Condition = {} }) =>
      Effect === 'Allow' &&
      (NotPrincipal !== undefined || forEveryone(Principal)) &&
      !Object.values(Condition).some((keys) =>
        Object.entries(keys).some(([key, values]) => NARROWING.test(key) && !listed(values).includes('*')),
      ),
  );
}

const forEveryone = (principal: PolicyStatement['Principal']): boolean =>
  principal === '*' || (principal !== undefined && listed(principal.AWS).includes('*'));
