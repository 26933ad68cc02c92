import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { client } from '../../aws/clients.ts';
import { listNameConflicts, type NameConflict } from '../../aws/distributions/list-name-conflicts.ts';
import type { Distribution } from '../../aws/distributions/read-distribution.ts';
import { Failure } from '../../domain/errors.ts';

/**
 * Stops at names that a distribution of another account has (failures C1). Those of this account are found before anything is created, and
 * for a name that no distribution has, its records move first.
 *
 * @throws {Failure} "Conflict", with what its owner can do
 */
export async function refuseTaken(found: Distribution, names: readonly string[], cause: unknown): Promise<void> {
  const cloudFront = client(CloudFrontClient);
  const told = await Promise.all(
    names.map((name) => listNameConflicts(cloudFront, { name, distributionId: found.id })),
  );
  const conflicts = told.flat();
  if (conflicts.length === 0) return;
  const message = conflicts.map((conflict) => onAnother(conflict, found)).join('. ');
  throw new Failure('Conflict', `${message}. Then declare the site again`, { cause });
}

/** What its owner can do, or who has that name alone. Source: Amazon CloudFront Developer Guide, "Move an alternate domain name"; checked 2026-11-30. */
const onAnother = ({ name, distributionId, accountId }: NameConflict, { id, domainName }: Distribution): string =>
  `Cannot serve "${name}": the distribution ${distributionId} of the account ${accountId} does. Have its owner take the name off. Or write the TXT record "_${name}" with the value "${domainName}", have that distribution disabled, and run "aws cloudfront associate-alias --target-distribution-id ${id} --alias ${name}"; where it cannot be disabled, ask AWS Support for the move`;
