import type {
  CreateResponseHeadersPolicyRequest,
  CreateResponseHeadersPolicyResult,
  DeleteResponseHeadersPolicyRequest,
  GetResponseHeadersPolicyConfigRequest,
  GetResponseHeadersPolicyConfigResult,
  GetResponseHeadersPolicyRequest,
  GetResponseHeadersPolicyResult,
  ListResponseHeadersPoliciesRequest,
  ListResponseHeadersPoliciesResult,
  ResponseHeadersPolicyConfig,
  ResponseHeadersPolicy as ShownPolicy,
  UpdateResponseHeadersPolicyRequest,
  UpdateResponseHeadersPolicyResult,
} from '@aws-sdk/client-cloudfront';
import { AwsError, type Call, type Operation } from '../../../wire/service.ts';
import type { CloudFront } from '../cloudfront.ts';
import { invalidArgument, invalidIfMatch, preconditionFailed, required } from '../errors.ts';
import { newEtag, newPolicyId } from '../ids.ts';
import { page } from '../page.ts';
import { RESPONSE_HEADERS_POLICIES } from '../quotas.ts';
import { checkPolicy } from './check.ts';
import { MANAGED_POLICIES } from './managed.ts';
import { policyOf, type ResponseHeadersPolicy, usersOf } from './policy.ts';

const onPolicy = {
  resources: ({ Id = '*' }: { Id?: string | undefined }, { account }: Call): string[] => [
    `arn:aws:cloudfront::${account}:response-headers-policy/${Id}`,
  ],
};

export const createResponseHeadersPolicy = (
  cloudFront: CloudFront,
): Operation<CreateResponseHeadersPolicyRequest, CreateResponseHeadersPolicyResult> => ({
  resources: (_, { account }) => [`arn:aws:cloudfront::${account}:response-headers-policy/*`],
  run({ ResponseHeadersPolicyConfig: config }) {
    const { responseHeadersPolicies: policies, draws, host } = cloudFront;
    const given = checked(cloudFront, config);
    if (policies.size >= RESPONSE_HEADERS_POLICIES) {
      throw new AwsError(
        'TooManyResponseHeadersPolicies',
        'You have reached the maximum number of response headers policies for this AWS account.',
      );
    }
    const made = { id: newPolicyId(draws), etag: newEtag(draws), modifiedAt: host.clock.now(), config: given };
    policies.set(made.id, made);
    const Location = `https://cloudfront.amazonaws.com/2020-05-31/response-headers-policy/${made.id}`;
    return { ...shown(made), Location };
  },
});

export const getResponseHeadersPolicy = (
  cloudFront: CloudFront,
): Operation<GetResponseHeadersPolicyRequest, GetResponseHeadersPolicyResult> => ({
  ...onPolicy,
  run: ({ Id }) => shown(policyOf(cloudFront, Id)),
});

export const getResponseHeadersPolicyConfig = (
  cloudFront: CloudFront,
): Operation<GetResponseHeadersPolicyConfigRequest, GetResponseHeadersPolicyConfigResult> => ({
  ...onPolicy,
  run({ Id }) {
    const { config, etag } = policyOf(cloudFront, Id);
    return { ResponseHeadersPolicyConfig: config, ETag: etag };
  },
});

/** A change counts at once at every edge location, and gives the distributions that use the policy other ETags. */
export const updateResponseHeadersPolicy = (
  cloudFront: CloudFront,
): Operation<UpdateResponseHeadersPolicyRequest, UpdateResponseHeadersPolicyResult> => ({
  ...onPolicy,
  run({ Id, IfMatch, ResponseHeadersPolicyConfig: config }) {
    const policy = policyOf(cloudFront, Id);
    checkOwn(policy, 'IllegalUpdate', 'You cannot update a managed response headers policy.');
    checkIfMatch(policy, IfMatch);
    const { draws, host } = cloudFront;
    const given = checked(cloudFront, config, policy);
    Object.assign(policy, { config: given, etag: newEtag(draws), modifiedAt: host.clock.now() });
    for (const user of usersOf(cloudFront, policy.id)) user.etag = newEtag(draws);
    return shown(policy);
  },
});

export const deleteResponseHeadersPolicy = (
  cloudFront: CloudFront,
): Operation<DeleteResponseHeadersPolicyRequest, Record<string, never>> => ({
  ...onPolicy,
  run({ Id, IfMatch }) {
    const policy = policyOf(cloudFront, Id);
    checkOwn(policy, 'IllegalDelete', 'You cannot delete a managed response headers policy.');
    checkIfMatch(policy, IfMatch);
    if (usersOf(cloudFront, policy.id).length > 0) {
      throw new AwsError(
        'ResponseHeadersPolicyInUse',
        'Cannot delete the response headers policy because it is attached to one or more cache behaviors.',
      );
    }
    cloudFront.responseHeadersPolicies.delete(policy.id);
    return {};
  },
});

export const listResponseHeadersPolicies = (
  cloudFront: CloudFront,
): Operation<ListResponseHeadersPoliciesRequest, ListResponseHeadersPoliciesResult> => ({
  run({ Type, Marker, MaxItems }) {
    if (Type !== undefined && Type !== 'managed' && Type !== 'custom') {
      throw invalidArgument('The parameter Type is not valid.');
    }
    const all = [
      ...(Type === 'custom' ? [] : MANAGED_POLICIES),
      ...(Type === 'managed' ? [] : cloudFront.responseHeadersPolicies.values()),
    ];
    const { items, size, next } = page(all, { Marker, MaxItems, idOf: ({ id }) => id });
    return {
      ResponseHeadersPolicyList: {
        MaxItems: size,
        Quantity: items.length,
        ...(next !== undefined && { NextMarker: next }),
        Items: items.map((policy) => ({
          Type: policy.managed ? 'managed' : 'custom',
          ResponseHeadersPolicy: asShown(policy),
        })),
      },
    };
  },
});

const asShown = ({ id, modifiedAt, config }: ResponseHeadersPolicy): ShownPolicy => ({
  Id: id,
  LastModifiedTime: modifiedAt,
  ResponseHeadersPolicyConfig: config,
});

const shown = (policy: ResponseHeadersPolicy): GetResponseHeadersPolicyResult => ({
  ResponseHeadersPolicy: asShown(policy),
  ETag: policy.etag,
});

/** What was given, where CloudFront takes it, with the comment that it always shows. */
function checked(
  { responseHeadersPolicies }: CloudFront,
  config: ResponseHeadersPolicyConfig | undefined,
  own?: ResponseHeadersPolicy,
): ResponseHeadersPolicyConfig {
  if (!config) throw required('ResponseHeadersPolicyConfig');
  checkPolicy(config);
  if ([...responseHeadersPolicies.values()].some((one) => one !== own && one.config.Name === config.Name)) {
    throw new AwsError(
      'ResponseHeadersPolicyAlreadyExists',
      'A response headers policy with this name already exists. You must provide a unique name.',
    );
  }
  return { ...config, Comment: config.Comment ?? '' };
}

function checkOwn({ managed }: ResponseHeadersPolicy, code: string, message: string): void {
  if (managed) throw new AwsError(code, message);
}

function checkIfMatch({ etag }: ResponseHeadersPolicy, given: string | undefined): void {
  if (!given) throw invalidIfMatch();
  if (given !== etag) throw preconditionFailed();
}
