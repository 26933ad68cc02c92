import type {
  AssociateAliasRequest,
  UpdateDomainAssociationRequest,
  UpdateDomainAssociationResult,
} from '@aws-sdk/client-cloudfront';
import { AwsError, type Call, type Dependent, type Operation } from '../../../wire/service.ts';
import type { CloudFront } from '../cloudfront.ts';
import { aliasesOf, type CompleteConfig, type Distribution } from '../distributions/distribution.ts';
import { checkIfMatch, findDistribution } from '../distributions/find.ts';
import { replaceConfigs } from '../distributions/replace-config.ts';
import { illegalUpdate, invalidArgument, notHere } from '../errors.ts';
import { distributionJudged, onDistribution } from '../permissions.ts';
import { ALIASES_PER_DISTRIBUTION } from '../quotas.ts';
import { certificateCovers } from './certificate-covers.ts';
import { findEntity } from './list-conflicts.ts';
import { isAlias } from './names.ts';
import type { Stranger } from './strangers.ts';

// What is asked of either. Source: CloudFront Developer Guide, "Move an alternate domain name", and the SDK's text; checked 2026-11-29.

/** Moves an alias, which no request falls between. */
export function associateAlias(cloudFront: CloudFront): Operation<AssociateAliasRequest, Record<string, never>> {
  return {
    ...onDistribution(cloudFront, ({ TargetDistributionId }) => TargetDistributionId),
    dependents: ({ TargetDistributionId, Alias }, call) =>
      updates(cloudFront, call, { target: TargetDistributionId, alias: Alias }),
    async run({ TargetDistributionId, Alias = '' }) {
      await move(cloudFront, findDistribution(cloudFront, TargetDistributionId), Alias, { sourceMayServe: true });
      return {};
    },
  };
}

/**
 * The same, with the target's ETag. The SDK's text wants the source disabled in any case, the guide only where it is of another
 * account: here the text counts.
 */
export function updateDomainAssociation(
  cloudFront: CloudFront,
): Operation<UpdateDomainAssociationRequest, UpdateDomainAssociationResult> {
  return {
    ...onDistribution(cloudFront, ({ TargetResource }) => TargetResource?.DistributionId),
    dependents: ({ TargetResource, Domain }, call) =>
      updates(cloudFront, call, { target: TargetResource?.DistributionId, alias: Domain }),
    async run({ Domain = '', TargetResource, IfMatch }) {
      if (TargetResource?.DistributionTenantId) throw notHere('The parameter DistributionTenantId');
      const target = findEntity(cloudFront, TargetResource?.DistributionId);
      if (IfMatch !== undefined) checkIfMatch(target, IfMatch);
      await move(cloudFront, target, Domain, { sourceMayServe: false });
      return { Domain, ResourceId: target.id, ETag: target.etag };
    },
  };
}

const sourceOf = ({ distributions }: CloudFront, alias: string | undefined): Distribution | undefined =>
  [...distributions.values()].find((one) => aliasesOf(one).includes(alias ?? ''));

/** Both distributions change, and their caller must be allowed to change both. */
function updates(
  cloudFront: CloudFront,
  call: Call,
  { target, alias }: { target: string | undefined; alias: string | undefined },
): Dependent[] {
  const ids = [target, sourceOf(cloudFront, alias)?.id].filter((id) => id !== undefined);
  return [
    {
      action: 'cloudfront:UpdateDistribution',
      resources: ids.map((id) => distributionJudged(cloudFront, call, id)),
    },
  ];
}

async function move(
  cloudFront: CloudFront,
  target: Distribution,
  alias: string,
  { sourceMayServe }: { sourceMayServe: boolean },
): Promise<void> {
  if (!isAlias(alias)) throw invalidArgument('The parameter Alias is not valid.');
  if (!certificateCovers(cloudFront, target, alias)) {
    throw illegalUpdate(
      'The target distribution must have a valid SSL/TLS certificate that includes the alternate domain name.',
    );
  }
  const source = sourceOf(cloudFront, alias);
  if (source === target) return;
  if (aliasesOf(target).length >= ALIASES_PER_DISTRIBUTION) {
    throw new AwsError(
      'TooManyDistributionCNAMEs',
      'Your request contains more CNAMEs than are allowed per distribution.',
    );
  }
  const stranger = cloudFront.strangers.find((one) => one.alias === alias);
  if (stranger) await takeFrom(cloudFront, stranger, target);
  if (source?.config.Enabled && !sourceMayServe) {
    throw illegalUpdate('The source distribution must be disabled before its domain can be moved.');
  }
  replaceConfigs(cloudFront, [
    ...(source
      ? [{ distribution: source, config: withAliases(source, (all) => all.filter((one) => one !== alias)) }]
      : []),
    { distribution: target, config: withAliases(target, (all) => [...all, alias]) },
  ]);
}

/** From another account an alias comes only where the DNS says so, and the source serves no longer. */
async function takeFrom(cloudFront: CloudFront, stranger: Stranger, target: Distribution): Promise<void> {
  const { answers } = await cloudFront.around.resolve(`_${stranger.alias}`, 'TXT');
  const texts = answers.map(({ data }) => [data].flat().map(String).join(''));
  if (!texts.includes(target.domainName)) throw illegalUpdate('Invalid or missing alias DNS TXT records.');
  if (stranger.enabled) {
    throw illegalUpdate('The source distribution must be disabled before its domain can be moved.');
  }
  cloudFront.strangers.splice(cloudFront.strangers.indexOf(stranger), 1);
}

function withAliases(distribution: Distribution, change: (aliases: string[]) => string[]): CompleteConfig {
  const Items = change(aliasesOf(distribution));
  return {
    ...distribution.config,
    Aliases: { Quantity: Items.length, ...(Items.length > 0 && { Items }) },
  };
}
