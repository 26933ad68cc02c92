import type {
  ListConflictingAliasesRequest,
  ListConflictingAliasesResult,
  ListDomainConflictsRequest,
  ListDomainConflictsResult,
} from '@aws-sdk/client-cloudfront';
import { AwsError, type Operation } from '../../../wire/service.ts';
import type { CloudFront } from '../cloudfront.ts';
import type { Distribution } from '../distributions/distribution.ts';
import { findDistribution } from '../distributions/find.ts';
import { invalidArgument, notHere } from '../errors.ts';
import { page } from '../page.ts';
import { onDistribution } from '../permissions.ts';
import { certificateCovers } from './certificate-covers.ts';
import { type Holder, masked, overlapping } from './holders.ts';
import { isAlias } from './names.ts';

/** How much of an id is shown. Source: CloudFront Developer Guide, "Find the source distribution"; checked 2026-11-29. */
const SHOWN_OF_ID = 7;
const SHOWN_OF_ACCOUNT = 6;

const idOf = ({ alias, distributionId }: Holder): string => `${alias} ${distributionId}`;

/** Lists where an alias is, and what overlaps it; for who has a certificate for the name. */
export function listConflictingAliases(
  cloudFront: CloudFront,
): Operation<ListConflictingAliasesRequest, ListConflictingAliasesResult> {
  return {
    ...onDistribution(cloudFront, ({ DistributionId }) => DistributionId),
    run({ DistributionId, Alias = '', Marker, MaxItems }) {
      const own = findDistribution(cloudFront, DistributionId);
      const found = conflictsOf(cloudFront, own, Alias);
      const { items, size, next } = page(found, { Marker, MaxItems, idOf });
      return {
        ConflictingAliasesList: {
          MaxItems: size,
          Quantity: items.length,
          ...(next !== undefined && { NextMarker: next }),
          Items: items.map(({ alias, distributionId, accountId }) => ({
            Alias: alias,
            DistributionId: masked(distributionId, SHOWN_OF_ID),
            AccountId: masked(accountId, SHOWN_OF_ACCOUNT),
          })),
        },
      };
    },
  };
}

/** The same, for tenants of distributions as well, which there are none of here. */
export function listDomainConflicts(
  cloudFront: CloudFront,
): Operation<ListDomainConflictsRequest, ListDomainConflictsResult> {
  return {
    ...onDistribution(cloudFront, (input) => input.DomainControlValidationResource?.DistributionId),
    run({ Domain = '', DomainControlValidationResource: own, MaxItems, Marker }) {
      if (own?.DistributionTenantId) throw notHere('The parameter DistributionTenantId');
      const found = conflictsOf(cloudFront, findEntity(cloudFront, own?.DistributionId), Domain);
      const { items, next } = page(found, { Marker, MaxItems, idOf });
      return {
        DomainConflicts: items.map(({ alias, distributionId, accountId }) => ({
          Domain: alias,
          ResourceType: 'distribution',
          ResourceId: masked(distributionId, SHOWN_OF_ID),
          AccountId: masked(accountId, SHOWN_OF_ACCOUNT),
        })),
        ...(next !== undefined && { NextMarker: next }),
      };
    },
  };
}

/** The newer operations have another name for what is not there. */
export function findEntity(cloudFront: CloudFront, id: string | undefined): Distribution {
  const found = cloudFront.distributions.get(id ?? '');
  if (!found) throw new AwsError('EntityNotFound', 'The entity was not found.');
  return found;
}

function conflictsOf(cloudFront: CloudFront, own: Distribution, alias: string): Holder[] {
  if (!isAlias(alias)) throw invalidArgument('The parameter Alias is not valid.');
  if (!certificateCovers(cloudFront, own, alias)) {
    throw invalidArgument(
      'The distribution must have a valid SSL/TLS certificate that includes the alternate domain name.',
    );
  }
  return overlapping(cloudFront, alias, own.id);
}
