import type { Authority } from '../../certificates/authority.ts';
import type { Host } from '../../host.ts';
import type { Service } from '../../wire/service.ts';
import {
  createOriginAccessControl,
  deleteOriginAccessControl,
  getOriginAccessControl,
  getOriginAccessControlConfig,
  listOriginAccessControls,
  updateOriginAccessControl,
} from './access-controls/operations.ts';
import { listConflictingAliases, listDomainConflicts } from './aliases/list-conflicts.ts';
import { associateAlias, updateDomainAssociation } from './aliases/move.ts';
import { addStranger, type Stranger } from './aliases/strangers.ts';
import { CloudFront, type Surroundings } from './cloudfront.ts';
import constraints from './constraints.json' with { type: 'json' };
import { createDistribution, createDistributionWithTags } from './distributions/create-distribution.ts';
import { deleteDistribution } from './distributions/delete-distribution.ts';
import { getDistribution, getDistributionConfig } from './distributions/get-distribution.ts';
import { listDistributions } from './distributions/list-distributions.ts';
import { updateDistribution } from './distributions/update-distribution.ts';
import { defaultCertificate } from './edge/default-certificate.ts';
import {
  createFunction,
  deleteFunction,
  describeFunction,
  getFunction,
  listFunctions,
  publishFunction,
  updateFunction,
} from './functions/operations.ts';
import { createInvalidation, getInvalidation, listInvalidations } from './invalidations/operations.ts';
import { LAGGING } from './lagging.ts';
import {
  getCachePolicy,
  getCachePolicyConfig,
  getOriginRequestPolicy,
  getOriginRequestPolicyConfig,
  listCachePolicies,
  listOriginRequestPolicies,
} from './policies/operations.ts';
import { RATE } from './quotas.ts';
import {
  createResponseHeadersPolicy,
  deleteResponseHeadersPolicy,
  getResponseHeadersPolicy,
  getResponseHeadersPolicyConfig,
  listResponseHeadersPolicies,
  updateResponseHeadersPolicy,
} from './response-headers/operations.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';

export interface CloudFrontOptions extends Omit<Surroundings, 'defaultCertificate' | 'authorities'> {
  /** Issues the certificate of *.cloudfront.net, and is trusted at origins. */
  authority: Authority;
}

export interface CloudFrontService {
  service: Service;
  /** The certificate authorities that edge locations trust at origins, PEM: add one for a server with a certificate from elsewhere. */
  authorities: string[];
  /** Puts an alias on a distribution of an account that is not ours. */
  addStranger(options: { alias: string; accountId?: string }): Stranger;
}

/** CloudFront: distributions, and the edge locations that serve them in the small internet. */
export function createCloudFront(host: Host, { authority, ...around }: CloudFrontOptions): CloudFrontService {
  const authorities = [authority.rootPem];
  const cloudFront = new CloudFront(host, {
    ...around,
    authorities,
    defaultCertificate: defaultCertificate(authority, host.clock),
  });
  const service: Service = {
    name: 'cloudfront',
    global: true,
    protocol: 'restXml',
    model: () => import('@aws-sdk/client-cloudfront'),
    constraints,
    rates: { all: RATE, code: 'Throttling' },
    lagging: LAGGING,
    operations: {
      CreateDistribution: createDistribution(cloudFront),
      CreateDistributionWithTags: createDistributionWithTags(cloudFront),
      GetDistribution: getDistribution(cloudFront),
      GetDistributionConfig: getDistributionConfig(cloudFront),
      UpdateDistribution: updateDistribution(cloudFront),
      ListDistributions: listDistributions(cloudFront),
      DeleteDistribution: deleteDistribution(cloudFront),
      CreateInvalidation: createInvalidation(cloudFront),
      GetInvalidation: getInvalidation(cloudFront),
      ListInvalidations: listInvalidations(cloudFront),
      ListConflictingAliases: listConflictingAliases(cloudFront),
      ListDomainConflicts: listDomainConflicts(cloudFront),
      AssociateAlias: associateAlias(cloudFront),
      UpdateDomainAssociation: updateDomainAssociation(cloudFront),
      CreateOriginAccessControl: createOriginAccessControl(cloudFront),
      GetOriginAccessControl: getOriginAccessControl(cloudFront),
      GetOriginAccessControlConfig: getOriginAccessControlConfig(cloudFront),
      UpdateOriginAccessControl: updateOriginAccessControl(cloudFront),
      ListOriginAccessControls: listOriginAccessControls(cloudFront),
      DeleteOriginAccessControl: deleteOriginAccessControl(cloudFront),
      GetCachePolicy: getCachePolicy(),
      GetCachePolicyConfig: getCachePolicyConfig(),
      ListCachePolicies: listCachePolicies(),
      GetOriginRequestPolicy: getOriginRequestPolicy(),
      GetOriginRequestPolicyConfig: getOriginRequestPolicyConfig(),
      ListOriginRequestPolicies: listOriginRequestPolicies(),
      CreateResponseHeadersPolicy: createResponseHeadersPolicy(cloudFront),
      GetResponseHeadersPolicy: getResponseHeadersPolicy(cloudFront),
      GetResponseHeadersPolicyConfig: getResponseHeadersPolicyConfig(cloudFront),
      UpdateResponseHeadersPolicy: updateResponseHeadersPolicy(cloudFront),
      ListResponseHeadersPolicies: listResponseHeadersPolicies(cloudFront),
      DeleteResponseHeadersPolicy: deleteResponseHeadersPolicy(cloudFront),
      CreateFunction: createFunction(cloudFront),
      DescribeFunction: describeFunction(cloudFront),
      GetFunction: getFunction(cloudFront),
      UpdateFunction: updateFunction(cloudFront),
      PublishFunction: publishFunction(cloudFront),
      DeleteFunction: deleteFunction(cloudFront),
      ListFunctions: listFunctions(cloudFront),
      TagResource: tagResource(cloudFront),
      UntagResource: untagResource(cloudFront),
      ListTagsForResource: listTagsForResource(cloudFront),
    },
  };
  return { service, authorities, addStranger: (options) => addStranger(cloudFront, options) };
}
