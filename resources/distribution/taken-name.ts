import { CloudFrontClient } from '@aws-sdk/client-cloudfront';
import { client } from '../../aws/clients.ts';
import { listNameConflicts, type NameConflict } from '../../aws/distributions/list-name-conflicts.ts';
import type { Distribution } from '../../aws/distributions/read-distribution.ts';
import { Failure } from '../../domain/errors.ts';
import { aliasesOf } from './config.ts';

/**
 * Why CloudFront refuses a name (failures C1): another account's distribution has it, or none has it and its DNS still leads to
 * another distribution. Those of this account are found before anything is created.
 */
export async function takenName(found: Distribution, names: readonly string[], cause: unknown): Promise<Failure> {
  const { id, domainName, config } = found;
  const missing = names.filter((name) => !aliasesOf(config).includes(name));
  const cloudFront = client(CloudFrontClient);
  const told = await Promise.all(missing.map((name) => listNameConflicts(cloudFront, { name, distributionId: id })));
  const conflicts = told.flat();
  const message =
    conflicts.length > 0
      ? conflicts.map((conflict) => onAnother(conflict, found)).join('. ')
      : leadingToAnother(missing, domainName);
  return new Failure('Conflict', `${message}. Then declare the site again`, { cause });
}

/** What its owner can do, or who has that name alone. Source: Amazon CloudFront Developer Guide, "Move an alternate domain name"; checked 2026-11-30. */
const onAnother = ({ name, distributionId, accountId }: NameConflict, { id, domainName }: Distribution): string =>
  `Cannot serve "${name}": the distribution ${distributionId} of the account ${accountId} does. Have its owner take the name off. Or write the TXT record "_${name}" with the value "${domainName}", have that distribution disabled, and run "aws cloudfront associate-alias --target-distribution-id ${id} --alias ${name}"; where it cannot be disabled, ask AWS Support for the move`;

const leadingToAnother = (names: readonly string[], domainName: string): string =>
  `Cannot serve ${names.map((name) => `"${name}"`).join(', ')}: no distribution has the name, but DNS still leads it to another distribution, and CloudFront serves it from that one only. Point DNS at ${domainName} or away from CloudFront first, and wait until resolvers have forgotten the former answer`;
