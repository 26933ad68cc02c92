import type {
  CreateDistributionRequest,
  CreateDistributionResult,
  CreateDistributionWithTagsRequest,
  CreateDistributionWithTagsResult,
  DistributionConfig,
  Tag,
} from '@aws-sdk/client-cloudfront';
import { AwsError, type Call, type Operation } from '../../../wire/service.ts';
import { checkAliasConflicts } from '../aliases/conflicts.ts';
import type { CloudFront } from '../cloudfront.ts';
import { checkCertificateKnown } from '../config/certificate-lag.ts';
import { checkConfig } from '../config/check.ts';
import { complete } from '../config/complete.ts';
import { listenAt } from '../edge/listen.ts';
import { newDomainName, newEtag, newId } from '../ids.ts';
import { registerName } from '../names.ts';
import { DISTRIBUTIONS } from '../quotas.ts';
import { checkTags } from '../tags.ts';
import { deploy } from './deployment.ts';
import { type Distribution, shownDistribution } from './distribution.ts';
import { listedAt } from './listed-late.ts';

export function createDistribution(
  cloudFront: CloudFront,
): Operation<CreateDistributionRequest, CreateDistributionResult> {
  return {
    resources: (_, call) => [anyOf(call)],
    run: ({ DistributionConfig: config }, call) => create(cloudFront, config as DistributionConfig, { tags: [], call }),
  };
}

/** The same action, and tagging besides. */
export function createDistributionWithTags(
  cloudFront: CloudFront,
): Operation<CreateDistributionWithTagsRequest, CreateDistributionWithTagsResult> {
  const tagsOf = (input: CreateDistributionWithTagsRequest): Tag[] =>
    input.DistributionConfigWithTags?.Tags?.Items ?? [];
  return {
    action: 'cloudfront:CreateDistribution',
    resources: (_, call) => [anyOf(call)],
    run(input, call) {
      const tags = tagsOf(input);
      checkTags(tags);
      return create(cloudFront, input.DistributionConfigWithTags?.DistributionConfig as DistributionConfig, {
        tags,
        call,
      });
    },
  };
}

const anyOf = ({ account }: Call): string => `arn:aws:cloudfront::${account}:distribution/*`;

async function create(
  cloudFront: CloudFront,
  given: DistributionConfig,
  { tags, call }: { tags: Tag[]; call: Call },
): Promise<CreateDistributionResult> {
  const { host, draws, callerReferences, distributions } = cloudFront;
  checkConfig(cloudFront, given);
  checkCertificateKnown(cloudFront, given, call);
  const known = callerReferences.get(given.CallerReference ?? '');
  if (known !== undefined) {
    throw new AwsError(
      'DistributionAlreadyExists',
      `The caller reference that you are using to create a distribution is associated with another distribution. Already exists: ${known}`,
    );
  }
  if (distributions.size >= DISTRIBUTIONS) {
    throw new AwsError(
      'TooManyDistributions',
      'Processing your request would cause you to exceed the maximum number of distributions allowed.',
    );
  }
  await checkAliasConflicts(cloudFront, given.Aliases?.Items ?? [], undefined);
  const id = newId(draws);
  const now = host.clock.now();
  const distribution: Distribution = {
    id,
    arn: cloudFront.arn(id),
    domainName: newDomainName(draws),
    addresses: cloudFront.edges.map((edge) => edge.addressesFor(callerReferences.size)),
    config: complete(given),
    etag: newEtag(draws),
    lastModifiedAt: now,
    deployedAt: now,
    changes: 0,
    certificateChangeUntil: undefined,
    former: undefined,
    listedAt: listedAt(cloudFront, id),
    tags: new Map(tags.map(({ Key = '', Value = '' }) => [Key, Value])),
    invalidations: [],
    close: () => {},
  };
  distributions.set(id, distribution);
  callerReferences.set(given.CallerReference ?? '', id);
  distribution.close = listenAt(cloudFront, distribution);
  registerName(cloudFront, distribution);
  deploy(cloudFront, [distribution], 'creation');
  const { ACMCertificateArn: certificate } = distribution.config.ViewerCertificate;
  if (certificate) {
    cloudFront.around.certificates.use(certificate, distribution.arn);
    distribution.certificateChangeUntil = distribution.deployedAt;
  }
  return {
    Distribution: shownDistribution(distribution, now),
    Location: `https://cloudfront.amazonaws.com/2020-05-31/distribution/${id}`,
    ETag: distribution.etag,
  };
}
