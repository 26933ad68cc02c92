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
export async function takenName(
  { id, domainName, config }: Distribution,
  names: readonly string[],
  cause: unknown,
): Promise<Failure> {
  const missing = names.filter((name) => !aliasesOf(config).includes(name));
  const cloudFront = client(CloudFrontClient);
  const found = await Promise.all(missing.map((name) => listNameConflicts(cloudFront, { name, distributionId: id })));
  const conflicts = found.flat();
  const message =
    conflicts.length > 0
      ? conflicts.map((conflict) => onAnother(conflict, domainName)).join('. ')
      : leadingToAnother(missing, domainName);
  return new Failure('Conflict', `${message}. Then declare the site again`, { cause });
}

const onAnother = ({ name, distributionId, accountId }: NameConflict, domainName: string): string =>
  `Cannot serve "${name}": the distribution ${distributionId} of the account ${accountId} does. Have its owner take the name off; or prove that it is yours by the TXT record "_${name}" with the value "${domainName}", and have AWS Support move it here`;

const leadingToAnother = (names: readonly string[], domainName: string): string =>
  `Cannot serve ${names.map((name) => `"${name}"`).join(', ')}: no distribution has the name, but DNS still leads it to another distribution, and CloudFront serves it from that one only. Point DNS at ${domainName} or away from CloudFront first, and wait until resolvers have forgotten the former answer`;
